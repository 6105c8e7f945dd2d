import DNSWire

/// Judges single RRsets with the RRSIGs that they came with (RFC 4035 §5.3).
final class RRsetJudge {
  private let walker: ChainWalker, inside: InsideRule
  /// What judges RRsets by their RRSIGs, and each RRSIG for itself.
  private let signedJudge: SignedRRsetJudge, signatureJudge: SignatureJudge
  /// The words on RRsets with one RRSIG, which depend on nothing but it and the time.
  private var known = SignedWords()
  /// The words on RRsets with several.
  private var knownWithMore: [Signed: TimedResults<RRsetJudgement>] = [:]
  /// The judgements given so far, each once.
  private var given = KnownJudgements<RRsetJudgement>()

  /// An RRset with the RRSIGs that it came with.
  private struct Signed: Hashable {
    let rrset: RRsetID, signatures: SignatureIDs
  }

  /// A judge over a walker and the rule that shows where data must be signed.
  init(walker: ChainWalker, inside: InsideRule) {
    (self.walker, self.inside) = (walker, inside)
    (signedJudge, signatureJudge) = (SignedRRsetJudge(walker: walker), SignatureJudge(walker: walker))
  }

  /// The word on an RRset of a response; kept, where nothing else of the response matters.
  /// - Parameter isUnsignedByDesign: whether nobody signs its like, so that it is no fault.
  func judge(
    _ rrset: AnswerRRset, _ facts: ResponseFacts, isUnsignedByDesign: Bool, _ moment: inout Moment
  ) -> RRsetJudgement {
    guard let first = rrset.signatures.first else {
      return unsigned(rrset, facts, isUnsignedByDesign, &moment)
    }
    if rrset.signatures.count > 1 { return withMore(rrset, &moment) }
    let pair = SignaturePair(rrset: rrset.rrset.rawValue, signature: first.rawValue)
    if let judgement = known.value(of: pair, at: &moment) { return judgement }
    var own = Moment(moment.time)
    let judgement = newJudgement(rrset, &own)
    known.keep(judgement, of: pair, for: own)
    moment.narrow(to: own.span)
    return judgement
  }

  /// The word on an RRset with several RRSIGs.
  private func withMore(_ rrset: AnswerRRset, _ moment: inout Moment) -> RRsetJudgement {
    let key = Signed(rrset: rrset.rrset, signatures: rrset.signatures)
    if let judgement = knownWithMore[key]?.value(at: &moment) { return judgement }
    var own = Moment(moment.time)
    let judgement = newJudgement(rrset, &own)
    knownWithMore[key, default: TimedResults()].keep(judgement, for: own)
    moment.narrow(to: own.span)
    return judgement
  }

  /// Lets go of the words: no more RRsets come.
  func forget() { (known, knownWithMore, given) = (SignedWords(), [:], KnownJudgements()) }

  /// The word on an RRset without RRSIGs.
  private func unsigned(
    _ rrset: AnswerRRset, _ facts: ResponseFacts, _ isByDesign: Bool, _ moment: inout Moment
  ) -> RRsetJudgement {
    if let word = unjudged(rrset) {
      return isByDesign ? .unsignedByDesign : given.first(equalTo: RRsetJudgement(word, []))
    }
    let owner = walker.ownerID(of: rrset.rrset)
    let walk = walker.walk(to: rrset.type == .ds ? walker.parentOrSelf(owner) : owner, &moment)
    if let ended = walk.endedJudgement {
      let isInsecure = ended.verdict.security == .insecure
      if isByDesign { return isInsecure ? ended : .unsignedByDesign }
      return isInsecure || facts.dnssecOK == true ? ended : .notRequested
    }
    guard !isByDesign, case .secure(let zone) = walk.state else { return .unsignedByDesign }
    let word = unsignedWord(rrset, owner, zone, walk, facts, &moment)
    if word == .notRequested { return .notRequested }
    return given.first(equalTo: RRsetJudgement(word, []))
  }

  /// The word on an RRset without RRSIGs in a secure zone.
  private func unsignedWord(
    _ rrset: AnswerRRset, _ owner: NameID, _ zone: SecureZone, _ walk: Walk, _ facts: ResponseFacts,
    _ moment: inout Moment
  ) -> Verdict {
    guard facts.dnssecOK == true else { return .notRequested }
    guard facts.isComplete else { return .incomplete }
    let name = rrset.type == .ds ? walker.parentOrSelf(owner) : owner
    if let why = inside.shows(name, in: zone, walk, facts, &moment) {
      let what = "\(walker.typeText(rrset.rrset)) of \(walker.name(owner))"
      return Verdict(.bogus, ede: .rrsigsMissing, "\(what) has no RRSIG, and \(why)")
    }
    return inside.unknownWord(on: name, in: zone, walk, &moment)
  }

  /// The word on an RRset of which DNSSEC says nothing; nil for others.
  private func unjudged(_ rrset: AnswerRRset) -> Verdict? {
    guard walker.isInternet(rrset.rrset) else {
      return Verdict(.indeterminate, ede: .indeterminate, "DNSSEC is judged for class IN alone")
    }
    guard rrset.type != .rrsig else {
      return Verdict(
        .indeterminate, ede: .indeterminate, "an RRSIG without the RRset that it covers proves nothing")
    }
    return nil
  }

  /// Judges an RRset with RRSIGs.
  private func newJudgement(_ rrset: AnswerRRset, _ moment: inout Moment) -> RRsetJudgement {
    if let word = unjudged(rrset) {
      return given.first(equalTo: RRsetJudgement(word, signatureJudge.statuses(of: rrset, &moment)))
    }
    let owner = walker.ownerID(of: rrset.rrset), outcome = signedJudge.judge(rrset, owner, &moment)
    // Of a single RRSIG that the zone's key made and that is in period there is no more to say.
    if case .usual(let judgement) = outcome, rrset.signatures.count == 1 { return judgement }
    let word = SignedRRsetJudge.Word(outcome), statuses = signatureJudge.statuses(of: rrset, owner, &moment)
    let judgement = RRsetJudgement(
      word.verdict, statuses, zone: word.zone, wildcardLabels: word.wildcardLabels,
      weakLinks: word.weakLinks, skippedInPeriod: signatureJudge.skippedInPeriod(rrset, statuses, &moment))
    return given.first(equalTo: judgement)
  }
}
