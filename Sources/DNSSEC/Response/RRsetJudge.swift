import DNSWire

/// Judges single RRsets with the RRSIGs that they came with (RFC 4035 §5.3).
final class RRsetJudge {
  let walker: ChainWalker
  let inside: InsideRule
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
  init(walker: ChainWalker, inside: InsideRule) { (self.walker, self.inside) = (walker, inside) }

  /// The word on an RRset of a response; kept, where nothing else of the response matters.
  /// - Parameter isUnsignedByDesign: whether nobody signs its like, so that it is no fault.
  func judge(
    _ rrset: AnswerRRset, _ facts: ResponseFacts, isUnsignedByDesign: Bool, _ moment: inout Moment
  ) -> RRsetJudgement {
    guard let first = rrset.signatures.first else {
      return unsigned(rrset, facts, isUnsignedByDesign, &moment)
    }
    if rrset.signatures.count > 1 { return withMore(rrset, facts, &moment) }
    let pair = SignaturePair(rrset: rrset.rrset.rawValue, signature: first.rawValue)
    if let judgement = known.value(of: pair, at: &moment) { return judgement }
    var own = Moment(moment.time)
    let judgement = newJudgement(rrset, facts, &own)
    known.keep(judgement, of: pair, for: own)
    moment.narrow(to: own.span)
    return judgement
  }

