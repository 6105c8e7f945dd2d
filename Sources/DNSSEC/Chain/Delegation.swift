import Crypto
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
  func delegation(of name: Name, from zone: SecureZone, _ moment: inout Moment) -> Delegation {
    let digests = digestSets(at: name, from: zone, &moment)
    let denial = deniedDS(at: name, from: zone, &moment)
    if !digests.valid.isEmpty {
      if let ended = denial.insecure, denialIsNearer(name, digests.valid, zone, &moment) {
        return .zone(.ended(ended, at: name))
      }
      return .zone(delegated(name, from: zone, digests.valid, &moment))
    }
    if let ended = denial.insecure { return .zone(.ended(ended, at: name)) }
    if denial.isNoCut { return .none }
    return .open(digests.failure ?? denial.failure)
  }

  /// The zone below valid DS RRsets.
  private func delegated(
    _ name: Name, from zone: SecureZone, _ sets: [ChainEvidence.SignedSet], _ moment: inout Moment
  ) -> ZoneState {
    var rests: [WeakLink]?, all: [DSData] = []
    for set in sets {
      guard case .valid(_, let links) = validation(of: set.rrset, set.signatures, in: zone, &moment) else {
        continue
      }
      if keys.policy.allows(links) { all += digestRecords(of: set.rrset) }
      if rests.map({ keys.policy.prefers(links, to: $0) }) ?? true { rests = links }
    }
    let links = rests ?? []
    guard keys.policy.allows(links) else {
      return .ended(keys.policy.verdict(on: links, "the DS RRset of \(name)"), at: name)
    }
    let usable = usable(all)
    guard !usable.isEmpty else { return .ended(unsupported(all, of: name), at: name) }
    var vouchers = KeyVouchers(digests: usable, isCurrent: false)
    for set in sets { vouchers.isCurrent = isNear(set, &moment) || vouchers.isCurrent }
    return keyState(
      of: name, vouchers: vouchers, parent: zone.name, rests: zone.weakLinks + links, &moment)
  }

  /// The DS RRsets at a name that the zone above signed, valid at this time; else the verdict on the nearest failure.
  private func digestSets(
    at name: Name, from zone: SecureZone, _ moment: inout Moment
  ) -> (valid: [ChainEvidence.SignedSet], failure: Verdict?) {
    var valid: [ChainEvidence.SignedSet] = [], failure: (rank: Int, verdict: Verdict)?
    for set in evidence.dsSets[name] ?? [] {
      guard let fault = fault(of: set.rrset, set.signatures, in: zone, &moment) else {
        valid.append(set)
        continue
      }
      // Signed by a zone between, whose own link is open, or unsigned in one: says nothing against the zone above.
      if fault.code == .rrsigsMissing, !set.signatures.isEmpty || name.parent != zone.name { continue }
      guard set.isWhole else { continue }
      let verdict = verdict(on: set, fault, of: zone, asking: "\(name) DS", &moment)
      if failure.map({ fault.rank < $0.rank }) ?? true { failure = (fault.rank, verdict) }
    }
    return (valid, failure?.verdict)
  }

  /// Why no RRSIG of a zone validates an RRset; nil when one does.
  func fault(
    of rrset: RRsetID, _ signatures: [SignatureID], in zone: SecureZone, _ moment: inout Moment
  ) -> SignatureFailure? {
    var best: SignatureFailure?
    for signature in signatures where book.fields(of: signature)?.signer == zone.name {
      guard case .invalid(let failure) = check(signature, over: rrset, in: zone, &moment) else { return nil }
      if best.map({ failure.rank < $0.rank }) ?? true { best = failure }
    }
    return best
      ?? SignatureFailure(
        code: .rrsigsMissing,
        reason: "no RRSIG of \(zone.name) covers the \(typeText(rrset)) RRset of \(store.owner(of: rrset))")
  }

  /// What the denials of DS at a name say.
  private func deniedDS(
    at name: Name, from zone: SecureZone, _ moment: inout Moment
  ) -> (insecure: Verdict?, isNoCut: Bool, failure: Verdict?) {
    // A record that matches the name says what it says wherever it was seen. Spans are taken only from messages about
    // the name, since an opt-out span proves nothing for names that nobody asked for (RFC 8198 §5.4).
    let about = evidence.dsDenials[name] ?? []
    let failure = denialFailure(name, about, zone, &moment)
    let (proven, _) = proven(about.map(\.set) + delegationSets(at: name, in: zone.name), in: zone, &moment)
    guard !proven.nsec.isEmpty || !proven.nsec3.isEmpty else { return (nil, false, failure) }
    switch prover.proveNoDS(cut: name, evidence: proven) {
    case .insecureDelegation:
      return (Verdict(.insecure, "\(zone.name) proves that the delegation of \(name) has no DS"), false, nil)
    case .optOut:
      return (
        Verdict(
          .insecure,
          "\(name) lies in an opt-out span of \(zone.name), which proves that no DS is needed there"), false,
        nil
      )
    case .iterations(let count):
      return (
        Verdict(
          .insecure, ede: .unsupportedNSEC3Iterations,
          "the NSEC3 records of \(zone.name) use \(count) iterations"), false, nil
      )
    case .notACut: return (nil, true, nil)
    case .hasDS, .childSide, .notProven: return (nil, false, failure)
    }
  }

  /// The verdict on denials of DS that fail to verify: a broken link, no missing one. Records of zones between, keys
  /// that may have changed and copies of another time say nothing.
  private func denialFailure(
    _ name: Name, _ about: [ChainEvidence.SeenDenial], _ zone: SecureZone, _ moment: inout Moment
  ) -> Verdict? {
    var worst: SignatureFailure?
    for seen in about {
      guard let fault = fault(of: seen.set.rrset, seen.set.signatures, in: zone, &moment) else { continue }
      if fault.code == .rrsigsMissing || fault.code == .dnskeyMissing && !zone.isCurrent { continue }
      if fault.isTimeOnly, wasInPeriod(seen.set.rrset, seen.set.signatures, seen.sightings, in: zone) {
        continue
      }
      if worst.map({ fault.rank < $0.rank }) ?? true { worst = fault }
    }
    if let worst {
      return Verdict(.bogus, ede: worst.code, "the denial of DS for \(name) fails: \(worst.reason)")
    }
    let serves = { (server: UInt32) in self.evidence.servedZones[server]?.contains(zone.name) ?? false }
    guard name.parent == zone.name, evidence.unprovenDenials[name]?.contains(where: serves) ?? false else {
      return nil
    }
    return Verdict(
      .bogus, ede: .nsecMissing, "a server of \(zone.name) denies DS for \(name) without NSEC or NSEC3")
  }

  /// The NSEC and NSEC3 RRsets that a zone's keys validate, and the first fault among the zone's others.
  func proven(
    _ sets: [ChainEvidence.DenialSet], in zone: SecureZone, _ moment: inout Moment
  ) -> (DenialEvidence, SignatureFailure?) {
    var evidence = DenialEvidence(zone: zone.name, nsec: [], nsec3: []), fault: SignatureFailure?
    for set in sets {
      guard let signature = validSignature(set.rrset, set.signatures, in: zone, &moment) else {
        let own = self.fault(of: set.rrset, set.signatures, in: zone, &moment)
        if let own, fault.map({ own.rank < $0.rank }) ?? true { fault = own }
        continue
      }
      add(set, signature, to: &evidence, zone: zone.name)
    }
    return (evidence, fault)
  }

  /// The first RRSIG of a zone that validates an RRset.
  private func validSignature(
    _ rrset: RRsetID, _ signatures: [SignatureID], in zone: SecureZone, _ moment: inout Moment
  ) -> SignatureID? {
    for signature in signatures where book.fields(of: signature)?.signer == zone.name {
      if case .valid = check(signature, over: rrset, in: zone, &moment) { return signature }
    }
    return nil
  }

  /// Adds a validated NSEC or NSEC3 RRset to what a prover reads; read once.
  private func add(
    _ set: ChainEvidence.DenialSet, _ signature: SignatureID, to evidence: inout DenialEvidence, zone: Name
  ) {
    let pair = SignaturePair(rrset: set.rrset.rawValue, signature: signature.rawValue)
    let read = readDenials[pair] ?? read(set, signature, zone: zone)
    readDenials[pair] = read
    evidence.nsec += read.nsec
    evidence.nsec3 += read.nsec3
  }

  /// Reads an NSEC or NSEC3 RRset that an RRSIG of its zone validates.
  private func read(_ set: ChainEvidence.DenialSet, _ signature: SignatureID, zone: Name) -> DenialEvidence {
    var evidence = DenialEvidence(zone: zone)
    let owner = store.owner(of: set.rrset)
    let isExpanded = Int(book.fields(of: signature)?.labels ?? 0) < SignedData.labelCount(owner)
    store.forEachRData(of: set.rrset) { rdata in
      if set.type == .nsec, let data = try? NSECData(rdata) {
        evidence.nsec.append(ProvenNSEC(owner: owner, data: data, zone: zone, isWildcardExpanded: isExpanded))
      } else if set.type == .nsec3, let data = try? NSEC3Data(rdata) {
        let record = ProvenNSEC3(owner: owner, data: data, zone: zone, isWildcardExpanded: isExpanded)
        if let record { evidence.nsec3.append(record) }
      }
    }
    return evidence
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

  /// Whether an NSEC RRset is the parent's side of a cut, or says so for any of its records.
  func showsDelegation(_ rrset: RRsetID) -> Bool {
    var shows = false
    store.forEachRData(of: rrset) { rdata in
      shows = shows || (try? NSECData(rdata)).map { $0.types.isDelegation } ?? true
    }
    return shows
  }

  /// The records of a DS RRset, as far as the limit goes.
  func digestRecords(of rrset: RRsetID) -> [DSData] {
    var found: [DSData] = []
    store.forEachRData(of: rrset) { rdata in
      guard found.count < limits.recordsPerKeySet, let data = try? DSData(rdata) else { return }
      found.append(data)
    }
    return found
  }

  /// The DS records to use: those that may be, without SHA-1 where the algorithm has a better digest (RFC 4509 §3).
  private func usable(_ all: [DSData]) -> [DSData] {
    let usable = all.filter(isUsable)
    return usable.filter { ds in
      ds.digestType != 1 || !usable.contains { $0.digestType != 1 && $0.algorithm == ds.algorithm }
    }
  }

  /// Whether algorithm and digest type of a DS are supported, and the policy has nothing against them.
  func isUsable(_ ds: DSData) -> Bool { keys.policy.supports(ds) && keys.policy.allows(.of(ds)) }

  /// The verdict on a DS RRset without a usable record (RFC 4035 §5.2, RFC 8914 §4.2 and §4.3).
  func unsupported(_ all: [DSData], of name: Name) -> Verdict {
    let policy = keys.policy
    let algorithms = all.allSatisfy {
      policy.scheme(of: $0.algorithm) == nil || !policy.allows(.of(algorithm: $0.algorithm))
    }
    let list = all.map { "\($0.keyTag) \($0.algorithm) \($0.digestType)" }.joined(separator: ", ")
    let refused = all.filter(policy.supports).map { WeakClasses.of($0).intersection(policy.insecure) }
      .reduce(WeakClasses()) { $0.union($1) }
    let kind = algorithms ? "algorithm" : "algorithm or digest type"
    let why = refused.isEmpty ? "" : ", where the policy takes \(refused.text) for insecure"
    return Verdict(
      .insecure, ede: algorithms ? .unsupportedDNSKEYAlgorithm : .unsupportedDSDigestType,
      "every DS of \(name) has an unsupported \(kind): \(list)\(why)")
  }

  /// The mnemonic of an RRset's type, for people.
  func typeText(_ rrset: RRsetID) -> String { store.type(of: rrset).mnemonic }
}
