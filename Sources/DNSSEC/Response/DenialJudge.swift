import DNSWire

/// Judges what the NSEC and NSEC3 RRsets of one message deny (RFC 4035 §5.4, RFC 5155 §8).
struct DenialJudge {
  let walker: ChainWalker
  let inside: InsideRule

  /// A response whose RRsets have their words.
  struct Message {
    let facts: ResponseFacts, answer: Answer, judgements: [RRsetJudgement]

    /// The NSEC and NSEC3 RRsets with their words. Servers put them into the authority section; in any other they
    /// prove no less.
    var denials: [(rrset: AnswerRRset, judgement: RRsetJudgement)] {
      var found: [(rrset: AnswerRRset, judgement: RRsetJudgement)] = []
      for (rrset, judgement) in zip(answer.rrsets, judgements)
      where rrset.type == .nsec || rrset.type == .nsec3 {
        found.append((rrset, judgement))
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
    if denied.isNameError, proof.security == .bogus, let better = wildcardNoData(denied, message, &moment) {
      return better
    }
    guard let soa = soaWord(message, proof), soa.security > proof.security else { return proof }
    return soa
  }

  /// NXDOMAIN where the records prove that a wildcard answers without the type: the data are as the zone has them, the
  /// code is not. Unbound is lenient here and corrects the code; what was captured says more than what is proven.
  private func wildcardNoData(_ denied: Denied, _ message: Message, _ moment: inout Moment) -> Verdict? {
    var isWildcard = false
    let word = prove(at: denied.name, message, &moment) { evidence in
      isWildcard = walker.prover.proveNoDS(cut: denied.name, evidence: evidence) == .notACut(.doesNotExist)
      return walker.prover.proveNoData(name: denied.name, type: denied.type, evidence: evidence)
    }
    guard isWildcard, word.security == .secure else { return nil }
    return Verdict(
      .indeterminate, ede: .indeterminate,
      "a wildcard without the type answers for \(denied.name): proven is NODATA, and the response code says NXDOMAIN"
    )
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
    let found = zip(message.answer.rrsets, message.judgements).first {
      $0.0.section == .authority && $0.0.type == .soa
    }
    guard let (rrset, judgement) = found else { return nil }
    if !rrset.signatures.isEmpty { return judgement.verdict }
    return judgement.verdict.security == .bogus && proof.security == .secure ? judgement.verdict : nil
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
    let walk = walker.walk(to: name, &moment)
    guard case .secure(let zone) = walk.state else { return endedWord(walk, message) }
    let denials = message.denials
    if denials.isEmpty { return missing(name, zone, walk, message.facts, &moment) }
    let evidence = evidence(denials.filter { $0.judgement.verdict.security == .secure }, zone, &moment)
    let outcome = proof(evidence)
    if case .notProven = outcome, let word = insecureProof(denials, zone, &moment, proof) { return word }
    if outcome != .proven, let cut = insecureCut(above: name, zone, evidence) {
      return Verdict(.insecure, "\(zone.name) proves that the delegation of \(cut) has no DS")
    }
    let own = denials.filter { walker.store.owner(of: $0.rrset.rrset).isSubdomain(of: zone.name) }
    return word(outcome, zone, walk, message, own.map(\.judgement))
  }

  /// What a prover reads of records that a zone vouches for.
  private func evidence(
    _ denials: [(rrset: AnswerRRset, judgement: RRsetJudgement)], _ zone: SecureZone, _ moment: inout Moment
  ) -> DenialEvidence {
    let sets = denials.filter { $0.judgement.zone == zone.name }.map {
      ChainEvidence.DenialSet(rrset: $0.rrset.rrset, type: $0.rrset.type, signatures: $0.rrset.signatures)
    }
    return walker.proven(sets, in: zone, &moment).0
  }

  /// The word on a proof that holds only with records that the policy takes for insecure; nil where it holds not even then.
  private func insecureProof(
    _ denials: [(rrset: AnswerRRset, judgement: RRsetJudgement)], _ zone: SecureZone, _ moment: inout Moment,
    _ proof: (DenialEvidence) -> DenialOutcome
  ) -> Verdict? {
    guard let refused = denials.first(where: \.judgement.isInsecureByPolicy) else { return nil }
    switch proof(evidence(denials, zone, &moment)) {
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
    _ outcome: DenialOutcome, _ zone: SecureZone, _ walk: Walk, _ message: Message,
    _ records: [RRsetJudgement]
  ) -> Verdict {
    switch outcome {
    case .proven: return Verdict(.secure, "the NSEC or NSEC3 records of \(zone.name) prove it")
    case .insecure(.optOut):
      return Verdict(
        .insecure, "the name lies in an opt-out span of \(zone.name), where unsigned zones may be")
    case .insecure(.iterations(let count)):
      return Verdict(
        .insecure, ede: .unsupportedNSEC3Iterations,
        "the NSEC3 records of \(zone.name) use \(count) iterations")
    case .contradicted(let why): return Verdict(.bogus, ede: .bogus, why)
    case .notProven(let missing):
      if let failing = records.map(\.verdict).filter({ $0.security > .insecure }).max(by: {
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

  /// The word where a secure zone's answer carries no NSEC or NSEC3 at all.
  private func missing(
    _ name: Name, _ zone: SecureZone, _ walk: Walk, _ facts: ResponseFacts, _ moment: inout Moment
  ) -> Verdict {
    guard facts.dnssecOK == true else { return .notRequested }
    guard facts.isComplete else { return .incomplete }
    if let why = inside.shows(name, in: zone, walk, facts, &moment) {
      return Verdict(.bogus, ede: .nsecMissing, "no NSEC or NSEC3 denies it, and \(why)")
    }
    return walk.openCuts.first?.verdict ?? .missingDS(name)
  }
}
