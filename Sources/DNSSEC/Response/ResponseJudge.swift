import DNSWire

/// Judges whole responses: each RRset by itself, then what the response says as the worst of what counts.
final class ResponseJudge {
  let walker: ChainWalker
  private let rrsetJudge: RRsetJudge, denialJudge: DenialJudge, referralJudge: ReferralJudge
  private let inside: InsideRule
  /// The judgements given so far, each once.
  private var given = KnownJudgements<ResponseJudgement>()

  /// A judge over everything that was seen.
  init(walker: ChainWalker, answers: [Answer]) {
    self.walker = walker
    let denials = ZoneDenials(walker: walker, answers: answers)
    inside = InsideRule(walker: walker, answers: answers, denials: denials)
    rrsetJudge = RRsetJudge(walker: walker, inside: inside)
    denialJudge = DenialJudge(walker: walker, inside: inside, elsewhere: denials)
    referralJudge = ReferralJudge(walker: walker)
  }

  /// The word on a response (RFC 4035 §5), for the time in its facts.
  func judge(_ facts: ResponseFacts, _ answer: Answer, _ moment: inout Moment) -> ResponseJudgement {
    walker.prover.beginMessage()
    let chain = aliases(facts, answer)
    let asked = facts.question.map { walker.id(of: $0.name) }
    let kind = ResponseKind.of(facts, asked, answer, chain, walker: walker)
    var judgements: [RRsetJudgement] = []
    judgements.reserveCapacity(answer.rrsets.count)
    for rrset in answer.rrsets {
      let isByDesign = isUnsignedByDesign(rrset, facts, kind)
      judgements.append(rrsetJudge.judge(rrset, facts, isUnsignedByDesign: isByDesign, &moment))
    }
    if let chain { redirect(&judgements, chain, answer) }
    if !facts.isIntact || !facts.isComplete { judgements = judgements.map { softened($0, facts) } }
    let message = DenialJudge.Message(facts: facts, answer: answer, judgements: judgements)
    let zone = zoneName(asked, &moment)
    let verdict = softened(limited(word(kind, message, &moment), chain), facts)
    let judgement = ResponseJudgement(
      verdict: verdict, rrsets: judgements, zone: zone,
      unsigned: kind.isAnswer ? unsignedKind(verdict) : nil,
      weakLinks: verdict.security == .secure ? weakLinks(answer, judgements) : [],
      work: work(verdict, message))
    return given.first(equalTo: judgement)
  }

  /// Lets go of all that is only needed to judge more.
  func forget() {
    given = KnownJudgements()
    rrsetJudge.forget()
    inside.forget()
    walker.forgetNames()
  }

  /// The weak links that the RRsets of a secure response rest on, each once; the additional section never counts.
  private func weakLinks(_ answer: Answer, _ judgements: [RRsetJudgement]) -> [WeakLink] {
    var found: [WeakLink] = []
    for position in judgements.indices where answer.rrsets.section(position) != .additional {
      if judgements[position].weakLinks.isEmpty { continue }
      for link in judgements[position].weakLinks where !found.contains(link) { found.append(link) }
    }
    return found
  }

  /// What a message cost; nil where nothing was hashed and no limit met.
  private func work(_ verdict: Verdict, _ message: DenialJudge.Message) -> MessageWork? {
    let isNSEC3 = verdict.ede == ExtendedErrorCode.unsupportedNSEC3Iterations.rawValue
    guard
      isNSEC3 || walker.prover.messageCost.hashes > 0
        || message.judgements.contains(where: { $0.skippedInPeriod > 0 })
        || MessageWork.leftOutRecords(message.answer, walker.limits) > 0
    else { return nil }
    return MessageWork(message.answer, message.judgements, walker)
  }

  /// The aliases of an answer section from the question on; nil when there is no question, or nothing in the section.
  private func aliases(_ facts: ResponseFacts, _ answer: Answer) -> AliasChain? {
    guard let question = facts.question, answer.rrsets.hasAny(in: .answer) else { return nil }
    return AliasChain(answer, from: question.name, store: walker.store, hops: walker.limits.aliasHops)
  }

  /// No better than indeterminate where there are more aliases than are followed: nobody knows where they end.
  private func limited(_ verdict: Verdict, _ chain: AliasChain?) -> Verdict {
    guard chain?.isOverLimit ?? false, verdict.security < .indeterminate else { return verdict }
    return Verdict(
      .indeterminate, ede: .indeterminate,
      "more aliases than the \(walker.limits.aliasHops) that are followed (limit alias-hops)")
  }

