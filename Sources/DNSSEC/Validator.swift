import Crypto
import DNSWire

/// Evidence in, verdicts out: collects what the messages of a capture show, verifies signatures once, and judges each
/// response at any time. It never fetches, waits or reads a clock.
package final class Validator {
  private let configured: [TrustPoint], limits: ValidationLimits, method: VerificationMethod
  private var book: SignatureBook, keys: KeyStore, evidence = ChainEvidence()
  private var judge: ResponseJudge?, orderingCount = 0
  private var crowded: CrowdedAnswers, early: EarlyVerification?
  /// Signatures that need not be verified again, with those that were found valid here; nil when each run stands for itself.
  package private(set) var memory: SignatureMemory?

  /// A validator with its trust points, which it follows (RFC 5011) through what it is shown.
  /// - Parameters:
  ///   - signatures: what an earlier one with this policy found out about the same store, which has only grown since.
  ///   - method: how signatures are verified, which changes nothing in what is said of them.
  ///   - early: what was verified while the answers came, with the same limits, policy, memory and stores.
  ///   - memory: what earlier runs found valid.
  package init(
    trustPoints: [TrustPoint], limits: ValidationLimits = ValidationLimits(),
    policy: ValidationPolicy = ValidationPolicy(), signatures: VerifiedSignatures? = nil,
    method: VerificationMethod = .fast, early: EarlyVerification? = nil, memory: SignatureMemory? = nil
  ) {
    self.memory = memory
    (configured, self.limits, self.method, self.early) = (trustPoints, limits, method, early)
    let read = early?.handOver()
    book = signatures?.book ?? SignatureBook(fields: read?.fields ?? SignatureFields())
    keys = signatures?.keys ?? read?.keys ?? KeyStore(policy: policy)
    crowded = CrowdedAnswers(limit: limits.signaturesPerRRset)
  }

  /// What was found out about signatures, for a validator that comes after this one.
  package var signatures: VerifiedSignatures { VerifiedSignatures(book: book, keys: keys) }

  /// The weak classes of an RRSIG that verifies over an RRset, and of the key that made it.
  package func weakClasses(of signature: SignatureID, over rrset: RRsetID) -> WeakClasses {
    guard case .verified(let key) = book.result(rrset, signature) else { return [] }
    return keys[key].classes
  }

  /// Cryptographic operations done.
  package var verificationCount: Int { book.verificationCount + orderingCount }
  /// Names hashed for NSEC3.
  package var hashCount: Int { judge?.walker.hashCount ?? 0 }
  /// RRSIGs that a work limit left untried, wholly or with some of the keys.
  package var skippedSignatures: Int { book.skippedCount }
  /// Chain material beyond the limit of one owner.
  package var evidenceLeftOut: Int { evidence.leftOut }

  /// Takes a distinct answer, on first sight. Its keys are tried on signatures in any case; it tells about chains of
  /// trust only when a host would have taken a packet with it.
  package func learn(_ answer: Answer, isEvidence: Bool, store: RRsetStore) {
    if isEvidence { evidence.cuts.learn(answer, book: &book, store: store) }
    keys.learn(answer, limits, store)
  }

  /// Takes a response as evidence about chains of trust, at its time.
  /// - Returns: what equal responses at other times tell: they hold links of a chain, or more RRSIGs than are tried.
  @discardableResult
  package func note(_ facts: ResponseFacts, _ answer: Answer, frame: Int, store: RRsetStore) -> Recurrence {
    let isCrowded = crowded.note(answer, at: facts.time, &book, store), before = evidence.leftOut
    let isLink = facts.isIntact && evidence.note(facts, answer, frame: frame, store: store)
    if isCrowded || evidence.leftOut != before { return .matters }
    return isLink ? .isSeen(evidence.noted) : .tellsNothing
  }

  /// What it means that an equal response comes at another time.
  package enum Recurrence {
    /// Nothing.
    case tellsNothing
    /// These were seen then too, and nothing else follows.
    case isSeen([Sightings])
    /// It has to be noted like the first.
    case matters
  }

  /// Verifies what was not verified yet, on `workers` cores; judgements follow this.
  package func verify(_ answers: [Answer], store: RRsetStore, workers: Int) {
    preferChainedKeys(answers, store)
    let jobs =
      early?.jobs
      ?? VerificationJobs(
        VerificationPool(workers: workers, method: method),
        recall: memory.map { SignatureRecall($0, method: method) })
    book.verify(answers, crowded: crowded, store: store, keys: keys, limits: limits, jobs: jobs)
    (early, memory) = (nil, jobs.memory)
    judge = makeJudge(answers, store: store)
  }

  /// Sees to it that forged keys with the tag of a true one do not keep it from being tried.
  private func preferChainedKeys(_ answers: [Answer], _ store: RRsetStore) {
    let crowded = keys.crowdedZones(beyond: limits.keysPerSignature)
    guard !crowded.isEmpty else { return }
    let chained = ChainedKeys(
      answers, store: store, keys: keys, limits: limits, anchors: configured.flatMap(\.anchors))
    for zone in crowded { keys.prefer(chained.keys(of: zone)) }
    orderingCount += chained.verificationCount
  }

  /// The word on a response, and the span of time (seconds, both ends inclusive) in which equal responses of that
  /// server get the same.
  package func judge(_ facts: ResponseFacts, _ answer: Answer) -> (
    ResponseJudgement, span: ClosedRange<Int64>
  ) {
    var moment = Moment(facts.time)
    let judgement = (judge ?? makeJudge([], store: RRsetStore())).judge(facts, answer, &moment)
    return (judgement, moment.span)
  }

  /// Lets go of all that is only needed to judge more responses.
  package func endJudging() { judge?.forget() }

  /// A judge over what is known.
  private func makeJudge(_ answers: [Answer], store: RRsetStore) -> ResponseJudge {
    let walker = ChainWalker(
      store: store, book: book, keys: keys, evidence: evidence, trustPoints: configured, limits: limits)
    walker.followTrustPoints()
    return ResponseJudge(walker: walker, answers: answers)
  }

  /// The trust points as far as they were followed.
  package var trustPoints: [TrustPoint] { judge?.walker.trustPoints ?? configured }

  /// The chain of trust of every zone that was seen, from a first to a last second.
  package func zones(from first: Int64, to last: Int64, store: RRsetStore) -> [ZoneReport] {
    (judge ?? makeJudge([], store: store)).walker.zoneReports(from: first, to: last)
  }
}

/// The truth about the signatures of a store, whatever the time and the chain of trust: what need not be done twice.
package struct VerifiedSignatures: Sendable {
  fileprivate let book: SignatureBook, keys: KeyStore

  /// What a validator knows.
  fileprivate init(book: SignatureBook, keys: KeyStore) { (self.book, self.keys) = (book, keys) }
}
