import Bytes

/// How one response relates to the queries of the capture.
///
/// A response has an outcome at once when its query was seen before it. A later outcome for the same record replaces
/// the earlier one: so the first response of a conflict learns its group when the second one differs.
package struct MatchOutcome: Sendable, Equatable {
  /// The caller's number of the response.
  package var recordIndex: Int
  /// The word for it.
  package var status: TransactionStatus
  /// Packet and time of its query; for `mismatched` those of the open query whose flow and ID it carries.
  package var queryFrame: Int?, queryTime: Timestamp?
  /// From query to response, rounded down; nil when the response was captured first or is no answer to it.
  package var rttMicroseconds: Int64?
  /// The query's DO bit, false when it had no EDNS; nil without a query of its own.
  package var queryDO: Bool?
  /// Whether the query asked a resolver for its word on the answer.
  package var queryWantsAD: Bool
  /// Whether the question is spelled as in the query, case included; nil without query or with QDCOUNT 0.
  package var sameCase: Bool?
  /// Whether it is another copy of a packet that is in the capture already.
  package var isMirrorCopy: Bool
  /// The response that a duplicate repeats.
  package var duplicateOf: Int?
  /// Responses to one question whose data differ, more of them than queries were sent, share this number, from 0.
  package var conflictGroup: Int?
  /// What else is to know of its query; for a response without one what it nearly fits to. Case, mirror copy and cookie
  /// are told elsewhere.
  package var traits: MatchTraits
  /// The interned EDNS fields of its query; `Observation.none` without.
  package var queryEDNS = Observation.none
  /// Time to live of its query's packet; 0 without a query.
  package var queryTTL: UInt8 = 0

  /// From the fields; those left out are nil.
  package init(
    recordIndex: Int, status: TransactionStatus, queryFrame: Int? = nil, queryTime: Timestamp? = nil,
    rttMicroseconds: Int64? = nil, queryDO: Bool? = nil, sameCase: Bool? = nil, isMirrorCopy: Bool = false,
    duplicateOf: Int? = nil, conflictGroup: Int? = nil, queryWantsAD: Bool = false, traits: MatchTraits = []
  ) {
    (self.recordIndex, self.status) = (recordIndex, status)
    (self.queryFrame, self.queryTime, self.rttMicroseconds) = (queryFrame, queryTime, rttMicroseconds)
    (self.queryDO, self.sameCase, self.isMirrorCopy) = (queryDO, sameCase, isMirrorCopy)
    (self.duplicateOf, self.conflictGroup) = (duplicateOf, conflictGroup)
    (self.queryWantsAD, self.traits) = (queryWantsAD, traits)
  }

  /// Notes what is to know of the query.
  mutating func note(_ query: QueryNote) {
    (queryEDNS, queryTTL) = (query.ednsID, query.ipTTL)
    if query.rd { traits.insert(.queryRD) }
    if query.ednsID != Observation.none { traits.insert(.queryHadEDNS) }
    if sameCase == true, query.hasUpperCase { traits.insert(.mixedCaseEchoed) }
  }
}
