import DNSWire

/// Judges whole responses: each RRset by itself, then what the response says as the worst of what counts.
final class ResponseJudge {
  let walker: ChainWalker
  private let rrsetJudge: RRsetJudge, denialJudge: DenialJudge

  /// A judge over everything that was seen.
  init(walker: ChainWalker, answers: [Answer]) {
    self.walker = walker
    let inside = InsideRule(walker: walker, answers: answers)
    rrsetJudge = RRsetJudge(walker: walker, inside: inside)
    denialJudge = DenialJudge(walker: walker, inside: inside)
  }

  /// The word on a response (RFC 4035 §5), for the time in its facts.
  func judge(_ facts: ResponseFacts, _ answer: Answer, _ moment: inout Moment) -> ResponseJudgement {
    let judgements = answer.rrsets.map {
      softened(byDesign($0, facts, rrsetJudge.judge($0, facts, &moment)), facts)
    }
    let message = DenialJudge.Message(facts: facts, answer: answer, judgements: judgements)
    let kind = ResponseKind.of(facts, answer, walker: walker)
    let zone = zoneName(facts, &moment)
    var verdict = word(kind, message, &moment)
    verdict = softened(verdict, facts)
    return ResponseJudgement(
      verdict: verdict, rrsets: judgements, zone: zone, unsigned: unsignedKind(verdict, facts, answer))
  }

  /// The worst of what counts for a kind of response.
  private func word(_ kind: ResponseKind, _ message: DenialJudge.Message, _ moment: inout Moment) -> Verdict {
    switch kind {
    case .unjudged(let why):
      let isError = why.hasPrefix("the response code")
      return isError ? Verdict(.indeterminate, why) : Verdict(.indeterminate, ede: .indeterminate, why)
    case .positive(let closing): return positive(closing, message, &moment)
    case .negative(let denied):
      if !message.facts.isComplete { return incompleteWord(message.facts, &moment) }
      return denialJudge.judge(denied, message, &moment)
    case .referral(let cut): return referral(cut, message, &moment)
    case .lame:
      return Verdict(
        .indeterminate, ede: .indeterminate, "an upward or sideways referral: the server is lame for the name"
      )
    }
  }

  /// The word on an answer: every RRset of the answer section, the denial beside each expanded wildcard, and the denial
  /// at the end of the chain.
  private func positive(_ closing: Denied?, _ message: DenialJudge.Message, _ moment: inout Moment) -> Verdict
  {
    let parts = message.answer.rrsets
    var words: [Verdict] = []
    let aliases = message.facts.question.map {
      AliasChain(message.answer, from: $0.name, store: walker.store, hops: walker.limits.aliasHops)
    }
    for (position, rrset) in parts.enumerated() where rrset.section == .answer && rrset.type != .rrsig {
      let judgement = message.judgements[position]
      if let pair = aliases?.synthesized.first(where: { $0.cname == position }), rrset.signatures.isEmpty {
        words.append(message.judgements[pair.dname].verdict)
        continue
      }
      if aliases?.contradicting.contains(position) ?? false,
        message.judgements.contains(where: { $0.zone != nil })
      {
        words.append(Verdict(.bogus, ede: .bogus, "the CNAME is not what the DNAME above it yields"))
        continue
      }
      words.append(judgement.verdict)
      if let labels = judgement.wildcardLabels {
        words.append(expansion(of: rrset, labels, message, &moment))
      }
    }
    if let closing, message.facts.isComplete { words.append(denialJudge.judge(closing, message, &moment)) }
    return worst(words) ?? Verdict(.indeterminate, ede: .indeterminate, "the answer holds RRSIGs alone")
  }

  /// The word on the denial that an expanded wildcard needs; a DNAME must not be expanded (RFC 6672 §3.3).
  private func expansion(
    of rrset: AnswerRRset, _ labels: UInt8, _ message: DenialJudge.Message, _ moment: inout Moment
  ) -> Verdict {
    if rrset.type == .dname { return Verdict(.bogus, ede: .bogus, "a DNAME was expanded from a wildcard") }
    let owner = walker.store.owner(of: rrset.rrset)
    return denialJudge.judgeExpansion(of: owner, labels: labels, message, &moment)
  }

  /// The word on a referral: that of the DS RRset, or of its denial.
  private func referral(_ cut: Name, _ message: DenialJudge.Message, _ moment: inout Moment) -> Verdict {
    for (rrset, judgement) in zip(message.answer.rrsets, message.judgements)
    where rrset.section == .authority && rrset.type == .ds && walker.store.owner(of: rrset.rrset) == cut {
      return judgement.verdict
    }
    if !message.facts.isComplete { return incompleteWord(message.facts, &moment) }
    let walk = walker.walk(to: cut.parent ?? cut, &moment)
    guard case .secure(let zone) = walk.state else {
      if let ended = walk.ended, ended.security == .insecure { return ended }
      return message.facts.dnssecOK == true || !message.denials.isEmpty
        ? walk.ended ?? .incomplete : .notRequested
    }
    return denialOfDS(cut, zone, message, &moment)
  }

