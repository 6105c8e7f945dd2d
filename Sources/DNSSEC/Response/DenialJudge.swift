import DNSWire

/// Judges what the NSEC and NSEC3 RRsets of one message deny (RFC 4035 §5.4, RFC 5155 §8).
struct DenialJudge {
  let walker: ChainWalker
  let inside: InsideRule
  /// What other messages deny: worth a mention, no proof here.
  let elsewhere: ZoneDenials

  /// A response whose RRsets have their words. A reference, since all who look at it are handed it.
  final class Message {
    let facts: ResponseFacts, answer: Answer, judgements: [RRsetJudgement]
    /// The NSEC and NSEC3 RRsets with their words. Servers put them into the authority section; in any other they
    /// prove no less.
    private(set) lazy var denials = findDenials()

    /// From the parts.
    init(facts: ResponseFacts, answer: Answer, judgements: [RRsetJudgement]) {
      (self.facts, self.answer, self.judgements) = (facts, answer, judgements)
    }

    /// Picks the NSEC and NSEC3 RRsets, when anybody asks.
    private func findDenials() -> [(rrset: AnswerRRset, judgement: RRsetJudgement)] {
      let rrsets = answer.rrsets
      let isDenial = { (position: Int) in
        rrsets.type(position) == .nsec || rrsets.type(position) == .nsec3
      }
      var found: [(rrset: AnswerRRset, judgement: RRsetJudgement)] = []
      found.reserveCapacity(rrsets.indices.count(where: isDenial))
      for position in rrsets.indices where isDenial(position) {
        found.append((rrsets[position], judgements[position]))
      }
      return found
    }
  }

  /// The word on a denial of a name or type.
  func judge(_ denied: Denied, _ message: Message, _ moment: inout Moment) -> Verdict {
    if denied.type == .ds, let above = denied.name.parent {
      let ended = walker.walk(to: above, &moment).ended
      if let ended, ended.security == .insecure { return ended }
      if isChildSide(denied.name, message) {
        return Verdict(
          .indeterminate, ede: .indeterminate,
          "the DS question for \(denied.name) was asked at the wrong side: the zone itself cannot answer it")
      }
    }
    let proof = prove(
      at: denied.type == .ds ? denied.name.parent ?? denied.name : denied.name, message, &moment
    ) { evidence in
      denied.isNameError
        ? walker.prover.proveNameError(name: denied.name, evidence: evidence)
        : walker.prover.proveNoData(name: denied.name, type: denied.type, evidence: evidence)
    }
    if denied.isNameError, proof.security == .bogus { return notingNoData(proof, denied, message, &moment) }
    guard let soa = soaWord(message, proof), soa.security > proof.security else { return proof }
    return soa
  }

  /// The word on an NXDOMAIN whose proof fails, with a note if the same records prove that the type is not there: Unbound
  /// corrects the response code then and is content, but a name that exists was denied.
  private func notingNoData(_ proof: Verdict, _ denied: Denied, _ message: Message, _ moment: inout Moment)
    -> Verdict
  {
    let word = prove(at: denied.name, message, &moment) {
      walker.prover.proveNoData(name: denied.name, type: denied.type, evidence: $0)
    }
    guard word.security == .secure else { return proof }
    return Verdict(
      .bogus, ede: proof.ede.flatMap(ExtendedErrorCode.init),
      proof.reason
        + "; NODATA for \(denied.type.mnemonic) is proven, so that the response code alone is false",
      errsInCodeAlone: true)
  }

  /// The word on the expansion of a wildcard: the next closer name has to be denied (RFC 4035 §5.3.4).
  func judgeExpansion(of owner: Name, labels: UInt8, _ message: Message, _ moment: inout Moment) -> Verdict {
    if message.denials.isEmpty, message.facts.dnssecOK == true, message.facts.isComplete {
      return Verdict(
        .bogus, ede: .nsecMissing,
        "\(owner) was expanded from a wildcard, and no NSEC or NSEC3 denies the name itself")
    }
    return prove(at: owner, message, &moment) {
      walker.prover.proveWildcardExpansion(name: owner, sourceLabels: labels, evidence: $0)
    }
  }

