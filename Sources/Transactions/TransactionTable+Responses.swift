import Bytes

extension TransactionTable {
  /// Settles a response, or lets it wait for a query that may be captured after it.
  mutating func receiveResponse(
    _ response: Observation, _ key: ConversationKey, at now: Timestamp,
    _ resolve: (MatchOutcome) -> Void
  ) {
    countLoad(key)
    if settle(response, key, at: now, isFinal: false, resolve) { return }
    var depth = 0, oldest: UInt32?
    var next = waiting.newest(key)
    while let number = next {
      if isCopy(response, of: waiting[number]) {
        counters.mirroredResponses += 1
        resolve(
          MatchOutcome(
            recordIndex: response.recordIndex, status: .duplicate, isMirrorCopy: true,
            duplicateOf: waiting[number].recordIndex))
        return
      }
      (depth, oldest) = (depth + 1, number)
      next = waiting.older(than: number)
    }
    if depth >= limits.perKey, let oldest {
      counters.hurried += 1
      settleWaiting(oldest, isFinal: true, resolve)
      waiting.unlink(oldest)
    }
    if waiting.count >= limits.waiting {
      if let oldest = waiting.oldest, oldest.isLinked { counters.hurried += 1 }
      settleOldestWaiting(resolve)
    }
    waiting.append(response, key, at: now)
  }

  /// Counts a response towards the newest transaction with its key.
  @inline(__always)
  private mutating func countLoad(_ key: ConversationKey) {
    guard let number = transactions.newest(key), !transactions[number].isTransfer else { return }
    guard transactions[number].load < limits.responsesPerKey else { return }
    transactions[number].load &+= 1
    if transactions[number].load == limits.responsesPerKey { isOverloaded = true }
  }

  /// Ends the wait of the response that has waited longest.
  mutating func settleOldestWaiting(_ resolve: (MatchOutcome) -> Void) {
    if let oldest = waiting.oldest, oldest.isLinked { settleWaiting(oldest.number, isFinal: true, resolve) }
    waiting.removeOldest()
  }

  /// Settles a response that has waited, if it can be settled.
  @discardableResult
  mutating func settleWaiting(
    _ number: UInt32, isFinal: Bool, _ resolve: (MatchOutcome) -> Void
  ) -> Bool {
    let response = waiting[number], arrival = waiting.since(number), key = ConversationKey(response, hashKey)
    return settle(response, key, at: arrival, isFinal: isFinal, resolve)
  }

  /// Whether a response is another copy of the packet of one that waits.
  private func isCopy(_ response: Observation, of first: Observation) -> Bool {
    first.fingerprint == response.fingerprint && first.contentID == response.contentID
      && timing.areOneMoment(first.time, response)
  }

  /// Says what a response is, if it answers an open query or repeats a response, or if `isFinal`.
  /// - Returns: whether its outcome is settled.
  private mutating func settle(
    _ response: Observation, _ key: ConversationKey, at arrival: Timestamp, isFinal: Bool,
    _ resolve: (MatchOutcome) -> Void
  ) -> Bool {
    let (fit, best) = bestFit(response, key, arrival)
    guard let best else {
      if isFinal { resolve(outcomeWithoutQuery(response, key, arrival)) }
      return isFinal
    }
    switch fit {
    case .copy(let answer):
      counters.mirroredResponses += 1
      resolve(outcome(response, repeating: answer, in: best, isMirrorCopy: true))
      return true
    case .duplicate(let answer):
      counters.responses += 1
      resolve(outcome(response, repeating: answer, in: best, isMirrorCopy: false))
      return true
    case .answer:
      resolve(add(response, as: .answered, to: best))
      return true
    case .late, .afterwards:
      if isFinal { resolve(add(response, as: .late, to: best)) }
    case .rival:
      if isFinal { addRival(response, to: best, resolve) }
    case .none:
      break
    }
    return isFinal
  }

  /// The transaction to which a response fits best; of equals the one that asked last.
  @inline(__always)
  private func bestFit(
    _ response: Observation, _ key: ConversationKey, _ arrival: Timestamp
  ) -> (Fit, UInt32?) {
    var fit = Fit.none, best: UInt32?
    var next = transactions.newest(key)
    while let number = next {
      let other = transactions[number].fit(response, at: arrival, sequel(of: number), answers, timing)
      if other.rank > fit.rank || (other.rank == fit.rank && asksLater(number, than: best)) {
        (fit, best) = (other, number)
      }
      next = transactions.older(than: number)
    }
    return (fit, best)
  }

  /// Whether a transaction asked later than one that is younger in the ring, because it was put there anew.
  private func asksLater(_ number: UInt32, than younger: UInt32?) -> Bool {
    guard let younger else { return false }
    return lastActivity(of: number) > lastActivity(of: younger)
  }
}
