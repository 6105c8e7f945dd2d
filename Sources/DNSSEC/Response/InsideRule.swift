import DNSWire

/// Shows that a name lies inside a secure zone, below no cut: only then must its data be signed.
///
/// Without this an honest answer from an unsigned child zone, whose referral the capture lacks, would be called bogus.
final class InsideRule {
  private let walker: ChainWalker, denials: ZoneDenials
  /// The RRsets at each owner that carry RRSIGs.
  private lazy var signed = SignedOwners(walker, answers)
  /// First possible cuts by name and secure zone, where no name was hashed to find them.
  private var cuts: [TimedResults<NameID?>] = [], cutPlaces = NumberTable()
  private var answers: [Answer]

  /// The rule over all that was seen.
  init(walker: ChainWalker, answers: [Answer], denials: ZoneDenials) {
    (self.walker, self.answers, self.denials) = (walker, answers, denials)
  }

  /// Lets go of what is kept: nothing more is judged.
  func forget() {
    (cuts, cutPlaces, answers) = ([], NumberTable(), [])
    signed = SignedOwners(walker, [])
  }

  /// What shows it, in words; nil when nothing does.
  func shows(
    _ name: NameID, in zone: SecureZone, _ walk: Walk, _ facts: ResponseFacts, _ moment: inout Moment
  ) -> String? {
    if name == zone.id { return "the name is the apex of the secure zone \(zone.name)" }
    if hasSignedData(at: name, in: zone, &moment) {
      return "\(zone.name) signed other data at \(walker.name(name))"
    }
    if let dname = signedDNAME(above: name, in: zone, &moment) {
      return "\(zone.name) signed a DNAME at \(walker.name(dname))"
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
    let zones = walker.evidence.servers.zones, serves = { zones[$0]?.contains(zone.name) ?? false }
    if facts.flags.aa { return serves(facts.server) }
    guard let question = facts.question else { return false }
    return walker.evidence.servers.unsigned.contains(question, where: serves)
  }

  /// Whether the zone signed an RRset at the name that a parent would not sign at a cut.
  private func hasSignedData(at name: NameID, in zone: SecureZone, _ moment: inout Moment) -> Bool {
    signed[name].contains { pair in
      let type = walker.store.type(of: RRsetID(rawValue: pair.rrset))
      guard type != .ds, type != .nsec3 else { return false }
      if type == .nsec, walker.showsDelegation(RRsetID(rawValue: pair.rrset)) { return false }
      return isSigned(pair, by: zone, &moment)
    }
  }

  /// The owner of a DNAME above the name that the zone signed.
  private func signedDNAME(above name: NameID, in zone: SecureZone, _ moment: inout Moment) -> NameID? {
    var above = walker.names.parent(of: name)
    while let candidate = above, walker.names.isSubdomain(candidate, of: zone.id) {
      if signed[candidate].contains(where: {
        walker.store.type(of: RRsetID(rawValue: $0.rrset)) == .dname && isSigned($0, by: zone, &moment)
      }) {
        return candidate
      }
      above = walker.names.parent(of: candidate)
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
  func firstPossibleCut(down name: NameID, in zone: SecureZone, _ moment: inout Moment) -> NameID? {
    var place = cutPlaces.find(name.rawValue, zone.number) ?? -1
    if place >= 0, let known = cuts[place].value(at: &moment) { return known }
    var own = Moment(moment.time)
    let cut = findPossibleCut(down: walker.name(name), in: zone, &own).map { walker.id(of: $0) }
    moment.narrow(to: own.span)
    // Hashes are the message's own, and count against its limit.
    guard walker.prover.messageCost.hashes == 0 else { return cut }
    if place < 0 {
      place = cuts.count
      cuts.append(TimedResults())
      cutPlaces.insert(name.rawValue, zone.number, place)
    }
    cuts[place].keep(cut, for: own)
    return cut
  }

  /// Finds the first possible cut.
  private func findPossibleCut(down name: Name, in zone: SecureZone, _ moment: inout Moment) -> Name? {
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
  func unknownWord(on name: NameID, in zone: SecureZone, _ walk: Walk, _ moment: inout Moment) -> Verdict {
    if let open = walk.openCuts.first { return open.verdict }
    let cut = firstPossibleCut(down: name, in: zone, &moment) ?? name
    return .missingDS(walker.name(cut), below: zone.name)
  }
}

/// The RRsets with an RRSIG that verifies, by their owner, each with the RRSIG.
private struct SignedOwners {
  /// A pair, and the place of the next one of its owner; 0 for none, else plus one.
  private struct Entry {
    let pair: SignaturePair
    var next: UInt32
  }

  private var entries: [Entry] = []
  /// For every name the place of its first and last entry, plus one.
  private var first: [UInt32] = [], last: [UInt32] = []

  /// Over all answers, in their order.
  init(_ walker: ChainWalker, _ answers: [Answer]) {
    var seen = NumberTable()
    for answer in answers {
      for rrset in answer.rrsets where !rrset.signatures.isEmpty {
        for signature in rrset.signatures {
          // What nobody's key signed shows nothing, and anybody can write any number of it.
          guard case .verified = walker.book.result(rrset.rrset, signature) else { continue }
          guard seen.find(rrset.rrset.rawValue, signature.rawValue) == nil else { continue }
          seen.insert(rrset.rrset.rawValue, signature.rawValue, 0)
          let pair = SignaturePair(rrset: rrset.rrset.rawValue, signature: signature.rawValue)
          file(pair, at: Int(walker.ownerID(of: rrset.rrset).rawValue))
        }
      }
    }
  }

  /// Files a pair behind the others of its owner.
  private mutating func file(_ pair: SignaturePair, at owner: Int) {
    while first.count <= owner {
      first.append(0)
      last.append(0)
    }
    entries.append(Entry(pair: pair, next: 0))
    let place = UInt32(truncatingIfNeeded: entries.count)
    if first[owner] == 0 { first[owner] = place } else { entries[Int(last[owner]) - 1].next = place }
    last[owner] = place
  }

  /// The pairs of an owner.
  subscript(name: NameID) -> some Sequence<SignaturePair> {
    let start = Int(name.rawValue) < first.count ? first[Int(name.rawValue)] : 0
    return sequence(state: start) { place -> SignaturePair? in
      guard place != 0 else { return nil }
      let entry = entries[Int(place) - 1]
      place = entry.next
      return entry.pair
    }
  }
}
