import DNSWire
import Packets

/// What a run counts of its messages for the summary, and with it which of them are not judged.
struct MessageCounts: Sendable {
  /// Messages, queries, what cannot be decoded to its end, and RRSIGs in responses.
  private(set) var messages = 0, queries = 0, malformed = 0, signaturesSeen = 0
  /// Messages that are not judged, by kind, and what is odd about others.
  private(set) var notJudged = KindCounts(), oddities = PacketOddities()
  /// Responses without the end of their datagram, kept or not.
  private var unfinished = 0

  /// Such responses that are kept and judged: a capture of port 53 alone may have thousands, which say little, and a
  /// flood of lone fragments must not fill the memory (500 bytes each).
  private static let unfinishedLimit = 16_384

  /// Counts the next message.
  /// - Returns: whether it is DNS and was sent as such.
  mutating func takes(_ message: BatchedMessage) -> Bool {
    if message.isQuoted {
      notJudged.count("quoted-in-icmp")
      return false
    }
    messages += 1
    if message.protocolName == .dns { return true }
    notJudged.count("\(message.protocolName)")
    return false
  }

  /// Counts a message that is shorter than a header.
  mutating func countShort(_ message: BatchedMessage) {
    malformed += 1
    oddities.count(.messageShorterThanHeader, packet: message.packet)
  }

  /// Counts what a header says.
  /// - Returns: whether messages of its opcode are judged.
  mutating func takes(_ header: Header, of message: BatchedMessage) -> Bool {
    guard header.flags.isQuery else {
      notJudged.count("opcode-\(header.flags.opcode.mnemonic.lowercased())")
      return false
    }
    if header.qdCount > 1 { oddities.count(.questionCount, packet: message.packet) }
    return true
  }

  /// Counts a response that may be without the end of its datagram.
  /// - Returns: whether it is kept.
  mutating func keeps(_ message: BatchedMessage) -> Bool {
    guard message.isUnfinished else { return true }
    unfinished += 1
    if unfinished <= MessageCounts.unfinishedLimit { return true }
    oddities.count(.beginningAlone, packet: message.packet)
    return false
  }

  /// Counts a query.
  mutating func countQuery() { queries += 1 }

  /// Counts a response of a flood, of which nothing is kept.
  mutating func countDiverted() { notJudged.count("flood") }

  /// Counts a response that is kept.
  mutating func count(_ message: BatchedMessage, _ body: ResponseBody) {
    signaturesSeen += Int(body.signatureCount)
    if body.isMalformed {
      malformed += 1
      oddities.count(.malformedResponse, packet: message.packet)
    }
    if message.isRecovered { oddities.count(.recoveredMessage, packet: message.packet) }
    if message.isOtherVersion { oddities.count(.otherVersion, packet: message.packet) }
    if message.isDamaged { oddities.count(.wrongChecksum, packet: message.packet) }
  }

  /// Begins anew; what is kept goes on to count for the limit.
  mutating func reset() {
    let kept = unfinished
    self = MessageCounts()
    unfinished = kept
  }
}
