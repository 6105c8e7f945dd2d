import Packets

/// Counts things that are odd but lost nothing silently, each with the first packets that show it.
struct OddityCounts: Sendable {
  private var entries: [Oddity: (count: Int, examples: [PacketID])] = [:]

  /// Counts one.
  mutating func count(_ oddity: MessageOddity, packet: PacketID? = nil, by amount: Int = 1) {
    add(OddityCount(oddity.oddity, count: amount, examples: packet.map { [$0] } ?? []))
  }

  /// Adds a count.
  mutating func add(_ other: OddityCount) {
    guard other.count > 0 else { return }
    var entry = entries[other.oddity] ?? (0, [])
    entry.count += other.count
    let room = PacketLimits.examples - entry.examples.count
    if room > 0 { entry.examples += other.examples.prefix(room) }
    entries[other.oddity] = entry
  }

  /// Adds the counts of another part of the run.
  mutating func add(_ other: OddityCounts) {
    for count in other.sorted { add(count) }
  }

  /// All of them, in the order of their names.
  var sorted: [OddityCount] {
    entries.map { OddityCount($0.key, count: $0.value.count, examples: $0.value.examples) }
      .sorted { $0.oddity.code < $1.oddity.code }
  }
}

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
