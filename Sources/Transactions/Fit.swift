import Bytes

/// How a response fits to a transaction.
enum Fit {
  /// Not at all: another question, or too long ago.
  case none
  /// Other data than before, after the time in which answers race.
  case afterwards
  /// Other data than before: more differing answers than queries.
  case rival
  /// Its query was given up.
  case late
  /// An open query waits for it.
  case answer
  /// The data of an earlier response.
  case duplicate(of: AnswerNote)
  /// The packet of an earlier response.
  case copy(of: AnswerNote)

  /// What goes before what, when there are several transactions with the question: the kindest reading, since what
  /// counts is whether there are more differing answers than queries. Of equal ones the newest transaction decides.
  var rank: Int {
    switch self {
    case .none: 0
    case .afterwards: 1
    case .rival: 2
    case .late: 3
    case .answer, .duplicate: 4
    case .copy: 5
    }
  }
}

extension Transaction {
  /// How a response fits that arrived when the capture's clock showed `now`. Without a question (QDCOUNT 0: errors of a
  /// server that could not read it, later messages of a transfer) the flow and the ID suffice.
  @inline(__always)
  func fit(
    _ response: Observation, at now: Timestamp, _ sequel: Sequel, _ answers: NotePool<AnswerNote>,
    _ timing: TransactionTiming
  ) -> Fit {
    guard response.foldedQuestionID == question || response.foldedQuestionID == Observation.none,
      timing.isRemembered(sequel.lastActivity, at: now)
    else { return .none }
    guard let firstAnswer else {
      return timing.isOpen(sequel.lastActivity, at: response.time) ? .answer : .late
    }
    if isTransfer { return .answer }
    return fit(response, after: firstAnswer, sequel, answers, timing)
  }

  /// How a further response fits.
  private func fit(
    _ response: Observation, after first: AnswerNote, _ sequel: Sequel, _ answers: NotePool<AnswerNote>,
    _ timing: TransactionTiming
  ) -> Fit {
    if first.isCopied(by: response, timing) { return .copy(of: first) }
    var found: Fit = first.isRepeated(by: response) ? .duplicate(of: first) : .none
    answers.scan(sequel.laterAnswers) { answer in
      if answer.isCopied(by: response, timing) {
        found = .copy(of: answer)
        return true
      }
      if answer.isRepeated(by: response) { found = .duplicate(of: answer) }
      return false
    }
    if case .none = found {} else { return found }
    let isOpen = timing.isOpen(sequel.lastActivity, at: response.time)
    return response.tc
      ? sequel.fitOfTruncated(after: first, isOpen: isOpen) : sequel.fitOfNewData(isOpen: isOpen)
  }
}

extension Sequel {
  /// How other data than before fit. A truncated response before them has taken no query away: it holds what fitted
  /// into the datagram, often nothing (RFC 2181 §9), and so contradicts no whole answer.
  fileprivate func fitOfNewData(isOpen: Bool) -> Fit {
    if answerCount < queryCount { return isOpen ? .answer : .late }
    return isOpen ? .rival : .afterwards
  }

  /// How a truncated response fits that is not the first one. It cannot be compared with whole answers, nor with
  /// other truncated ones, which may have been cut elsewhere: it never conflicts, and answers what is still open.
  fileprivate func fitOfTruncated(after first: AnswerNote, isOpen: Bool) -> Fit {
    isOpen && Int(answerCount) + Int(truncatedCount) < Int(queryCount) ? .answer : .duplicate(of: first)
  }
}
