/// The counts that the repository keeps: what a message may cost.
///
/// A line for each: the job, what is counted, and the count for 1,000 packets. `#` begins a comment.
struct CountLimits {
  /// What is counted of a job.
  struct Entry: Hashable {
    /// The job and what of it.
    let job: String, what: String
  }

  /// The kept count of each, for 1,000 packets.
  let kept: [Entry: Int]
  /// How much more is let through, in parts of a hundred: compilers of the same version place things differently, and
  /// the keys of hash tables are drawn anew in every run.
  static let margin = 3
  /// Allocations that are let through besides, for 1,000 packets: what a table more or less that grows makes.
  static let slack = 5

  /// From the text of the file.
  init(_ text: String) throws(BenchmarkError) {
    var kept: [Entry: Int] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ")
      guard words.count == 3, let count = Int(words[2]), count >= 0 else {
        throw BenchmarkError(description: "not a limit: \(line)")
      }
      kept[Entry(job: String(words[0]), what: String(words[1]))] = count
    }
    self.kept = kept
  }

  /// What is wrong with a count; nil when it is within its limit.
  func fault(_ entry: Entry, _ count: Int) -> String? {
    guard let limit = kept[entry] else { return "no limit is kept for it" }
    let most = limit + limit * CountLimits.margin / 100 + CountLimits.slack
    return count > most ? "\(count) where \(limit) is kept: more than \(CountLimits.margin) % above it" : nil
  }
}