  /// The word on an RRset with several RRSIGs.
  private func withMore(_ rrset: AnswerRRset, _ facts: ResponseFacts, _ moment: inout Moment)
    -> RRsetJudgement
  {
    let key = Signed(rrset: rrset.rrset, signatures: rrset.signatures)
    if let judgement = knownWithMore[key]?.value(at: &moment) { return judgement }
    var own = Moment(moment.time)
    let judgement = newJudgement(rrset, facts, &own)
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
  private func newJudgement(_ rrset: AnswerRRset, _ facts: ResponseFacts, _ moment: inout Moment)
    -> RRsetJudgement
  {
    if let word = unjudged(rrset) {
      return given.first(equalTo: RRsetJudgement(word, statuses(of: rrset, &moment)))
    }
    let owner = walker.ownerID(of: rrset.rrset), outcome = judge(rrset, owner, &moment)
    // Of a single RRSIG that the zone's key made and that is in period there is no more to say.
    if case .usual(let judgement) = outcome, rrset.signatures.count == 1 { return judgement }
    let word = Word(outcome), own = withoutForeignSigners(statuses(of: rrset, &moment), rrset, owner, &moment)
    let judgement = RRsetJudgement(
      word.verdict, own, zone: word.zone, wildcardLabels: word.wildcardLabels,
      weakLinks: word.weakLinks, skippedInPeriod: skippedInPeriod(rrset, own, &moment))
    return given.first(equalTo: judgement)
  }

  /// The statuses of an RRset's RRSIGs.
  private func statuses(of rrset: AnswerRRset, _ moment: inout Moment) -> [SignatureStatus] {
    rrset.signatures.map { status(of: $0, over: rrset.rrset, &moment) }
  }

  /// RRSIGs that a work limit left untried although they are in period: others are no tries of a validator.
  private func skippedInPeriod(_ rrset: AnswerRRset, _ statuses: [SignatureStatus], _ moment: inout Moment)
    -> Int
  {
    guard statuses.contains(.skippedLimit) else { return 0 }
    var count = 0
    for (id, status) in zip(rrset.signatures, statuses) where status == .skippedLimit {
      if let data = walker.book.fields(of: id), moment.compare(data) == .within { count += 1 }
    }
    return count
  }

  /// Marks the RRSIGs of zones above a secure cut, which may not sign below it; the parent's NSEC at the cut is no
  /// such data (RFC 4035 §2.3).
  private func withoutForeignSigners(
    _ statuses: [SignatureStatus], _ rrset: AnswerRRset, _ owner: NameID, _ moment: inout Moment
  ) -> [SignatureStatus] {
    guard rrset.type != .nsec else { return statuses }
    let base = rrset.type == .ds ? walker.parentOrSelf(owner) : owner
    guard case .secure(let zone) = walker.walk(to: base, &moment).state else { return statuses }
    let isOwn = rrset.signatures.allSatisfy {
      walker.book.fields(of: $0).map { $0.signer == zone.name } ?? true
    }
    if isOwn { return statuses }
    return zip(rrset.signatures, statuses).map { id, status in
      guard let signer = walker.book.fields(of: id)?.signer, signer != zone.name else { return status }
      return zone.name.isSubdomain(of: signer) ? .wrongSigner : status
    }
  }

  /// The status of an RRSIG: cryptography first, then time.
  private func status(of id: SignatureID, over rrset: RRsetID, _ moment: inout Moment) -> SignatureStatus {
    switch walker.book.result(rrset, id) {
    case .verified:
      guard let data = walker.book.fields(of: id) else { return .malformed }
      switch moment.compare(data) {
      case .within: return .verified
      case .after: return .expired
      case .before: return .notYetValid
      }
    case .failed: return .failed
    case .noKey: return .noKey
    case .keyNotSeen: return .keyNotSeen
    case .unsupportedAlgorithm: return .unsupportedAlgorithm
    case .malformed: return .malformed
    case .wrongSigner: return .wrongSigner
    case .skippedLimit: return .skippedLimit
    }
  }

  /// A verdict, and what goes with it where a zone vouches for the RRset.
  private struct Word {
    let verdict: Verdict
    let zone: Name?, wildcardLabels: UInt8?, weakLinks: [WeakLink]

    /// A word of its own.
    init(verdict: Verdict, zone: Name? = nil, wildcardLabels: UInt8? = nil, weakLinks: [WeakLink] = []) {
      (self.verdict, self.zone) = (verdict, zone)
      (self.wildcardLabels, self.weakLinks) = (wildcardLabels, weakLinks)
    }

    /// What an outcome says.
    init(_ outcome: Outcome) {
      switch outcome {
      case .word(let word): self = word
      case .usual(let judgement):
        self.init(
          verdict: judgement.verdict, zone: judgement.zone, wildcardLabels: judgement.wildcardLabels,
          weakLinks: judgement.weakLinks)
      }
    }
  }

  /// What comes of a look at an RRset.
  private enum Outcome {
    /// A word of its own.
    case word(Word)
    /// The zone's judgement of what one verified RRSIG covers, which is that of thousands.
    case usual(RRsetJudgement)
  }

  /// Follows the chain to the RRset's zone and looks at its RRSIGs there.
  private func judge(_ rrset: AnswerRRset, _ owner: NameID, _ moment: inout Moment) -> Outcome {
    // The parent has the DS, and nothing else at a cut but the NSEC that says so (RFC 4035 §2.4, §2.3).
    let base = rrset.type == .ds ? walker.parentOrSelf(owner) : owner
    let walk = walker.walk(to: base, &moment)
    switch walk.state {
    case .ended(let verdict, _):
      if rrset.type == .nsec, let above = parentWord(rrset, owner, &moment) { return above }
      return .word(Word(verdict: verdict))
    case .secure(let zone):
      if rrset.type == .dnskey, zone.id == owner {
        return .word(keySetWord(rrset, zone, &moment))
      }
      return signedWord(rrset, owner, zone, walk, &moment)
    }
  }

  /// The word on a signed RRset in a secure zone.
  private func signedWord(
    _ rrset: AnswerRRset, _ owner: NameID, _ zone: SecureZone, _ walk: Walk, _ moment: inout Moment
  ) -> Outcome {
    let validation = walker.validation(of: rrset.rrset, rrset.signatures, in: zone, &moment)
    if let word = validatedWord(validation, rrset, zone) { return word }
    if rrset.type == .nsec, zone.id == owner, let above = parentWord(rrset, owner, &moment) { return above }
    if let cut = openCut(rrset, walk) { return .word(Word(verdict: cut.verdict)) }
    guard case .invalid(let failure?) = validation else {
      return .word(Word(verdict: wrongSigner(rrset, zone)))
    }
    return .word(Word(verdict: walker.verdict(on: failure, in: zone)))
  }

  /// The word on an RRset that an RRSIG of a zone validates: secure, unless the policy takes all that do for insecure.
  private func validatedWord(
    _ validation: ChainWalker.Validation, _ rrset: AnswerRRset, _ zone: SecureZone
  ) -> Outcome? {
    guard case .valid(let labels, let links) = validation else { return nil }
    if labels == nil, links.isEmpty { return .usual(zone.words.judgement) }
    let policy = walker.keys.policy
    if policy.allows(links) {
      return .word(
        Word(
          verdict: zone.words.verified, zone: zone.name, wildcardLabels: labels,
          weakLinks: zone.weakLinks + links))
    }
    let what = "\(walker.typeText(rrset.rrset)) of \(walker.store.owner(of: rrset.rrset))"
    return .word(Word(verdict: policy.verdict(on: links, what), zone: zone.name, wildcardLabels: labels))
  }

  /// The NSEC of a cut is the parent's: the word that the zone above the owner gives it, when that one signed it.
  private func parentWord(_ rrset: AnswerRRset, _ owner: NameID, _ moment: inout Moment) -> Outcome? {
    guard let parent = walker.names.parent(of: owner) else { return nil }
    guard case .secure(let zone) = walker.walk(to: parent, &moment).state else { return nil }
    return validatedWord(
      walker.validation(of: rrset.rrset, rrset.signatures, in: zone, &moment), rrset, zone)
  }

  /// The open cut that a signer of the RRset is at or below.
  private func openCut(_ rrset: AnswerRRset, _ walk: Walk) -> OpenCut? {
    walk.openCuts.first { cut in
      rrset.signatures.contains { walker.book.fields(of: $0)?.signer.isSubdomain(of: cut.name) ?? false }
    }
  }

  /// The word where only zones that may not sign for the owner have signed.
  private func wrongSigner(_ rrset: AnswerRRset, _ zone: SecureZone) -> Verdict {
    let signers = rrset.signatures.compactMap { walker.book.fields(of: $0)?.signer }
    let names = Set(signers).sorted().map(\.description).joined(separator: ", ")
    return Verdict(
      .bogus, ede: .bogus,
      "the RRset lies in zone \(zone.name) and is signed by \(names.isEmpty ? "nobody" : names)")
  }

  /// The word on the DNSKEY RRset of a secure zone, by the RRSIGs that it carries itself.
  private func keySetWord(_ rrset: AnswerRRset, _ zone: SecureZone, _ moment: inout Moment) -> Word {
    switch walker.vouching(
      for: rrset.rrset, rrset.signatures, zone: zone.name, vouchers: zone.vouchers, &moment)
    {
    case .valid(let links):
      let policy = walker.keys.policy
      let word =
        policy.allows(links)
        ? Verdict(.secure, "\(zone.vouchers.text) vouches for the DNSKEY RRset of \(zone.name)")
        : policy.verdict(on: links, "the DNSKEY RRset of \(zone.name)")
      return Word(verdict: word, zone: zone.name, weakLinks: zone.weakLinks)
    case .invalid(let failure): return Word(verdict: keySetFault(failure, zone), zone: zone.name)
    }
  }

  /// The word on a DNSKEY RRset that nothing vouches for, in a zone with another one.
  private func keySetFault(_ failure: SignatureFailure, _ zone: SecureZone) -> Verdict {
    // A set that is here without the key that vouchers name is no proof that they name it still.
    guard failure.code == .dnskeyMissing, !zone.vouchers.isCurrent else {
      return Verdict(.bogus, ede: failure.code, failure.reason)
    }
    return Verdict(
      .indeterminate, ede: .indeterminate,
      "\(failure.reason); the DS was only seen at another time; ask: \(zone.name) DS +dnssec")
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
}

extension RRsetJudgement {
  /// Data that came without signatures because nobody asked for them.
  static let notRequested = RRsetJudgement(.notRequested, [])
}

extension Verdict {
  /// Data that came without signatures because nobody asked for them.
  static let notRequested = Verdict(.indeterminate, "signatures were not requested")
  /// A message of which a part is missing.
  static let incomplete = Verdict(
    .indeterminate, ede: .indeterminate,
    "the message is truncated or cut, so that what is missing may stand in the rest")

  /// Neither DS nor denial was seen at a name that may be a zone cut.
  static func missingDS(_ name: Name, below zone: Name) -> Verdict {
    Verdict(
      .indeterminate, ede: .indeterminate,
      "neither DS of \(name) nor its denial was seen; ask: \(name) DS +dnssec; the chain reaches \(zone)")
  }
}
