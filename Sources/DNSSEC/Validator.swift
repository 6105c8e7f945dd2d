import Crypto
import DNSWire

/// Evidence in, verdicts out: collects what the messages of a capture show, verifies signatures once, and judges each
/// response at any time. It never fetches, waits or reads a clock.
package final class Validator {
  private let anchors: [TrustAnchor], limits: ValidationLimits
  private var book = SignatureBook(), keys = KeyStore(), evidence = ChainEvidence()
  private var judge: ResponseJudge?
  private var verdicts: [JudgementKey: TimedResults<ResponseJudgement>] = [:]

  /// The facts besides time that a judgement depends on.
  private struct JudgementKey: Hashable {
    let answer: AnswerID, question: CanonicalQuestion?
    let flags: UInt16, rcode: UInt16, dnssecOK: Bool?, isComplete: Bool, isIntact: Bool
    let server: UInt32
  }

  /// A validator with its anchors.
  package init(anchors: [TrustAnchor], limits: ValidationLimits = ValidationLimits()) {
    (self.anchors, self.limits) = (anchors, limits)
  }

  /// Cryptographic operations done.
  package var verificationCount: Int { book.verificationCount }
  /// RRSIGs that a work limit left untried.
  package var skippedSignatures: Int { book.skippedCount }
  /// Chain material beyond the limit of one owner.
  package var evidenceLeftOut: Int { evidence.leftOut }

  /// Takes a distinct answer, on first sight.
  package func learn(_ answer: Answer, store: RRsetStore) {
    evidence.learn(answer, book: &book, store: store)
    for rrset in answer.rrsets where rrset.type == .dnskey {
      let owner = store.owner(of: rrset.rrset)
      var taken = 0
      store.forEachRData(of: rrset.rrset) { rdata in
        guard taken < limits.recordsPerKeySet, let data = try? DNSKEYData(rdata) else { return }
        taken += 1
        _ = keys.intern(data, owner: owner)
      }
    }
  }

  /// Takes a response as evidence about chains of trust, at its time.
  package func note(_ facts: ResponseFacts, _ answer: Answer, frame: Int, store: RRsetStore) {
    guard facts.isIntact else { return }
    evidence.note(facts, answer, frame: frame, store: store)
  }

  /// Verifies what was not verified yet, on `workers` cores; judgements follow this.
  package func verify(_ answers: [Answer], store: RRsetStore, workers: Int) {
    book.verify(answers, store: store, keys: keys, limits: limits, workers: workers)
    let walker = ChainWalker(
      store: store, book: book, keys: keys, evidence: evidence, anchors: anchors, limits: limits)
    judge = ResponseJudge(walker: walker, answers: answers)
    verdicts.removeAll(keepingCapacity: true)
  }

  /// The word on a response; kept, and given again to equal responses within the time that it holds for.
  package func judge(_ facts: ResponseFacts, answer id: AnswerID, _ answer: Answer) -> ResponseJudgement? {
    guard let judge else { return nil }
    let key = JudgementKey(
      answer: id, question: facts.question, flags: facts.flags.rawValue, rcode: facts.rcode.rawValue,
      dnssecOK: facts.dnssecOK, isComplete: facts.isComplete, isIntact: facts.isIntact, server: facts.server)
    var moment = Moment(facts.time)
    if let known = verdicts[key]?.value(at: &moment) { return known }
    let judgement = judge.judge(facts, answer, &moment)
    verdicts[key, default: TimedResults()].keep(judgement, for: moment)
    return judgement
  }
}
