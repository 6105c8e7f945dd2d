import Bytes

/// A question as one client asked one server: the query, its resends while no response has come, and all their
/// responses.
struct Transaction: Sendable {
  /// The question in lower case.
  let question: UInt32
  /// Number of the conflict, or -1.
  var conflictGroup: Int32 = -1
  /// The first query.
  let firstQuery: QueryNote
  /// Whether it is a zone transfer over TCP.
  let isTransfer: Bool
  /// Queries; differing answers; truncated responses that took a query. They stop at the greatest number.
  private(set) var queryCount: UInt16 = 1, answerCount: UInt16 = 0, truncatedCount: UInt16 = 0
  /// Responses with its addresses, ports and ID, whatever they say.
  var load: UInt16 = 0
  /// The later queries and answers, as far as they are kept.
  var laterQueries = NotePool<QueryNote>.List(), laterAnswers = NotePool<AnswerNote>.List()
  /// The first response.
  var firstAnswer: AnswerNote?
  /// The time of the newest query; in a transfer that of the newest message.
  private(set) var lastActivity: Timestamp

  /// Opens a transaction with a query.
  init(_ query: Observation) {
    question = query.foldedQuestionID
    firstQuery = QueryNote(query)
    isTransfer = query.isTransfer && query.isTCP
    lastActivity = query.time
  }

  /// Whether a query repeats the open one: no response has come, and the first query is not given up.
  @inline(__always)
  func isResent(by query: Observation, at now: Timestamp, _ timing: TransactionTiming) -> Bool {
    firstAnswer == nil && question == query.foldedQuestionID
      && timing.isOpen(firstQuery.time, at: query.time) && timing.isRemembered(lastActivity, at: now)
  }

  /// Counts a query that repeats the open one.
  mutating func countResend(at time: Timestamp) {
    if queryCount < .max { queryCount += 1 }
    lastActivity = max(lastActivity, time)
  }

  /// Counts a response with data of its own.
  @inline(__always)
  mutating func countAnswer(_ answer: AnswerNote) {
    if answer.tc {
      if truncatedCount < .max { truncatedCount += 1 }
    } else if answerCount < .max {
      answerCount += 1
    }
    if isTransfer { lastActivity = max(lastActivity, answer.time) }
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
