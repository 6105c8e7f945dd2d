/// What a `PacketDecoder` saw; the counts of all fates add up to `frames`.
package struct PacketCounters: Equatable, Sendable {
  /// Packets decoded.
  package internal(set) var frames = 0
  /// Messages handed on.
  package internal(set) var messages = 0
  /// Of these, the messages over TCP.
  package internal(set) var messagesOverTCP = 0
  /// Count of each fate, by its raw value.
  private var fates = [Int](repeating: 0, count: PacketFate.allCases.count)
  /// Count of each oddity, by its raw value.
  private var oddities = [Int](repeating: 0, count: PacketOddity.allCases.count)

  /// All zero.
  package init() {}

  /// How many packets met this fate.
  package subscript(fate fate: PacketFate) -> Int { fates[Int(fate.rawValue)] }

  /// How often this oddity was met.
  package subscript(oddity oddity: PacketOddity) -> Int { oddities[Int(oddity.rawValue)] }

  /// Counts a packet's fate.
  @inline(__always)
  mutating func count(_ fate: PacketFate) { fates[Int(fate.rawValue)] &+= 1 }

  /// Counts an oddity.
  mutating func count(_ oddity: PacketOddity) { oddities[Int(oddity.rawValue)] &+= 1 }

  /// Counts a message handed on.
  mutating func countMessage(_ transport: Transport) {
    messages &+= 1
    if transport == .tcp { messagesOverTCP &+= 1 }
  }
}
