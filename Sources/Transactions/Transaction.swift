import Bytes

/// A question as one client asked one server: the query, its resends while no response has come, and all their
/// responses.
struct Transaction: Sendable {
  /// The first response. (The order of the fields leaves no gaps: 73 octets.)
  var firstAnswer: AnswerNote?
  /// The question in lower case.
  let question: UInt32
  /// The first query.
  let firstQuery: QueryNote
  /// Responses with its addresses, ports and ID, whatever they say.
  var load: UInt16 = 0
  /// The number of its sequel; `NumberedPool.none` without.
  var sequel = NumberedPool<Sequel>.none
  /// Whether it is a zone transfer over TCP.
  let isTransfer: Bool

  /// Opens a transaction with a query.
  init(_ query: Observation) {
    question = query.foldedQuestionID
    firstQuery = QueryNote(query)
    isTransfer = query.isTransfer && query.isTCP
  }

  /// Whether a query repeats the open one: no response has come, and the first query is not given up.
  /// - Parameter activity: when it was active last.
  @inline(__always)
  func isResent(
    by query: Observation, at now: Timestamp, after activity: Timestamp, _ timing: TransactionTiming
  ) -> Bool {
    firstAnswer == nil && question == query.foldedQuestionID
      && timing.isOpen(firstQuery.time, at: query.time) && timing.isRemembered(activity, at: now)
  }
}

extension TransactionTiming {
  /// Whether a time and a message's are so near to each other that copies of one packet may have them. TCP segments
  /// that were sent again never get here, so a message over TCP is no copy.
  @inline(__always)
  func areOneMoment(_ time: Timestamp, _ message: Observation) -> Bool {
    let apart = message.time.age(of: time)
    return apart <= mirror && apart >= -mirror && !message.isTCP
  }

  /// Whether a query of some time is still waited for.
  @inline(__always)
  func isOpen(_ query: Timestamp, at time: Timestamp) -> Bool { time.age(of: query) <= giveUp }

  /// Whether a transaction that was active at some time is still remembered.
  @inline(__always)
  func isRemembered(_ activity: Timestamp, at time: Timestamp) -> Bool { time.age(of: activity) <= memory }
}
