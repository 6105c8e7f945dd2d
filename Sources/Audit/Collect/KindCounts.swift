/// Counts by a name that the messages give: the kinds that are not judged.
struct KindCounts: Sendable {
  private var counts: [String: Int] = [:]

  /// Counts one.
  mutating func count(_ kind: String, by amount: Int = 1) {
    if amount > 0 { counts[kind, default: 0] += amount }
  }

  /// Adds the counts of another part of the run.
  mutating func add(_ other: KindCounts) {
    counts.merge(other.counts, uniquingKeysWith: +)
  }

  /// All of them, in the order of their names.
  var sorted: [(kind: String, count: Int)] { counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
}
