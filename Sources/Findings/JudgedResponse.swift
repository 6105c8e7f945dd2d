import Bytes
import DNSSEC
import DNSWire
import Packets

/// A response with its word, as rules see it.
package struct JudgedResponse: Sendable {
  /// Where and when it was captured; the input where there are several.
  package var file: Int?, frame: Int, time: Timestamp
  /// Who sent it, and to whom.
  package var server: IPAddress, client: IPAddress
  /// Its question; nil with QDCOUNT 0.
  package var question: CanonicalQuestion?
  /// Its response code and header flags.
  package var rcode: ResponseCode, flags = HeaderFlags(rawValue: 0x8000)
  /// Whether its query asked a resolver for its word: AD or DO set, CD clear.
  package var wantsAD = false
  /// Whether any response of its server held an RRSIG.
  package var serverSigns = true
  /// The extended errors that the server sent.
  package var serverEDE: [UInt16] = []
  /// The proven data that it stands against, if it has no proof of its own.
  package var contradiction: Contradiction?
  /// For a failure that DNSSEC is blamed for: the frame of a secure answer to the same question in force.
  package var secureFrame: Int?
  /// Number of its judgement: equal numbers have one judgement.
  package var kind: Int
  /// Its word and the words of its RRsets.
  package var judgement: ResponseJudgement
  /// The transaction in which it stands against other data, if it does.
  package var conflict: Int?
  /// Whether a host would have taken the packet.
  package var isIntact: Bool

  /// From the fields.
  package init(
    file: Int? = nil, frame: Int, time: Timestamp, server: IPAddress, client: IPAddress,
    question: CanonicalQuestion?,
    rcode: ResponseCode, kind: Int, judgement: ResponseJudgement, conflict: Int?, isIntact: Bool
  ) {
    (self.frame, self.time, self.server, self.client, self.question) = (frame, time, server, client, question)
    (self.rcode, self.kind, self.judgement) = (rcode, kind, judgement)
    self.conflict = conflict
    (self.isIntact, self.file) = (isIntact, file)
  }
}

/// A rule of the catalogue: takes every judged response in frame order, and says at the end what it found.
package protocol FindingRule {
  /// Takes the next response.
  /// - Returns: whether the rule wants to see further packets of this kind of response.
  mutating func receive(_ response: JudgedResponse) -> Bool
  /// Takes a further packet of a kind of response that it asked for; conflicts come through `receive` alone.
  mutating func receiveAgain(_ packet: JudgedPacket)
  /// Takes the chain of trust of a zone, after the last response.
  mutating func receive(_ zone: ZoneReport)
  /// A part of the run has ended: the numbers of kinds begin anew.
  mutating func endPart()
  /// What was found, without ids.
  func findings() -> [Finding]
}

/// A further packet of a kind of response: where, when and to whom.
package struct JudgedPacket: Sendable {
  /// Number of its judgement.
  package var kind: Int
  /// Where, when and to whom.
  package var file: Int?, frame: Int, time: Timestamp, client: IPAddress
  /// The number of the client in this part of the run; `noNumber` where it is not at hand.
  package var clientNumber: UInt32

  /// Stands for no number: no part has so many addresses.
  package static let noNumber = UInt32.max

  /// From the fields.
  package init(
    kind: Int, file: Int? = nil, frame: Int, time: Timestamp, client: IPAddress,
    clientNumber: UInt32 = JudgedPacket.noNumber
  ) {
    (self.kind, self.file, self.frame, self.time, self.client) = (kind, file, frame, time, client)
    self.clientNumber = clientNumber
  }

  /// The packet of a response.
  init(_ response: JudgedResponse) {
    self.init(
      kind: response.kind, file: response.file, frame: response.frame, time: response.time,
      client: response.client)
  }
}

extension FindingRule {
  /// Most rules are about responses alone.
  package mutating func receive(_ zone: ZoneReport) {}

  /// A rule that remembers no kinds has nothing to forget.
  package mutating func endPart() {}
}
