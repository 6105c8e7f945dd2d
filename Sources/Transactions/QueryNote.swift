import Bytes

/// A query as it is remembered.
struct QueryNote: Sendable {
  /// When and in which packet it came.
  let time: Timestamp, frame: Int
  /// See `Observation.fingerprint`.
  let fingerprint: UInt64
  /// The question as spelled, and the EDNS fields; `Observation.none` without EDNS.
  let questionID: UInt32, ednsID: UInt32
  /// Time to live, or hop limit.
  let ipTTL: UInt8
  /// The facts below, a bit each.
  private let facts: UInt8

  /// The DO bit; false without EDNS.
  var dnssecOK: Bool { facts & 1 != 0 }
  /// Whether it asks a resolver for its word.
  var wantsAD: Bool { facts & 2 != 0 }
  /// RD.
  var rd: Bool { facts & 4 != 0 }
  /// Whether the question has letters in upper case.
  var hasUpperCase: Bool { facts & 8 != 0 }

  /// Of a query.
  init(_ query: Observation) {
    (time, frame, fingerprint) = (query.time, query.frame, query.fingerprint)
    (questionID, ednsID, ipTTL) = (query.questionID, query.ednsID, query.network.ipTTL)
    facts =
      (query.dnssecOK == true ? 1 : 0) | (query.wantsAD ? 2 : 0) | (query.rd ? 4 : 0)
      | (query.questionID != query.foldedQuestionID ? 8 : 0)
  }

  /// Whether a query is another copy of this one's packet.
  @inline(__always)
  func isCopied(by query: Observation, _ timing: TransactionTiming) -> Bool {
    fingerprint == query.fingerprint && questionID == query.questionID && timing.areOneMoment(time, query)
  }

  /// Microseconds from the query to a response, rounded down; nil when the response was captured first.
  func roundTrip(to response: Timestamp) -> Int64? {
    let nanoseconds = response.age(of: time)
    return nanoseconds < 0 ? nil : nanoseconds / 1_000
  }
}

extension Transaction {
  /// A query by its index, from 0 in order of arrival.
  func query(_ index: Int, _ sequel: Sequel, _ queries: NotePool<QueryNote>) -> QueryNote {
    var found = firstQuery, current = Int(sequel.laterQueries.count)
    guard index > 0 else { return found }
    queries.scan(sequel.laterQueries) { query in
      if current == index { found = query }
      current -= 1
      return current < index
    }
    return found
  }

  /// The newest query that is kept.
  func newestQuery(_ sequel: Sequel, _ queries: NotePool<QueryNote>) -> QueryNote {
    query(Int(sequel.laterQueries.count), sequel, queries)
  }

  /// The query that a response with data of its own answers: the first one that has no answer yet and is not given
  /// up, so that a resend does not make a slow server look fast; when there is none, the newest.
  @inline(__always)
  func queryAnswered(
    at time: Timestamp, _ sequel: Sequel, _ queries: NotePool<QueryNote>, _ timing: TransactionTiming
  ) -> (query: QueryNote, index: UInt8) {
    guard sequel.laterQueries.count > 0 else { return (firstQuery, 0) }
    let taken = isTransfer ? 0 : Int(sequel.answerCount) + Int(sequel.truncatedCount)
    if taken == 0, timing.isOpen(firstQuery.time, at: time) { return (firstQuery, 0) }
    var found = firstQuery, index = 0, current = Int(sequel.laterQueries.count)
    queries.scan(sequel.laterQueries) { query in
      if index == 0 || timing.isOpen(query.time, at: time) { (found, index) = (query, current) }
      current -= 1
      return current < max(taken, 1)
    }
    return (found, UInt8(clamping: index))
  }

  /// Whether a query is another copy of a packet that is here already.
  func holdsCopy(
    of query: Observation, _ sequel: Sequel, _ queries: NotePool<QueryNote>, _ timing: TransactionTiming
  ) -> Bool {
    var found = firstQuery.isCopied(by: query, timing)
    guard !found, sequel.laterQueries.count > 0 else { return found }
    queries.scan(sequel.laterQueries) {
      found = $0.isCopied(by: query, timing)
      return found
    }
    return found
  }
}
