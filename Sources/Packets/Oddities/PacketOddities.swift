/// What was odd about the packets of several captures, and the encrypted DNS among them.
package struct PacketOddities: Sendable {
  /// Counts by oddity.
  private var entries: [Oddity: OddityCount] = [:]
  /// Counts of encrypted protocols, by raw value.
  private var opaqueCounts = [OpaqueCount](repeating: OpaqueCount(), count: OpaqueProtocol.allCases.count)

  /// Nothing.
  package init() {}

  /// Adds what a decoder counted of one capture.
  package mutating func add(_ counters: PacketCounters) {
    for count in counters.odd { add(count) }
    for name in OpaqueProtocol.allCases { opaqueCounts[Int(name.rawValue)].add(counters[opaque: name]) }
  }

  /// Adds one count.
  package mutating func add(_ count: OddityCount) {
    guard count.count > 0 else { return }
    guard var entry = entries[count.oddity] else { return entries[count.oddity] = count }
    entry.count += count.count
    entry.examples += count.examples.prefix(max(0, PacketLimits.examples - entry.examples.count))
    entries[count.oddity] = entry
  }

  /// All of them, in the order of their codes.
  package var sorted: [OddityCount] { entries.values.sorted { $0.oddity.code < $1.oddity.code } }

  /// The encrypted protocols that were met.
  package var opaque: [(name: OpaqueProtocol, count: OpaqueCount)] {
    OpaqueProtocol.allCases.map { ($0, opaqueCounts[Int($0.rawValue)]) }.filter { $0.count.packets > 0 }
  }
}
