/// What a `PacketDecoder` saw of one capture; the counts of all fates add up to `frames`.
package struct PacketCounters: Equatable, Sendable {
  /// Packets decoded.
  package internal(set) var frames = 0
  /// Messages handed on, without those quoted in ICMP errors.
  package internal(set) var messages = 0
  /// Of these, the messages over TCP.
  package internal(set) var messagesOverTCP = 0
  /// Messages quoted in ICMP errors.
  package internal(set) var quotedMessages = 0
  /// Encrypted DNS, by the protocol's raw value; empty until there is some.
  private var opaqueCounts: [OpaqueCount] = []
  /// Whether losses are noted one by one, and those that nobody has taken yet.
  var isNoting = false
  private(set) var notes: [LossNote] = []
  /// The packet in hand, which is the example of what is counted.
  var packet = PacketID(0)
  /// Count of each fate, and of each oddity, by its raw value.
  private var fates = [Int](repeating: 0, count: PacketFate.allCases.count)
  private var oddities = [Int](repeating: 0, count: PacketOddity.allCases.count)
  /// The first packets that met each fate that is a loss, and each oddity; empty until there is one.
  private var fateExamples: [[PacketID]] = [], oddityExamples: [[PacketID]] = []

  /// All zero.
  package init() {}

  /// How many packets met this fate.
  package subscript(fate fate: PacketFate) -> Int { fates[Int(fate.rawValue)] }

  /// How often this oddity was met.
  package subscript(oddity oddity: PacketOddity) -> Int { oddities[Int(oddity.rawValue)] }

  /// The losses and oddities that were met, in the order of the catalogue.
  package var odd: [OddityCount] {
    let losses = PacketFate.allCases.filter { $0.isLoss && self[fate: $0] > 0 }.map { fate in
      OddityCount(fate.oddity, count: self[fate: fate], examples: fateExamples[Int(fate.rawValue)])
    }
    return losses
      + PacketOddity.allCases.filter { self[oddity: $0] > 0 }.map { oddity in
        OddityCount(
          oddity.oddity, count: self[oddity: oddity], examples: oddityExamples[Int(oddity.rawValue)])
      }
  }

  /// What was seen of an encrypted protocol.
  package subscript(opaque name: OpaqueProtocol) -> OpaqueCount {
    opaqueCounts.isEmpty ? OpaqueCount() : opaqueCounts[Int(name.rawValue)]
  }

  /// Counts a packet of an encrypted protocol.
  mutating func count(_ name: OpaqueProtocol, bytes: Int, isNewFlow: Bool) {
    if opaqueCounts.isEmpty {
      opaqueCounts = Array(repeating: OpaqueCount(), count: OpaqueProtocol.allCases.count)
    }
    let index = Int(name.rawValue)
    opaqueCounts[index].packets &+= 1
    opaqueCounts[index].bytes &+= bytes
    guard isNewFlow else { return }
    opaqueCounts[index].flows &+= 1
    if opaqueCounts[index].examples.count < PacketLimits.examples {
      opaqueCounts[index].examples.append(packet)
    }
  }

  /// Counts a packet's fate.
  @inline(__always)
  mutating func count(_ fate: PacketFate) {
    fates[Int(fate.rawValue)] &+= 1
    if fate.rawValue > PacketFate.datagram.rawValue { countOdd(fate) }
  }

  /// Counts an oddity.
  mutating func count(_ oddity: PacketOddity) {
    let index = Int(oddity.rawValue)
    oddities[index] &+= 1
    if isNoting, oddity.isLoss { notes.append(LossNote(oddity: oddity.oddity, packet: packet)) }
    guard oddities[index] <= PacketLimits.examples else { return }
    if oddityExamples.isEmpty { oddityExamples = Array(repeating: [], count: oddities.count) }
    oddityExamples[index].append(packet)
  }

  /// Counts a message handed on.
  @inline(__always)
  mutating func countMessage(_ transport: Transport) {
    messages &+= 1
    if transport == .tcp { messagesOverTCP &+= 1 }
  }

  /// Counts what a checksum says, when it is not that all is well.
  @inline(__always)
  mutating func count(_ checksum: ChecksumState) {
    if checksum != .right { countOdd(checksum) }
  }

  /// Takes the notes since the last time.
  mutating func takeNotes() -> [LossNote] {
    defer { notes = [] }
    return notes
  }

  /// Notes a fate that is a loss, and keeps the packet in hand as an example.
  private mutating func countOdd(_ fate: PacketFate) {
    guard fate.isLoss else { return }
    if isNoting { notes.append(LossNote(oddity: fate.oddity, packet: packet)) }
    guard fates[Int(fate.rawValue)] <= PacketLimits.examples else { return }
    if fateExamples.isEmpty { fateExamples = Array(repeating: [], count: fates.count) }
    fateExamples[Int(fate.rawValue)].append(packet)
  }

  /// The oddity of a checksum.
  private mutating func countOdd(_ checksum: ChecksumState) {
    switch checksum {
    case .wrong: count(.checksumWrong)
    case .absent: count(.checksumAbsent)
    case .offloaded: count(.checksumOffloaded)
    case .right, .unknown: break
    }
  }
}
