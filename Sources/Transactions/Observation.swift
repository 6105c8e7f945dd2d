import Bytes
import Packets

/// A message with its provenance: all that matching needs. It lives as long as the call that it is handed to.
package struct Observation: Sendable {
  /// The number of "no such thing" among interned numbers.
  package static let none = UInt32.max

  /// The caller's number of a response; -1 for a query.
  package var recordIndex: Int
  /// Number of the packet that completed the message, from 1, and when that was captured.
  package var frame: Int, time: Timestamp
  /// Who sent it to whom.
  package var flow: Flow
  /// Message ID, QR and TC (RFC 1035 §4.1.1).
  package var id: UInt16, isResponse: Bool, tc: Bool
  /// QTYPE is AXFR or IXFR: over TCP many responses belong to one query (RFC 5936 §2.2, RFC 1995 §4).
  package var isTransfer: Bool
  /// The interned question (owner as spelled, type, class), and the same in lower case; `none` with QDCOUNT 0.
  package var questionID: UInt32, foldedQuestionID: UInt32
  /// The interned answer: RCODE and data, without order, TTLs and RRSIGs. Equal numbers mean equal data.
  package var contentID: UInt32
  /// Hash of all bytes of the message, ID included.
  package var bodyHash: UInt64
  /// IPv4 identification, or that of the IPv6 fragment header; nil when there is none.
  package var ipID: UInt32?
  /// What link and IP headers say. Mirrored copies may differ in it, so matching does not look at it.
  package var network: NetworkTraits
  /// The DO bit (RFC 3225); nil without EDNS.
  package var dnssecOK: Bool?
  /// Whether a query asks a resolver for its word on the answer, and whether RD is set.
  package var wantsAD: Bool, rd: Bool
  /// The interned EDNS fields; `none` without EDNS.
  package var ednsID: UInt32

  /// From the fields.
  package init(
    recordIndex: Int, frame: Int, time: Timestamp, flow: Flow, id: UInt16, isResponse: Bool, tc: Bool = false,
    isTransfer: Bool = false, questionID: UInt32, foldedQuestionID: UInt32, contentID: UInt32 = none,
    bodyHash: UInt64, ipID: UInt32? = nil, network: NetworkTraits = NetworkTraits(), dnssecOK: Bool? = nil,
    wantsAD: Bool = false, rd: Bool = false, ednsID: UInt32 = none
  ) {
    (self.recordIndex, self.frame, self.time, self.flow) = (recordIndex, frame, time, flow)
    (self.id, self.isResponse, self.tc, self.isTransfer) = (id, isResponse, tc, isTransfer)
    (self.questionID, self.foldedQuestionID) = (questionID, foldedQuestionID)
    (self.contentID, self.bodyHash, self.ipID) = (contentID, bodyHash, ipID)
    (self.network, self.dnssecOK, self.wantsAD) = (network, dnssecOK, wantsAD)
    (self.rd, self.ednsID) = (rd, ednsID)
  }

  /// What copies of one packet share: the message's bytes and the packet's identification.
  var fingerprint: UInt64 {
    guard let ipID else { return bodyHash }
    // An odd factor (2^64 divided by the golden ratio) spreads the 32 bits over all of the hash.
    return bodyHash ^ ((UInt64(ipID) &+ 1) &* 0x9e37_79b9_7f4a_7c15)
  }

  /// Whether it came over TCP, where the reassembler has dropped repeated segments already.
  var isTCP: Bool { flow.transport == .tcp }
}

extension Timestamp {
  /// Nanoseconds from an earlier moment to this one, negative when that is later; clamped to 64 bits.
  func age(of earlier: Timestamp) -> Int64 {
    let (difference, overflow) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
    guard overflow else { return difference }
    return nanoseconds < 0 ? .min : .max
  }
}
