import Bytes
import Packets

@testable import Transactions

/// The rules of `TransactionTable` over plain arrays that are searched from end to end: slow, without bounds, and
/// short enough to be believed.
struct Oracle {
  /// A query with its resends and the responses that brought data of their own.
  struct Asked {
    var queries: [Observation], activity: Timestamp
    var answers: [(response: Observation, status: TransactionStatus, query: Observation)] = []
    var group: Int?
    var isTransfer: Bool { queries[0].isTransfer && queries[0].flow.transport == .tcp }
    var whole: Int { answers.filter { !$0.response.tc }.count }
  }

  /// What the rules say of a response.
  enum Word {
    case copy(Observation, of: Int, query: Observation), duplicate(Observation, of: Int, query: Observation)
    case answered(Int), late(Int), conflicting(Int), nothing
  }

  var asked: [Asked] = [], waiting: [(response: Observation, since: Timestamp)] = []
  var outcomes: [Int: MatchOutcome] = [:]
  var now: Timestamp?, start: Timestamp?, clients: Set<IPAddress> = [], servers: Set<IPAddress> = []
  var groups = 0
  let second: Int64 = 1_000_000_000, millisecond: Int64 = 1_000_000

  mutating func receive(_ message: Observation) {
    let time = message.time
    let elapsed = now.map { time.nanoseconds - $0.nanoseconds } ?? 0
    if elapsed < -30 * second {
      finish()
      (now, start) = (time, time)
    }
    now = max(now ?? time, time)
    let current = now ?? time
    while let first = waiting.first, current.nanoseconds - first.since.nanoseconds > 50 * millisecond {
      waiting.removeFirst()
      _ = settle(first.response, at: first.since, isFinal: true)
    }
    if start == nil || elapsed > 3_600 * second { start = time }
    if message.isResponse {
      if settle(message, at: current, isFinal: false) { return }
      if let first = waiting.last(where: { isCopy(message, $0.response) })?.response {
        outcomes[message.recordIndex] = MatchOutcome(
          recordIndex: message.recordIndex, status: .duplicate, isMirrorCopy: true,
          duplicateOf: first.recordIndex)
      } else {
        waiting.append((message, current))
      }
    } else {
      ask(message, at: current)
    }
  }

  mutating func finish() {
    for (response, arrival) in waiting { _ = settle(response, at: arrival, isFinal: true) }
    (asked, waiting) = ([], [])
  }

  private mutating func ask(_ query: Observation, at current: Timestamp) {
    let indices = asked.indices.filter { isSameKey(asked[$0].queries[0], query) }
    if indices.contains(where: { asked[$0].queries.contains { isCopy(query, $0) } }) { return }
    clients.insert(query.flow.source)
    servers.insert(query.flow.destination)
    let open = indices.last {
      asked[$0].answers.isEmpty && asked[$0].queries[0].foldedQuestionID == query.foldedQuestionID
        && age(query, asked[$0].queries[0].time) <= 15 * second && isRemembered($0, at: current)
    }
    if let open {
      asked[open].queries.append(query)
      asked[open].activity = max(asked[open].activity, query.time)
    } else {
      asked.append(Asked(queries: [query], activity: query.time))
    }
    let all = waiting
    waiting = all.filter {
      !isSameKey($0.response, query) || !settle($0.response, at: $0.since, isFinal: false)
    }
  }

  private mutating func settle(_ response: Observation, at arrival: Timestamp, isFinal: Bool) -> Bool {
    let record = response.recordIndex
    let word = word(response, at: arrival)
    switch word {
    case .copy(let query, let first, let spelled), .duplicate(let query, let first, let spelled):
      var isMirrorCopy = false
      if case .copy = word { isMirrorCopy = true }
      outcomes[record] = outcome(response, .duplicate, query, spelled: spelled)
      outcomes[record]?.isMirrorCopy = isMirrorCopy
      outcomes[record]?.duplicateOf = first
    case .answered(let index):
      add(response, .answered, index)
    case .late(let index):
      guard isFinal else { return false }
      add(response, .late, index)
    case .conflicting(let index):
      guard isFinal else { return false }
      if asked[index].group == nil {
        asked[index].group = groups
        groups += 1
      }
      add(response, .conflicting, index)
      for answer in asked[index].answers where !answer.response.tc {
        outcomes[answer.response.recordIndex]?.conflictGroup = asked[index].group
      }
    case .nothing:
      guard isFinal else { return false }
      outcomes[record] = outcomeWithoutQuery(response, at: arrival)
    }
    return true
  }

