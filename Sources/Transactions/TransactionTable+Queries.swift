import Bytes

extension TransactionTable {
  /// Opens a transaction with a query, or adds it to the one that it repeats.
  mutating func receiveQuery(
    _ query: Observation, _ key: ConversationKey, at now: Timestamp,
    _ resolve: (MatchOutcome) -> Void
  ) {
    var depth = 0, oldest: UInt32?, repeated: UInt32?
    var next = transactions.newest(key)
    while let number = next {
      let sequel = sequel(of: number)
      if transactions[number].holdsCopy(of: query, sequel, queries, timing) {
        counters.mirroredQueries += 1
        return
      }
      if repeated == nil,
        transactions[number].isResent(by: query, at: now, after: sequel.lastActivity, timing)
      {
        repeated = number
      }
      (depth, oldest) = (depth + 1, number)
      next = transactions.older(than: number)
    }
    counters.queries += 1
    seen.insert(query.flow.source, as: .client)
    seen.insert(query.flow.destination, as: .server)
    if repeated == nil { note(query) }
    if let repeated {
      addResend(query, to: repeated)
    } else {
      if depth >= limits.perKey, let oldest { evict(oldest) }
      if transactions.count >= limits.transactions { evictOldest() }
      transactions.append(Transaction(query), key, at: now)
    }
    if waiting.count > 0 { serveWaiting(from: waiting.newest(key), resolve) }
  }

  /// Adds a query to the open transaction that it repeats: one more answer may differ.
  private mutating func addResend(_ query: Observation, to number: UInt32) {
    counters.resends += 1
    let sequel = makeSequel(of: number)
    sequels[sequel].countResend(at: query.time)
    let isKept =
      Int(sequels[sequel].laterQueries.count) + 1 < limits.perKey
      && queries.push(QueryNote(query), to: &sequels[sequel].laterQueries)
    if !isKept { counters.unkept += 1 }
  }

  /// Gives the waiting responses of a key, oldest first, to the query that has come. They are few: `perKey`.
  private mutating func serveWaiting(from number: UInt32?, _ resolve: (MatchOutcome) -> Void) {
    guard let number else { return }
    serveWaiting(from: waiting.older(than: number), resolve)
    if settleWaiting(number, isFinal: false, resolve) { waiting.unlink(number) }
  }
}
