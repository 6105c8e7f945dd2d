import DNSWire

/// What the evidence says about a zone cut at a name.
enum Delegation: Sendable {
  /// There is a cut; the state of the zone below it.
  case zone(ZoneState)
  /// There is none.
  case none
  /// There are signs of one, and neither DS nor denial that hold; the verdict on what was seen and fails.
  case open(Verdict?)
}

extension ChainWalker {
  /// The cut at a name below a secure zone (RFC 4035 §5.2): its DS RRset, or the proof that there is none.
  /// - Parameter isWithin: whether nothing between the zone and the name shows signs of another zone.
  func delegation(of name: Name, from zone: SecureZone, isWithin: Bool, _ moment: inout Moment) -> Delegation
  {
    let digests = digestSets(at: name, from: zone, &moment)
    let denial = deniedDS(at: name, from: zone, isWithin: isWithin, &moment)
    if digests.valid.isEmpty {
      if let ended = denial.insecure { return .zone(.ended(ended, at: name)) }
      return denial.isNoCut ? .none : .open(digests.failure ?? denial.failure)
    }
    guard let ended = denial.insecure else {
      return .zone(delegated(name, from: zone, digests.valid, nil, &moment))
    }
    // Both hold at this time: a zone became signed or unsigned, and a parent's old word lives on.
    if denialIsNearer(name, digests.valid, zone, &moment) {
      return .zone(.ended(ended.adding("; a DS RRset, seen at another time, is valid too"), at: name))
    }
    let contradiction = "a denial of DS for \(name), seen at another time, is valid too"
    return .zone(delegated(name, from: zone, digests.valid, contradiction, &moment))
  }

  /// The zone below valid DS RRsets.
  /// - Parameter contradiction: what speaks against them, for people.
  private func delegated(
    _ name: Name, from zone: SecureZone, _ sets: [ChainEvidence.SignedSet], _ contradiction: String?,
    _ moment: inout Moment
  ) -> ZoneState {
    let sets = inForce(sets, &moment)
    var rests: [WeakLink]?, all: [DSData] = [], usable: [DSData] = []
    for set in sets {
      let validation = validation(of: set.rrset, set.signatures, in: zone, expansions: false, &moment)
      guard case .valid(_, let links) = validation else { continue }
      if keys.policy.allows(links) {
        all += digestRecords(of: set.rrset)
        usable += self.usable(digestRecords(of: set.rrset))
      }
      if rests.map({ keys.policy.prefers(links, to: $0) }) ?? true { rests = links }
    }
    let links = rests ?? []
    guard keys.policy.allows(links) else {
      return .ended(keys.policy.verdict(on: links, "the DS RRset of \(name)"), at: name)
    }
    guard !usable.isEmpty else { return .ended(unsupported(all, of: name), at: name) }
    var vouchers = KeyVouchers(digests: usable, isCurrent: false, contradiction: contradiction)
    for set in sets { vouchers.isCurrent = isNear(set, &moment) || vouchers.isCurrent }
    return keyState(
      of: name, vouchers: vouchers, parent: zone.name, rests: zone.weakLinks + links, &moment)
  }

  /// Of DS RRsets that are all valid, those that say the same as the one seen nearest to the time: that the zone has
  /// algorithms and digests which are supported, or that it has none.
  private func inForce(_ sets: [ChainEvidence.SignedSet], _ moment: inout Moment) -> [ChainEvidence.SignedSet]
  {
    let isSupported = sets.map { !usable(digestRecords(of: $0.rrset)).isEmpty }
    guard Set(isSupported).count > 1 else { return sets }
    moment.narrowToNow()
    let time = moment.time
    let nearest = sets.indices.min {
      (sets[$0].sightings.distance(to: time) ?? .max) < (sets[$1].sightings.distance(to: time) ?? .max)
    }
    guard let nearest else { return sets }
    return zip(sets, isSupported).filter { $0.1 == isSupported[nearest] }.map(\.0)
  }

  /// Whether the denials of DS were seen nearer to the time than the DS RRsets; the two contradict each other.
  private func denialIsNearer(
    _ name: Name, _ sets: [ChainEvidence.SignedSet], _ zone: SecureZone, _ moment: inout Moment
  ) -> Bool {
    let valid = (evidence.dsDenials[name] ?? []).filter {
      fault(of: $0.set.rrset, $0.set.signatures, in: zone, &moment) == nil
    }
    moment.narrowToNow()
    guard let denied = valid.compactMap({ $0.sightings.distance(to: moment.time) }).min() else {
      return false
    }
    return sets.allSatisfy { ($0.sightings.distance(to: moment.time) ?? .max) > denied }
  }
}