  /// The word for a response: the kindest that any transaction with its question allows, that of the latest first.
  private func word(_ response: Observation, at arrival: Timestamp) -> Word {
    let fitting = asked.indices.filter {
      isSameKey(asked[$0].queries[0], response)
        && [asked[$0].queries[0].foldedQuestionID, .max].contains(response.foldedQuestionID)
    }
    let alive = fitting.filter { isRemembered($0, at: arrival) }
      .sorted { (asked[$0].activity, $0) > (asked[$1].activity, $1) }
    for i in alive where !asked[i].isTransfer {
      if let first = asked[i].answers.first(where: { isCopy(response, $0.response) }) {
        return .copy(first.query, of: first.response.recordIndex, query: first.response)
      }
    }
    for i in alive {
      let asked = asked[i], isOpen = age(response, asked.activity) <= 15 * second
      if asked.answers.isEmpty {
        if isOpen { return .answered(i) }
        continue
      }
      if asked.isTransfer { return .answered(i) }
      let same = asked.answers.first {
        $0.response.contentID == response.contentID && $0.response.tc == response.tc
      }
      if let same { return .duplicate(same.query, of: same.response.recordIndex, query: same.response) }
      if isOpen, (response.tc ? asked.answers.count : asked.whole) < asked.queries.count {
        return .answered(i)
      }
      if response.tc {
        let first = asked.answers[0]
        return .duplicate(first.query, of: first.response.recordIndex, query: first.response)
      }
    }
    let isOpen = { (i: Int) in age(response, asked[i].activity) <= 15 * second }
    if let i = alive.first(where: { asked[$0].whole < asked[$0].queries.count && !isOpen($0) }) {
      return .late(i)
    }
    if let i = alive.first(where: isOpen) { return .conflicting(i) }
    return alive.first.map { .late($0) } ?? .nothing
  }

  private mutating func add(_ response: Observation, _ status: TransactionStatus, _ index: Int) {
    let open = asked[index].queries.dropFirst(asked[index].isTransfer ? 0 : asked[index].answers.count)
    let query =
      open.first { age(response, $0.time) <= 15 * second }
      ?? asked[index].queries[asked[index].queries.count - 1]
    asked[index].answers.append((response, status, query))
    if asked[index].isTransfer { asked[index].activity = max(asked[index].activity, response.time) }
    outcomes[response.recordIndex] = outcome(response, status, query, spelled: response)
    outcomes[response.recordIndex]?.conflictGroup = response.tc ? nil : asked[index].group
  }

  private func outcome(
    _ response: Observation, _ status: TransactionStatus, _ query: Observation, spelled: Observation
  ) -> MatchOutcome {
    let elapsed = age(response, query.time)
    return MatchOutcome(
      recordIndex: response.recordIndex, status: status, queryFrame: query.frame, queryTime: query.time,
      rttMicroseconds: elapsed < 0 ? nil : elapsed / 1_000, queryDO: query.dnssecOK ?? false,
      sameCase: spelled.questionID == .max ? nil : spelled.questionID == query.questionID)
  }

  private func outcomeWithoutQuery(_ response: Observation, at arrival: Timestamp) -> MatchOutcome {
    let open = asked.indices
      .filter { isSameKey(asked[$0].queries[0], response) && isRemembered($0, at: arrival) }
      .last { age(response, asked[$0].queries[asked[$0].queries.count - 1].time) <= 15 * second }
      .map { asked[$0].queries[asked[$0].queries.count - 1] }
    if let open {
      return MatchOutcome(
        recordIndex: response.recordIndex, status: .mismatched, queryFrame: open.frame, queryTime: open.time)
    }
    let hasRun = start.map { age(response, $0) > 15 * second } ?? false
    let isSeen = clients.contains(response.flow.destination) || servers.contains(response.flow.source)
    return MatchOutcome(
      recordIndex: response.recordIndex, status: hasRun && isSeen ? .unsolicited : .unknown)
  }

  private func isRemembered(_ index: Int, at time: Timestamp) -> Bool {
    time.nanoseconds - asked[index].activity.nanoseconds <= 30 * second
  }

  private func age(_ message: Observation, _ time: Timestamp) -> Int64 {
    message.time.nanoseconds - time.nanoseconds
  }

  private func isCopy(_ a: Observation, _ b: Observation) -> Bool {
    a.flow == b.flow && a.bodyHash == b.bodyHash && a.ipID == b.ipID && a.contentID == b.contentID
      && a.questionID == b.questionID && a.flow.transport == .udp && abs(age(a, b.time)) <= 5 * millisecond
  }

  private func isSameKey(_ a: Observation, _ b: Observation) -> Bool {
    a.id == b.id && (a.isResponse ? a.flow.reversed : a.flow) == (b.isResponse ? b.flow.reversed : b.flow)
  }
}