  /// The word that the SOA RRset beside a denial adds: its own when it is signed; without RRSIGs the fault of one that
  /// stands beside a signed proof. Where nothing is signed, what is missing of the proof says it all.
  private func soaWord(_ message: Message, _ proof: Verdict) -> Verdict? {
    let rrsets = message.answer.rrsets
    var words: [Verdict] = []
    for position in rrsets.indices
    where rrsets.section(position) == .authority && rrsets.type(position) == .soa {
      guard rrsets.signatureCount(position) > 0 || proof.security == .secure else { continue }
      words.append(message.judgements[position].verdict)
    }
    return words.max { $0.security < $1.security }
  }

  /// Whether a DS question was answered by the zone whose DS it asks for (RFC 4035 §3.1.4.1).
  private func isChildSide(_ name: Name, _ message: Message) -> Bool {
    message.answer.rrsets.contains { rrset in
      guard rrset.section == .authority else { return false }
      let owner = walker.store.owner(of: rrset.rrset)
      switch rrset.type {
      case .soa: return owner == name
      case .nsec:
        return owner == name && rrset.signatures.contains { walker.book.fields(of: $0)?.signer == name }
      case .nsec3: return owner.parent == name
      default: return false
      }
    }
  }

  /// Tries a proof with the records that the zone of a name vouches for.
  private func prove(
    at name: Name, _ message: Message, _ moment: inout Moment, _ proof: (DenialEvidence) -> DenialOutcome
  ) -> Verdict {
    let walk = walkToDenier(of: name, message, &moment)
    guard case .secure(let zone) = walk.state else { return endedWord(walk, message) }
    let denials = message.denials
    if denials.isEmpty {
      let word = missing(name, zone, walk, message, &moment)
      return mentioningOthers(word, name, zone, message, &moment, proof)
    }
    let evidence = evidence(of: zone, in: message, &moment)
    let outcome = proof(evidence)
    if case .notProven = outcome, let word = insecureProof(zone, message, &moment, proof) { return word }
    if outcome != .proven, let cut = insecureCut(above: name, zone, evidence) {
      return Verdict(.insecure, "\(zone.name) proves that the delegation of \(cut) has no DS")
    }
    let word = word(outcome, zone, walk, message)
    return mentioningOthers(word, name, zone, message, &moment, proof)
  }

  /// The NSEC and NSEC3 records of a message that a zone vouches for.
  /// - Parameter refused: whether to take those as well that verify and that the policy takes for insecure.
  private func evidence(
    of zone: SecureZone, in message: Message, withRefused refused: Bool = false, _ moment: inout Moment
  ) -> DenialEvidence {
    var evidence = DenialEvidence(zone: zone.name)
    for (rrset, judgement) in message.denials where judgement.isVouched(by: zone.name) {
      guard judgement.verdict.security == .secure || refused && judgement.isInsecureByPolicy else { continue }
      let set = ChainEvidence.DenialSet(rrset: rrset.rrset, type: rrset.type, signatures: rrset.signatures)
      _ = walker.add(set, to: &evidence, in: zone, &moment)
    }
    return evidence
  }

  /// The walk to the zone that is to deny a name. That is not a zone which an anchor names, of which no key was seen,
  /// when the zone above proves in this message that its apex does not exist.
  private func walkToDenier(of name: Name, _ message: Message, _ moment: inout Moment) -> Walk {
    let walk = walker.walk(to: name, &moment)
    guard case .ended(_, let apex) = walk.state, walker.anchors[apex] != nil,
      walker.evidence.dnskeySets[apex] == nil, let parent = apex.parent
    else { return walk }
    let above = walker.walk(to: parent, &moment)
    guard case .secure(let zone) = above.state else { return walk }
    let evidence = evidence(of: zone, in: message, &moment)
    return walker.prover.proveNameError(name: apex, evidence: evidence) == .proven ? above : walk
  }

  /// A word that misses a proof, with a mention of what other messages prove: that is for the reader alone, since
  /// the denial of a name has to stand beside it.
  private func mentioningOthers(
    _ word: Verdict, _ name: Name, _ zone: SecureZone, _ message: Message, _ moment: inout Moment,
    _ proof: (DenialEvidence) -> DenialOutcome
  ) -> Verdict {
    guard word.ede == ExtendedErrorCode.nsecMissing.rawValue || message.denials.isEmpty else { return word }
    guard word.security == .bogus, walker.prover.limitsReached == 0 else { return word }
    let others = walker.proven(elsewhere.sets(about: name, in: zone.name), in: zone, &moment).0
    guard proof(others) == .proven else { return word }
    return word.adding("; records in other messages of the capture prove it, which counts for those alone")
  }

