/// What was odd about the packets and messages of several captures, and the encrypted DNS among them.
package struct PacketOddities: Sendable {
  /// Counts by oddity of packets.
  private var entries: [Oddity: OddityCount] = [:]
  /// Counts of oddities of messages, and their first packets, by raw value: they may be met with every message.
  private var messageCounts = [Int](repeating: 0, count: MessageOddity.allCases.count)
  private var messageExamples = [[PacketID]](repeating: [], count: MessageOddity.allCases.count)
  /// Counts of encrypted protocols, by raw value.
  private var opaqueCounts = [OpaqueCount](repeating: OpaqueCount(), count: OpaqueProtocol.allCases.count)

  /// Nothing.
  package init() {}

  /// Counts an oddity of messages.
  package mutating func count(_ oddity: MessageOddity, packet: PacketID? = nil, by amount: Int = 1) {
    let index = Int(oddity.rawValue)
    messageCounts[index] += amount
    if let packet, messageExamples[index].count < PacketLimits.examples {
      messageExamples[index].append(packet)
    }
  }

  /// Adds what a decoder counted of one capture.
  package mutating func add(_ counters: PacketCounters) {
    for count in counters.odd { add(count) }
    for name in OpaqueProtocol.allCases { opaqueCounts[Int(name.rawValue)].add(counters[opaque: name]) }
  }

  /// Adds those of another part of the run.
  package mutating func add(_ other: PacketOddities) {
    for count in other.entries.values { add(count) }
    for index in messageCounts.indices {
      messageCounts[index] += other.messageCounts[index]
      messageExamples[index] = Self.joined(messageExamples[index], other.messageExamples[index])
    }
    for index in opaqueCounts.indices { opaqueCounts[index].add(other.opaqueCounts[index]) }
  }

  /// All of them, in the order of their codes.
  package var sorted: [OddityCount] {
    let messages = MessageOddity.allCases.filter { messageCounts[Int($0.rawValue)] > 0 }.map { oddity in
      OddityCount(
        oddity.oddity, count: messageCounts[Int(oddity.rawValue)],
        examples: messageExamples[Int(oddity.rawValue)])
    }
    return (messages + entries.values).sorted { $0.oddity.code < $1.oddity.code }
  }

  /// The encrypted protocols that were met.
  package var opaque: [(name: OpaqueProtocol, count: OpaqueCount)] {
    OpaqueProtocol.allCases.map { ($0, opaqueCounts[Int($0.rawValue)]) }.filter { $0.count.packets > 0 }
  }

  /// Adds one count.
  private mutating func add(_ count: OddityCount) {
    guard var entry = entries[count.oddity] else { return entries[count.oddity] = count }
    entry.count += count.count
    entry.examples = Self.joined(entry.examples, count.examples)
    entries[count.oddity] = entry
  }

  /// The first packets of two lists.
  private static func joined(_ first: [PacketID], _ second: [PacketID]) -> [PacketID] {
    Array((first + second).prefix(PacketLimits.examples))
  }
}
