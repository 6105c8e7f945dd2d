import Bytes
import DNSWire
import Packets

/// Matches responses to queries, in one pass over the messages of a capture in frame order.
///
/// A response whose query was seen has its outcome at once. One without waits for `TransactionTiming.reorder`, since
/// mirrored and merged captures may hold it before its query. Same input, same outcomes: nothing depends on the
/// process's hash key.
package struct TransactionTable: Sendable {
  let limits: TransactionLimits
  let timing: TransactionTiming
  /// What the keys of conversations are made with.
  let hashKey: HashKey
  /// What `approach` has read, so that reading it has an effect.
  private var approached: UInt64 = 0, approachedBuckets: [UInt32] = []
  /// What was seen and what could not be kept.
  package internal(set) var counters = TransactionCounters()

  /// The transactions that are remembered, and the responses that wait for a query.
  var transactions = KeyedRing<Transaction>(), waiting = KeyedRing<Observation>()
  /// What came to some transactions beside query and answer; one for each at most, so that the limit is theirs.
  var sequels = NumberedPool<Sequel>()
  /// The later queries and answers of the transactions.
  var queries: NotePool<QueryNote>, answers: NotePool<AnswerNote>
  /// What tells whether the absence of a query means anything.
  var clock = CaptureClock(), seen = SeenAddresses(), lastEviction: Timestamp?
  /// What tells which query a response without one nearly fits.
  var ledger = QueryLedger()
  /// Whether any transaction has had more responses than are kept one by one.
  package internal(set) var isOverloaded = false
  /// What the queries say of those who ask.
  package private(set) var study = TrafficStudy()

  /// An empty table.
  /// - Parameter hashKey: what the keys of conversations are made with.
  package init(
    limits: TransactionLimits = TransactionLimits(), timing: TransactionTiming = TransactionTiming(),
    hashKey: HashKey = HashKey()
  ) {
    (self.limits, self.timing, self.hashKey) = (limits, timing, hashKey)
    queries = NotePool(limit: limits.notes)
    answers = NotePool(limit: limits.notes)
  }

  /// Notes that the capture was running at a time: that of its first packet, DNS or not.
  package mutating func begin(at time: Timestamp) { clock.begin(at: time) }

  /// Takes the next message.
  /// - Parameter resolve: called with each outcome that this message settles or changes.
  package mutating func receive(_ message: Observation, _ resolve: (MatchOutcome) -> Void) {
    receive(message, ConversationKey(message, hashKey), resolve)
  }

  /// Brings what is known of messages near, before `receive` is asked about one after the other.
  package mutating func approach(_ keys: ArraySlice<ConversationKey>) {
    approachedBuckets.removeAll(keepingCapacity: true)
    for key in keys { approachedBuckets.append(transactions.approachBucket(key)) }
    for number in approachedBuckets { approached ^= transactions.approachNode(number) }
  }

  /// Brings near what is known of the client and the server of a query, before it is taken.
  /// - Parameter question: what it is likely to ask.
  package mutating func approach(query flow: Flow, _ question: UInt32) {
    approached ^= ledger.approach(flow.source, flow.sourcePort, question)
    approached ^= seen.approach(flow.source, as: .client) ^ seen.approach(flow.destination, as: .server)
  }

  /// Takes the next message.
  /// - Parameters:
  ///   - key: of its conversation, with `hashKey`.
  ///   - resolve: called with each outcome that this message settles or changes.
  package mutating func receive(
    _ message: Observation, _ key: ConversationKey, _ resolve: (MatchOutcome) -> Void
  ) {
    let now = advance(to: message.time, resolve)
    if message.isResponse {
      receiveResponse(message, key, at: now, resolve)
    } else {
      receiveQuery(message, key, at: now, resolve)
    }
  }

  /// How much is known of the query of a response that has just come.
  package enum Knowledge: Sendable {
    /// No query has its addresses, ports, ID and question.
    case none
    /// One has, and so many responses have come that further ones are only counted.
    case overloaded
    /// One has, and has had its answer and a rival, or an answer alone.
    case contested, answered
    /// One has.
    case some
  }

  /// Responses that a query may have before it counts as contested: an answer and a rival.
  private static let contestants: UInt16 = 2

  /// How much is known of the query of a response.
  /// - Parameter question: the number of its question in lower case; nil when that has no number.
  package func knowledge(of flow: Flow, id: UInt16, question: UInt32?) -> Knowledge {
    let key = ConversationKey(flow, id: id, isResponse: true, hashKey)
    var next = transactions.newest(key)
    while let number = next {
      if transactions[number].load >= limits.responsesPerKey { return .overloaded }
      if transactions[number].question == question {
        let load = transactions[number].load
        return load >= TransactionTable.contestants ? .contested : load > 0 ? .answered : .some
      }
      next = transactions.older(than: number)
    }
    return .none
  }

  /// Notes a query that repeats none, and what it says of its sender.
  mutating func note(_ query: Observation) { study.receive(query, ledger.insert(query, timing)) }

  /// Settles the rest at the end of the capture; the counters stay.
  package mutating func finish(_ resolve: (MatchOutcome) -> Void) {
    while waiting.count > 0 { settleOldestWaiting(resolve) }
    while transactions.count > 0 { forgetOldest() }
    queries.removeAll()
    answers.removeAll()
    lastEviction = nil
  }

  /// Gives memory back when no more messages come; counters and study stay.
  package mutating func release() {
    (transactions, waiting) = (KeyedRing(), KeyedRing())
    (queries, answers, sequels) = (NotePool(limit: 0), NotePool(limit: 0), NumberedPool())
    (ledger, approachedBuckets) = (QueryLedger(), [])
  }

  /// Moves the clock and lets go of what is too old.
  /// - Returns: what the clock shows.
  private mutating func advance(to time: Timestamp, _ resolve: (MatchOutcome) -> Void) -> Timestamp {
    let step = clock.step(to: time, timing)
    if case .back = step {
      finish(resolve)
      counters.clockSteps += 1
      clock.restart(at: time)
      return time
    }
    let now = clock.advance(to: time)
    while let oldest = waiting.oldest,
      !oldest.isLinked || now.age(of: waiting.since(oldest.number)) > timing.reorder
    {
      settleOldestWaiting(resolve)
    }
    // A response that still waits may be due to a transaction that was remembered when it arrived.
    while let oldest = transactions.oldest,
      !oldest.isLinked || now.age(of: transactions.since(oldest.number)) > timing.memory &+ timing.reorder
    {
      if oldest.isLinked, timing.isRemembered(lastActivity(of: oldest.number), at: now) {
        transactions.renewOldest(at: now)
      } else {
        forgetOldest()
      }
    }
    if case .silence = step { clock.restart(at: time) }
    return now
  }

  /// Takes the oldest transaction out.
  private mutating func forgetOldest() {
    if let oldest = transactions.oldest, oldest.isLinked { close(oldest.number) }
    transactions.removeOldest()
  }

  /// Makes room for a transaction before the oldest one's time. What answers that one from now on must not look as
  /// if nobody had asked, so the time is noted.
  mutating func evictOldest() {
    if let oldest = transactions.oldest, oldest.isLinked {
      lastEviction = clock.now
      evict(oldest.number)
    }
    transactions.removeOldest()
  }

  /// Forgets a transaction before its time.
  mutating func evict(_ number: UInt32) {
    counters.evicted += 1
    freeNotes(of: number)
    transactions.unlink(number)
  }

  /// Counts a transaction that has ended.
  @inline(__always)
  private mutating func close(_ number: UInt32) {
    if transactions[number].firstAnswer == nil, let now = clock.now {
      if timing.isOpen(lastActivity(of: number), at: now) {
        counters.openAtEnd += 1
      } else {
        counters.unanswered += 1
      }
    }
    freeNotes(of: number)
  }

  /// Frees what a transaction has in the pools; it is not asked for it again.
  @inline(__always)
  private mutating func freeNotes(of number: UInt32) {
    let sequel = transactions[number].sequel
    guard sequel != NumberedPool<Sequel>.none else { return }
    queries.release(&sequels[sequel].laterQueries)
    answers.release(&sequels[sequel].laterAnswers)
    sequels.remove(sequel)
  }

  /// What came to a transaction beside its first query and answer.
  @inline(__always)
  func sequel(of number: UInt32) -> Sequel {
    let sequel = transactions[number].sequel
    return sequel == NumberedPool<Sequel>.none ? Sequel(of: transactions[number]) : sequels[sequel]
  }

  /// When a transaction was active last.
  @inline(__always)
  func lastActivity(of number: UInt32) -> Timestamp {
    let sequel = transactions[number].sequel
    return sequel == NumberedPool<Sequel>.none
      ? transactions[number].firstQuery.time : sequels[sequel].lastActivity
  }

  /// The number of a transaction's sequel, which begins here if need be.
  mutating func makeSequel(of number: UInt32) -> UInt32 {
    let known = transactions[number].sequel
    if known != NumberedPool<Sequel>.none { return known }
    let new = sequels.add(Sequel(of: transactions[number]))
    transactions[number].sequel = new
    return new
  }
}
