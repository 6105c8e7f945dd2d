import Bytes

extension TransactionTable {
  /// Adds a response with data of its own to its transaction.
  mutating func add(_ response: Observation, as status: TransactionStatus, to number: UInt32) -> MatchOutcome
  {
    counters.responses += 1
    let before = sequel(of: number)
    let (query, index) = transactions[number].queryAnswered(at: response.time, before, queries, timing)
    let answer = AnswerNote(response, status, to: query, index: index)
    count(answer, of: number)
    ledger.close(response)
    if transactions[number].firstAnswer == nil {
      transactions[number].firstAnswer = answer
    } else if !transactions[number].isTransfer {
      keep(answer, in: number)
    }
    var outcome = MatchOutcome(answer, to: query, group: before.conflictGroup)
    if before.queryCount > 1 { outcome.traits.insert(.resent) }
    return outcome
  }

  /// Counts an answer where the first one does not tell all.
  @inline(__always)
  private mutating func count(_ answer: AnswerNote, of number: UInt32) {
    let isTransfer = transactions[number].isTransfer
    let isFirst = transactions[number].firstAnswer == nil
    if isFirst, !isTransfer, transactions[number].sequel == NumberedPool<Sequel>.none { return }
    sequels[makeSequel(of: number)].countAnswer(answer, isTransfer: isTransfer)
  }

  /// Adds a response that makes more differing answers than queries: all of them are told their group.
  mutating func addRival(_ response: Observation, to number: UInt32, _ resolve: (MatchOutcome) -> Void) {
    let sequel = makeSequel(of: number)
    if sequels[sequel].conflictGroup < 0 {
      sequels[sequel].conflictGroup = Int32(clamping: counters.conflicts)
      counters.conflicts += 1
      tellGroup(to: transactions[number], sequels[sequel], resolve)
    }
    resolve(add(response, as: .conflicting, to: number))
  }

  /// Tells the whole answers that have come the group of their conflict.
  private func tellGroup(
    to transaction: Transaction, _ sequel: Sequel, _ resolve: (MatchOutcome) -> Void
  ) {
    func tell(_ answer: AnswerNote) {
      let query = transaction.query(Int(answer.queryIndex), sequel, queries)
      resolve(MatchOutcome(answer, to: query, group: sequel.conflictGroup))
    }
    if let first = transaction.firstAnswer { tell(first) }
    answers.scan(sequel.laterAnswers) {
      tell($0)
      return false
    }
  }

  /// Remembers a further answer. One that cannot be kept is counted, and its repetitions will look like new data.
  private mutating func keep(_ answer: AnswerNote, in number: UInt32) {
    let sequel = makeSequel(of: number)
    let isKept =
      Int(sequels[sequel].laterAnswers.count) + 1 < limits.perKey
      && answers.push(answer, to: &sequels[sequel].laterAnswers)
    if !isKept { counters.unkept += 1 }
  }

  /// The outcome of a response that repeats an earlier one of the transaction.
  func outcome(
    _ response: Observation, repeating answer: AnswerNote, in number: UInt32, isMirrorCopy: Bool
  ) -> MatchOutcome {
    let query = transactions[number].query(Int(answer.queryIndex), sequel(of: number), queries)
    return MatchOutcome(response, repeating: answer, to: query, isMirrorCopy: isMirrorCopy)
  }

  /// The outcome of a response that no transaction knows. Where as many are remembered as may be for one key, its
  /// own may have been forgotten.
  mutating func outcomeWithoutQuery(
    _ response: Observation, _ key: ConversationKey, _ arrival: Timestamp
  ) -> MatchOutcome {
    counters.responses += 1
    var depth = 0, open: QueryNote?
    var next = transactions.newest(key)
    while let number = next {
      let sequel = sequel(of: number), query = transactions[number].newestQuery(sequel, queries)
      let isRemembered = timing.isRemembered(sequel.lastActivity, at: arrival)
      if open == nil, isRemembered, timing.isOpen(query.time, at: response.time) { open = query }
      depth += 1
      next = transactions.older(than: number)
    }
    var miss = ledger.nearMiss(response, timing)
    if seen.contains(response.flow.destination, as: .client) { miss.traits.insert(.clientAsks) }
    if depth < limits.perKey, let open {
      return MatchOutcome(
        recordIndex: response.recordIndex, status: .mismatched, queryFrame: open.frame, queryTime: open.time,
        traits: miss.traits.union([.portOpen, .idFits]))
    }
    let isEvidence = depth < limits.perKey && isAbsenceEvidence(for: response)
    return MatchOutcome(
      recordIndex: response.recordIndex, status: isEvidence ? .unsolicited : .unknown, traits: miss.traits)
  }

  /// Whether a query that is not here was not sent. It is so when all of these hold:
  /// - the capture has run for longer than a query is waited for,
  /// - it shows queries of that client, or to that server: a capture of one direction does not, nor one of a link
  ///   that queries do not take,
  /// - no transaction had to be forgotten before its time while this one would have been remembered.
  private func isAbsenceEvidence(for response: Observation) -> Bool {
    guard let start = clock.start, response.time.age(of: start) > timing.giveUp else { return false }
    if let lastEviction, timing.isRemembered(lastEviction, at: response.time) { return false }
    return seen.contains(response.flow.destination, as: .client)
      || seen.contains(response.flow.source, as: .server)
  }
}