  /// The word on a referral without DS from a secure zone.
  private func denialOfDS(
    _ cut: Name, _ zone: SecureZone, _ message: DenialJudge.Message, _ moment: inout Moment
  ) -> Verdict {
    let denials = message.denials
    guard !denials.isEmpty else {
      return message.facts.dnssecOK == true ? .missingDS(cut) : .notRequested
    }
    let sets = denials.map {
      ChainEvidence.DenialSet(rrset: $0.rrset.rrset, type: $0.rrset.type, signatures: $0.rrset.signatures)
    }
    let (proven, fault) = walker.proven(sets, in: zone, &moment)
    switch walker.prover.proveNoDS(cut: cut, evidence: proven) {
    case .insecureDelegation, .optOut:
      return Verdict(.insecure, "\(zone.name) proves that \(cut) has no DS")
    case .iterations(let count):
      return Verdict(
        .insecure, ede: .unsupportedNSEC3Iterations,
        "the NSEC3 records of \(zone.name) use \(count) iterations")
    case .notACut(let why):
      return Verdict(
        .bogus, ede: .bogus, "the referral to \(cut) contradicts the proof beside it: \(why.sentence)")
    case .hasDS:
      return Verdict(
        .bogus, ede: .nsecMissing,
        "the proof beside the referral says that \(cut) has a DS, and the DS is missing")
    case .childSide:
      return Verdict(.indeterminate, ede: .indeterminate, "the denial beside the referral is the child's own")
    case .notProven(let missing):
      if let fault { return Verdict(.bogus, ede: fault.code, fault.reason) }
      return Verdict(.bogus, ede: .nsecMissing, missing)
    }
  }

  /// A message of which a part is missing is insecure when its zone is, else indeterminate; never bogus.
  private func incompleteWord(_ facts: ResponseFacts, _ moment: inout Moment) -> Verdict {
    guard let question = facts.question else { return .incomplete }
    let ended = walker.walk(to: question.name, &moment).ended
    return ended?.security == .insecure ? ended ?? .incomplete : .incomplete
  }

  /// What would be bogus is indeterminate where a host would not have taken the packet, or a part of it is missing;
  /// nor is a response secure of which nobody knows the rest.
  private func softened(_ verdict: Verdict, _ facts: ResponseFacts) -> Verdict {
    if verdict.security == .secure, !facts.isComplete { return .incomplete }
    if !facts.isIntact, verdict.security > .insecure {
      return Verdict(
        .indeterminate, ede: .indeterminate,
        "the UDP checksum is wrong: a host would have dropped the packet, and it is no evidence; otherwise: \(verdict.reason)"
      )
    }
    guard verdict.security == .bogus, !facts.isComplete else { return verdict }
    return Verdict(
      .indeterminate, ede: .indeterminate, "the message is truncated or cut; otherwise: \(verdict.reason)")
  }

  /// The same for the word on an RRset.
  private func softened(_ judgement: RRsetJudgement, _ facts: ResponseFacts) -> RRsetJudgement {
    guard judgement.verdict.security == .bogus, !facts.isIntact || !facts.isComplete else { return judgement }
    return RRsetJudgement(softened(judgement.verdict, facts), judgement.signatures)
  }

  /// The worst of several verdicts; of equal ones the first.
  private func worst(_ words: [Verdict]) -> Verdict? {
    var worst: Verdict?
    for word in words where worst.map({ word.security > $0.security }) ?? true { worst = word }
    return worst
  }

  /// Unsigned RRsets that nobody signs (NS of a cut and glue) get their word without a fault.
  private func byDesign(_ rrset: AnswerRRset, _ facts: ResponseFacts, _ judgement: RRsetJudgement)
    -> RRsetJudgement
  {
    guard rrset.signatures.isEmpty, judgement.verdict.security > .insecure else { return judgement }
    let isCutNS = rrset.section == .authority && rrset.type == .ns && !facts.flags.aa
    let isGlue = rrset.section == .additional && (rrset.type == .a || rrset.type == .aaaa)
    guard isCutNS || isGlue else { return judgement }
    return RRsetJudgement(
      Verdict(.insecure, "NS at a zone cut and glue are not signed by design"), judgement.signatures)
  }

  /// The deepest zone that the question is known to lie in: secure, or where the chain ends; else the root.
  private func zoneName(_ facts: ResponseFacts, _ moment: inout Moment) -> Name {
    guard let question = facts.question else { return .root }
    let walk = walker.walk(to: question.name, &moment)
    switch walk.state {
    case .secure(let zone): return walk.openCuts.last?.name ?? zone.name
    case .ended(let verdict, let at):
      return verdict.security == .bogus || verdict.security == .insecure
        ? at : deepestSign(question.name) ?? at
    }
  }

  /// The deepest name at or above a name that shows signs of a zone.
  private func deepestSign(_ name: Name) -> Name? {
    var candidate: Name? = name
    while let name = candidate {
      if walker.evidence.cutSigns.contains(name) { return name }
      candidate = name.parent
    }
    return nil
  }

  /// Why nothing proves a response; nil for one that is proven, bogus, or no answer.
  private func unsignedKind(_ verdict: Verdict, _ facts: ResponseFacts, _ answer: Answer) -> UnsignedKind? {
    guard facts.rcode == .noError || facts.rcode == .nxDomain else { return nil }
    switch verdict.security {
    case .secure, .bogus: return nil
    case .insecure: return .provenInsecure
    case .indeterminate: return verdict == .notRequested ? .notRequested : .unknown
    }
  }
}
