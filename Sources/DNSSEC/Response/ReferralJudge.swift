import DNSWire

/// Judges referrals: by the DS RRset of the zone below, or by the proof that it has none (RFC 4035 §5.2).
struct ReferralJudge {
  let walker: ChainWalker

  /// The word on a referral: that of the DS RRset, or of its denial.
  func judge(_ cut: Name, _ message: DenialJudge.Message, _ moment: inout Moment) -> Verdict {
    let rrsets = message.answer.rrsets
    for position in rrsets.indices
    where rrsets.section(position) == .authority && rrsets.type(position) == .ds
      && walker.ownerID(of: rrsets.id(position)) == walker.id(of: cut)
    {
      let judgement = message.judgements[position]
      guard judgement.wildcardLabels == nil else {
        return Verdict(
          .bogus, ede: .bogus, "the DS RRset of \(cut) was made from a wildcard, which delegates to nobody")
      }
      return judgement.verdict
    }
    let walk = walker.walk(to: cut.parent ?? cut, &moment)
    if let ended = walk.ended, ended.security == .insecure { return ended }
    let denials = message.denials
    let isAsked = message.facts.dnssecOK == true || denials.contains { !$0.rrset.signatures.isEmpty }
    guard isAsked else { return .notRequested }
    guard case .secure(let zone) = walk.state else { return walk.ended ?? .incomplete }
    if denials.isEmpty { return .missingDS(cut, below: zone.name) }
    return denialOfDS(cut, zone, walk, message, &moment)
  }

  /// The word on the proof beside a referral without DS from a secure zone.
  private func denialOfDS(
    _ cut: Name, _ zone: SecureZone, _ walk: Walk, _ message: DenialJudge.Message, _ moment: inout Moment
  ) -> Verdict {
    let sets = message.denials.lazy.map {
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
        .bogus, ede: .bogus, "the proof beside the referral says that \(cut) has a DS, and the DS is missing")
    case .childSide:
      return Verdict(.indeterminate, ede: .indeterminate, "the denial beside the referral is the child's own")
    case .notProven(let missing): return notProven(missing, fault, zone, walk)
    }
  }

  /// The word on a proof that is not complete: what a zone between may have signed is missing evidence; else the
  /// fault of a record counts, or the lack of one.
  private func notProven(_ missing: String, _ fault: SignatureFailure?, _ zone: SecureZone, _ walk: Walk)
    -> Verdict
  {
    if let open = walk.openCuts.first { return open.verdict }
    guard let fault else { return Verdict(.bogus, ede: .nsecMissing, missing) }
    return walker.verdict(on: fault, in: zone)
  }
}