  /// The worst of what counts for a kind of response.
  private func word(_ kind: ResponseKind, _ message: DenialJudge.Message, _ moment: inout Moment) -> Verdict {
    if kind.isAnswer, !message.facts.isComplete { return incompleteWord(message.facts, &moment) }
    switch kind {
    case .failure(let code): return Verdict(.indeterminate, "the response code is \(code.mnemonic)")
    case .unjudged(let why): return Verdict(.indeterminate, ede: .indeterminate, why)
    case .positive(let closing): return positive(closing, message, &moment)
    case .negative(let denied): return denialJudge.judge(denied, message, &moment)
    case .referral(let cut): return referralJudge.judge(cut, message, &moment)
    case .lame:
      return Verdict(
        .indeterminate, ede: .indeterminate, "an upward or sideways referral: the server is lame for the name"
      )
    }
  }

  /// Gives CNAMEs below a DNAME their words (RFC 6672 §3.1): one that the DNAME yields has the DNAME's, another one
  /// without RRSIGs contradicts it.
  private func redirect(_ judgements: inout [RRsetJudgement], _ chain: AliasChain, _ answer: Answer) {
    guard answer.rrsets.hasAny(.dname) else { return }
    for pair in chain.belowDNAME where answer.rrsets[pair.cname].signatures.isEmpty {
      let dname = judgements[pair.dname].verdict
      if pair.isSynthesis {
        judgements[pair.cname] = RRsetJudgement(dname, [])
      } else if dname.security == .secure {
        judgements[pair.cname] = RRsetJudgement(
          Verdict(.bogus, ede: .bogus, "the CNAME is not what the DNAME above it yields"), [])
      }
    }
    let isProven = zip(answer.rrsets, judgements).contains {
      $0.0.section == .answer && $0.0.type == .dname && $0.1.verdict.security == .secure
    }
    for position in chain.stray where isProven && answer.rrsets[position].signatures.isEmpty {
      judgements[position] = RRsetJudgement(
        Verdict(.bogus, ede: .bogus, "the CNAME stands in place of the one that the DNAME yields"), [])
    }
  }

  /// The word on an answer: every RRset of the answer section, the denial beside each expanded wildcard, and the denial
  /// at the end of the chain.
  private func positive(_ closing: Denied?, _ message: DenialJudge.Message, _ moment: inout Moment) -> Verdict
  {
    if closing == nil, let judgement = onlyJudgement(message) { return judgement.verdict }
    var words: [(verdict: Verdict, name: NameID)] = []
    for (rrset, judgement) in zip(message.answer.rrsets, message.judgements)
    where rrset.section == .answer && rrset.type != .rrsig {
      let owner = walker.ownerID(of: rrset.rrset)
      words.append((judgement.verdict, owner))
      if let labels = judgement.wildcardLabels {
        words.append((expansion(of: rrset, walker.name(owner), labels, message, &moment), owner))
      }
    }
    if let closing {
      words.append((denialJudge.judge(closing, message, &moment), walker.id(of: closing.name)))
    }
    return worst(words, &moment)
      ?? Verdict(.indeterminate, ede: .indeterminate, "the answer holds RRSIGs alone")
  }

  /// The judgement of the answer section, where all of its RRsets have the same and none was expanded from a wildcard.
  private func onlyJudgement(_ message: DenialJudge.Message) -> RRsetJudgement? {
    let rrsets = message.answer.rrsets, judgements = message.judgements
    var only: RRsetJudgement?
    for position in judgements.indices
    where rrsets.section(position) == .answer && rrsets.type(position) != .rrsig {
      guard judgements[position].wildcardLabels == nil, only == nil || only === judgements[position] else {
        return nil
      }
      only = judgements[position]
    }
    return only
  }

  /// The word on the denial that an expanded wildcard needs; a DNAME must not be expanded (RFC 6672 §3.3).
  private func expansion(
    of rrset: AnswerRRset, _ owner: Name, _ labels: UInt8, _ message: DenialJudge.Message,
    _ moment: inout Moment
  ) -> Verdict {
    if rrset.type == .dname { return Verdict(.bogus, ede: .bogus, "a DNAME was expanded from a wildcard") }
    return denialJudge.judgeExpansion(of: owner, labels: labels, message, &moment)
  }

