/// Number of an interned answer: the same RRsets with the same RRSIGs and TTLs in the same sections.
package struct AnswerID: RawRepresentable, Hashable, Sendable {
  /// The number, from 0 in order of arrival.
  package let rawValue: UInt32

  /// From the number.
  package init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// One RRset of an answer with the RRSIGs that came with it.
package struct AnswerRRset: Hashable, Sendable {
  /// The section it stood in.
  package let section: Section
  /// The RRset.
  package let rrset: RRsetID
  /// Its type, which most readers look at first.
  package let type: RecordType
  /// The lowest TTL of its records, seconds.
  package let ttl: UInt32
  /// Records as counted in the message, equal ones each.
  package let recordCount: UInt16
  /// The RRSIGs that cover it, in the order of the message.
  package let signatures: [SignatureID]
}

/// The RRsets of a response, in the order of the message.
package struct Answer: Hashable, Sendable {
  /// All of them; OPT, TSIG, TKEY and SIG(0) left out. RRSIGs without their RRset stand as RRsets of type RRSIG.
  package let rrsets: [AnswerRRset]
}