  /// The word on a proof that holds only with records that the policy takes for insecure; nil where it holds not even then.
  private func insecureProof(
    _ zone: SecureZone, _ message: Message, _ moment: inout Moment,
    _ proof: (DenialEvidence) -> DenialOutcome
  ) -> Verdict? {
    let refused = message.denials.first { $0.judgement.isInsecureByPolicy }
    guard let refused else { return nil }
    switch proof(evidence(of: zone, in: message, withRefused: true, &moment)) {
    case .proven, .insecure: return refused.judgement.verdict
    case .contradicted, .notProven: return nil
    }
  }

  /// The name at or above a name that the records of a message show to be an insecure delegation.
  private func insecureCut(above name: Name, _ zone: SecureZone, _ evidence: DenialEvidence) -> Name? {
    guard name.labelCount > zone.name.labelCount else { return nil }
    return ((zone.name.labelCount + 1)...name.labelCount).lazy.map { name.suffix(labels: $0) }
      .first { walker.prover.proveNoDS(cut: $0, evidence: evidence) == .insecureDelegation }
  }

  /// The word that an outcome stands for.
  private func word(
    _ outcome: DenialOutcome, _ zone: SecureZone, _ walk: Walk, _ message: Message
  ) -> Verdict {
    switch outcome {
    case .proven: return zone.words.denied
    case .insecure(.optOut):
      return Verdict(
        .insecure, "the name lies in an opt-out span of \(zone.name), where unsigned zones may be")
    case .insecure(.iterations(let count)):
      return Verdict(
        .insecure, ede: .unsupportedNSEC3Iterations,
        "the NSEC3 records of \(zone.name) use \(count) iterations")
    case .contradicted(let why): return Verdict(.bogus, ede: .bogus, why)
    case .notProven(let missing):
      let own = message.denials.filter {
        // Numbered first: the table as it was before does not know a new name.
        let owner = walker.ownerID(of: $0.rrset.rrset)
        return walker.names.isSubdomain(owner, of: zone.id)
      }
      if let failing = own.map(\.judgement.verdict).filter({ $0.security > .insecure }).max(by: {
        $0.security < $1.security
      }) {
        return failing
      }
      if !message.facts.isComplete { return .incomplete }
      if let cut = walk.openCuts.first { return cut.verdict }
      return Verdict(.bogus, ede: .nsecMissing, missing)
    }
  }

  /// The word where the chain ends above the name.
  private func endedWord(_ walk: Walk, _ message: Message) -> Verdict {
    guard let ended = walk.ended, ended.security != .insecure else { return walk.ended ?? .incomplete }
    let signed = message.denials.contains { !$0.rrset.signatures.isEmpty }
    return signed || message.facts.dnssecOK == true ? ended : .notRequested
  }

  /// The word where a secure zone's answer carries no NSEC or NSEC3 at all: they are due (RFC 8914 §4.13), and where
  /// nothing is signed the RRSIGs of the SOA come first (§4.11).
  private func missing(
    _ name: Name, _ zone: SecureZone, _ walk: Walk, _ message: Message, _ moment: inout Moment
  ) -> Verdict {
    guard message.facts.dnssecOK == true else { return .notRequested }
    guard message.facts.isComplete else { return .incomplete }
    let id = walker.id(of: name)
    guard let why = inside.shows(id, in: zone, walk, message.facts, &moment) else {
      return inside.unknownWord(on: id, in: zone, walk, &moment)
    }
    let isSigned = message.answer.rrsets.contains { !$0.signatures.isEmpty }
    if !isSigned,
      let soa = message.answer.rrsets.first(where: { $0.section == .authority && $0.type == .soa })
    {
      let owner = walker.store.owner(of: soa.rrset)
      return Verdict(
        .bogus, ede: .rrsigsMissing, "SOA of \(owner) has no RRSIG, no NSEC or NSEC3 is beside it, and \(why)"
      )
    }
    return Verdict(.bogus, ede: .nsecMissing, "no NSEC or NSEC3 denies it, and \(why)")
  }
}