  /// A message of which a part is missing is insecure when its zone is, else indeterminate; never bogus.
  private func incompleteWord(_ facts: ResponseFacts, _ moment: inout Moment) -> Verdict {
    guard let question = facts.question else { return .incomplete }
    let name = question.type == .ds ? question.name.parent ?? question.name : question.name
    let ended = walker.walk(to: name, &moment).ended
    return ended?.security == .insecure ? ended ?? .incomplete : .incomplete
  }

  /// What would be bogus is indeterminate where a host would not have taken the packet, or a part of it is missing;
  /// nor is a response secure of which nobody knows the rest.
  private func softened(_ verdict: Verdict, _ facts: ResponseFacts) -> Verdict {
    if !facts.isIntact, verdict.security > .insecure {
      return Verdict(
        .indeterminate, ede: .indeterminate,
        "the UDP or TCP checksum is wrong: a host would have dropped the packet, and it is no evidence; otherwise: \(verdict.reason)"
      )
    }
    guard verdict.security == .bogus, !facts.isComplete else { return verdict }
    return Verdict(
      .indeterminate, ede: .indeterminate, "the message is truncated or cut; otherwise: \(verdict.reason)")
  }

  /// The same for an RRset, whose other half may stand in what is missing.
  private func softened(_ judgement: RRsetJudgement, _ facts: ResponseFacts) -> RRsetJudgement {
    guard judgement.verdict.security == .bogus, !facts.isIntact || !facts.isComplete else { return judgement }
    return RRsetJudgement(
      softened(judgement.verdict, facts), judgement.signatures, skippedInPeriod: judgement.skippedInPeriod)
  }

  /// The worst of several verdicts with the names that they are about. Of equal ones the cause nearest to the anchor
  /// counts, then the order of the message.
  private func worst(_ words: [(verdict: Verdict, name: NameID)], _ moment: inout Moment) -> Verdict? {
    if words.count == 1 { return words[0].verdict }
    guard let security = words.map(\.verdict.security).max() else { return nil }
    let worst = words.filter { $0.verdict.security == security }
    guard security > .insecure, let first = worst.first,
      worst.contains(where: { $0.verdict != first.verdict })
    else { return worst.first?.verdict }
    let depths = worst.map { depth(ofCauseFor: $0, &moment) }
    return zip(worst, depths).min { $0.1 < $1.1 }?.0.verdict
  }

  /// How far from the root the chain to a name ends with a verdict; furthest for a fault of the data.
  private func depth(ofCauseFor word: (verdict: Verdict, name: NameID), _ moment: inout Moment) -> Int {
    if case .ended(word.verdict, let at) = walker.walk(to: word.name, &moment).state { return at.labelCount }
    return .max
  }

  /// Whether an RRset has no RRSIGs because nobody signs its like: NS of a cut and glue. Beside an authoritative answer
  /// the NS RRset is the zone's own, and signed, unless it refers to a zone below.
  private func isUnsignedByDesign(_ rrset: AnswerRRset, _ facts: ResponseFacts, _ kind: ResponseKind) -> Bool
  {
    guard rrset.signatures.isEmpty else { return false }
    var isCutNS = rrset.section == .authority && rrset.type == .ns && !facts.flags.aa
    if case .referral(let cut) = kind, rrset.section == .authority, rrset.type == .ns {
      isCutNS = isCutNS || walker.ownerID(of: rrset.rrset) == walker.id(of: cut)
    }
    let isGlue = rrset.section == .additional && (rrset.type == .a || rrset.type == .aaaa)
    return isCutNS || isGlue
  }

  /// The deepest zone that the question is known to lie in: secure, or where the chain ends; else the root.
  private func zoneName(_ asked: NameID?, _ moment: inout Moment) -> Name {
    guard let id = asked else { return .root }
    let walk = walker.walk(to: id, &moment)
    switch walk.state {
    case .secure(let zone):
      let shown = walk.openCuts.last { walker.evidence.cuts.signs.contains($0.name) }
      return shown?.name ?? zone.name
    case .ended(let verdict, let at):
      return verdict.security == .bogus || verdict.security == .insecure
        ? at : walker.deepestSign(id) ?? at
    }
  }

  /// Why nothing proves a response; nil for one that is proven or bogus.
  private func unsignedKind(_ verdict: Verdict) -> UnsignedKind? {
    switch verdict.security {
    case .secure, .bogus: return nil
    case .insecure: return .provenInsecure
    case .indeterminate: return verdict == .notRequested ? .notRequested : .unknown
    }
  }
}
