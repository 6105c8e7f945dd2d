import Bytes

/// A response as it is remembered.
struct AnswerNote: Sendable {
  /// When it came.
  let time: Timestamp
  /// See `Observation.fingerprint`.
  let fingerprint: UInt64
  private let recordNumber: UInt32
  /// The interned data.
  let contentID: UInt32
  /// Which of the transaction's queries it was matched to, from 0.
  let queryIndex: UInt8
  /// What was said of it.
  let status: TransactionStatus
  /// TC.
  let tc: Bool
  /// Whether its question is spelled as in the query; nil with QDCOUNT 0.
  let sameCase: Bool?

  /// The caller's number of it.
  var record: Int { Int(recordNumber) }

  /// Of a response to a query of a transaction.
  init(_ response: Observation, _ status: TransactionStatus, to query: QueryNote, index: UInt8) {
    (time, fingerprint) = (response.time, response.fingerprint)
    recordNumber = UInt32(truncatingIfNeeded: response.recordIndex)
    (contentID, tc) = (response.contentID, response.tc)
    (queryIndex, self.status) = (index, status)
    sameCase = response.questionID == Observation.none ? nil : response.questionID == query.questionID
  }

  /// Whether a response is another copy of this one's packet.
  @inline(__always)
  func isCopied(by response: Observation, _ timing: TransactionTiming) -> Bool {
    fingerprint == response.fingerprint && contentID == response.contentID
      && timing.areOneMoment(time, response)
  }

  /// Whether a response has the same data.
  @inline(__always)
  func isRepeated(by response: Observation) -> Bool { contentID == response.contentID && tc == response.tc }
}

extension MatchOutcome {
  /// Of a response with data of its own.
  init(_ answer: AnswerNote, to query: QueryNote, group: Int32) {
    self.init(
      recordIndex: answer.record, status: answer.status, queryFrame: query.frame, queryTime: query.time,
      rttMicroseconds: query.roundTrip(to: answer.time), queryDO: query.dnssecOK, sameCase: answer.sameCase,
      conflictGroup: group < 0 || answer.tc ? nil : Int(group), queryWantsAD: query.wantsAD)
    note(query)
  }

  /// Of a response that repeats an earlier one.
  init(_ response: Observation, repeating answer: AnswerNote, to query: QueryNote, isMirrorCopy: Bool) {
    self.init(
      recordIndex: response.recordIndex, status: .duplicate, queryFrame: query.frame, queryTime: query.time,
      rttMicroseconds: query.roundTrip(to: response.time), queryDO: query.dnssecOK, sameCase: answer.sameCase,
      isMirrorCopy: isMirrorCopy, duplicateOf: answer.record, queryWantsAD: query.wantsAD)
    note(query)
  }
}
