/// Counts things that are odd but lost nothing silently, each with the first frames that show it.
struct OddityCounts: Sendable {
  private var entries: [String: (count: Int, frames: [Int])] = [:]

  /// Example frames that are kept for one oddity.
  private static let exampleLimit = 5

  /// Counts one.
  mutating func count(_ name: String, frame: Int? = nil, by amount: Int = 1) {
    guard amount > 0 else { return }
    entries[name, default: (0, [])].count += amount
    if let frame, entries[name].map({ $0.frames.count < OddityCounts.exampleLimit }) ?? false {
      entries[name]?.frames.append(frame)
    }
  }

  /// Adds the counts of another part of the run.
  mutating func add(_ other: OddityCounts) {
    for (name, entry) in other.entries {
      let frames = entries[name, default: (0, [])].frames + entry.frames
      entries[name, default: (0, [])].count += entry.count
      entries[name]?.frames = Array(frames.prefix(OddityCounts.exampleLimit))
    }
  }

  /// All of them, in the order of their names.
  var sorted: [(name: String, count: Int, frames: [Int])] {
    entries.sorted { $0.key < $1.key }.map { ($0.key, $0.value.count, $0.value.frames) }
  }
}
