import DNSWire

/// Shows that a name lies inside a secure zone, below no cut: only then must its data be signed.
///
/// Without this an honest answer from an unsigned child zone, whose referral the capture lacks, would be called bogus.
final class InsideRule {
  private let walker: ChainWalker, denials: ZoneDenials
  /// The RRsets at each owner that carry RRSIGs.
  private lazy var signedAt: [Name: [SignaturePair]] = signedOwners()
  private let answers: [Answer]

  /// The rule over all that was seen.
  init(walker: ChainWalker, answers: [Answer], denials: ZoneDenials) {
    (self.walker, self.answers, self.denials) = (walker, answers, denials)
  }

  /// What shows it, in words; nil when nothing does.
  func shows(
    _ name: Name, in zone: SecureZone, _ walk: Walk, _ facts: ResponseFacts, _ moment: inout Moment
  ) -> String? {
    if name == zone.name { return "the name is the apex of the secure zone \(zone.name)" }
    if hasSignedData(at: name, in: zone, &moment) { return "\(zone.name) signed other data at \(name)" }
    if let dname = signedDNAME(above: name, in: zone, &moment) {
      return "\(zone.name) signed a DNAME at \(dname)"
    }
    guard walk.openCuts.isEmpty else { return nil }
    if firstPossibleCut(down: name, in: zone, &moment) == nil {
      return "\(zone.name) proves that there is no zone cut down to it"
    }
    if isAuthoritative(facts, for: zone) {
      return "an authoritative server of the secure zone \(zone.name) gave it"
    }
    return nil
  }

  /// Whether a server of the zone gave the response, or the same unsigned answer to the resolver that passed it on.
  private func isAuthoritative(_ facts: ResponseFacts, for zone: SecureZone) -> Bool {
    let serves = { (server: UInt32) in self.walker.evidence.servedZones[server]?.contains(zone.name) ?? false
    }
    if facts.flags.aa { return serves(facts.server) }
    guard let question = facts.question else { return false }
    return walker.evidence.unsignedSources[question]?.contains(where: serves) ?? false
  }

  /// Whether the zone signed an RRset at the name that a parent would not sign at a cut.
  private func hasSignedData(at name: Name, in zone: SecureZone, _ moment: inout Moment) -> Bool {
    (signedAt[name] ?? []).contains { pair in
      let type = walker.store.type(of: RRsetID(rawValue: pair.rrset))
      guard type != .ds, type != .nsec3 else { return false }
      if type == .nsec, walker.showsDelegation(RRsetID(rawValue: pair.rrset)) { return false }
      return isSigned(pair, by: zone, &moment)
    }
  }

  /// The owner of a DNAME above the name that the zone signed.
  private func signedDNAME(above name: Name, in zone: SecureZone, _ moment: inout Moment) -> Name? {
    var above = name.parent
    while let candidate = above, candidate.isSubdomain(of: zone.name) {
      let pairs = signedAt[candidate] ?? []
      if pairs.contains(where: {
        walker.store.type(of: RRsetID(rawValue: $0.rrset)) == .dname && isSigned($0, by: zone, &moment)
      }) {
        return candidate
      }
      above = candidate.parent
    }
    return nil
  }

  /// Whether a key of the zone made the RRSIG of a pair, for the very owner and for this time.
  private func isSigned(_ pair: SignaturePair, by zone: SecureZone, _ moment: inout Moment) -> Bool {
    let id = SignatureID(rawValue: pair.signature), rrset = RRsetID(rawValue: pair.rrset)
    guard walker.book.fields(of: id)?.signer == zone.name else { return false }
    if case .valid(_, wildcardLabels: nil) = walker.check(id, over: rrset, in: zone, &moment) { return true }
    return false
  }

  /// The first name from below the apex down to a name that no secure denial shows to be no cut; nil when there is
  /// none. What the zone's NSEC and NSEC3 say counts wherever they were seen.
  func firstPossibleCut(down name: Name, in zone: SecureZone, _ moment: inout Moment) -> Name? {
    let top = zone.name.labelCount + 1
    guard top <= name.labelCount else { return nil }
    var sets = denials.sets(at: zone.name, in: zone.name)
    for count in (top...name.labelCount).prefix(ZoneDenials.namesLimit) {
      let cut = name.suffix(labels: count)
      sets += denials.sets(at: cut, in: zone.name)
      let about = (walker.evidence.dsDenials[cut] ?? []).map(\.set)
      let (proven, _) = walker.proven(about + sets, in: zone, &moment)
      guard case .notACut(let why) = walker.prover.proveNoDS(cut: cut, evidence: proven) else { return cut }
      // Below a name that does not exist there is nothing, so no cut either.
      if why == .doesNotExist { return nil }
    }
    return name.labelCount < top + ZoneDenials.namesLimit ? nil : name
  }

  /// The word on unsigned data that nothing shows to lie inside a zone: what has to be asked to know.
  func unknownWord(on name: Name, in zone: SecureZone, _ walk: Walk, _ moment: inout Moment) -> Verdict {
    if let open = walk.openCuts.first { return open.verdict }
    return .missingDS(firstPossibleCut(down: name, in: zone, &moment) ?? name, below: zone.name)
  }

  /// Files every RRset with an RRSIG that verifies under its owner.
  private func signedOwners() -> [Name: [SignaturePair]] {
    var found: [Name: [SignaturePair]] = [:], seen = Set<SignaturePair>()
    for answer in answers {
      for rrset in answer.rrsets {
        for signature in rrset.signatures {
          let pair = SignaturePair(rrset: rrset.rrset.rawValue, signature: signature.rawValue)
          // What nobody's key signed shows nothing, and anybody can write any number of it.
          guard case .verified = walker.book.result(rrset.rrset, signature) else { continue }
          guard seen.insert(pair).inserted else { continue }
          found[walker.store.owner(of: rrset.rrset), default: []].append(pair)
        }
      }
    }
    return found
  }
}
