import DNSWire

/// What vouches for a zone's DNSKEY RRset: usable DS records, or anchors.
struct KeyVouchers: Sendable {
  /// DS records of supported algorithm and digest type.
  var digests: [DSData] = []
  /// Whole keys that are configured as anchors.
  var keys: [DNSKEYData] = []
  /// Whether they are known to be all there is at the time: configured, or seen within their original TTL of it.
  var isCurrent = true
  /// What speaks against them, for people.
  var contradiction: String?

  /// Whether nothing vouches.
  var isEmpty: Bool { digests.isEmpty && keys.isEmpty }

  /// What they name, for people.
  var text: String {
    let tags =
      digests.map { "DS \($0.keyTag) \($0.algorithm) \($0.digestType)" }
      + keys.map { "anchor key \($0.keyTag)" }
    return tags.joined(separator: ", ")
  }
}

extension ChainWalker {
  /// A zone with the keys that its vouchers lead to (RFC 4035 §5.2): the union of all DNSKEY RRsets valid at this time.
  /// - Parameter rests: the weak links of the chain above.
  func keyState(
    of name: Name, vouchers: KeyVouchers, parent: Name?, rests above: [WeakLink], _ moment: inout Moment
  ) -> ZoneState {
    var valid: Set<KeyID> = [], isCurrent = false, rests: [WeakLink]?
    var failures: [(set: ChainEvidence.SignedSet, failure: SignatureFailure)] = []
    for set in evidence.dnskeySets[name] ?? [] {
      switch vouching(for: set.rrset, set.signatures, zone: name, vouchers: vouchers, &moment) {
      case .invalid(let failure): if set.isWhole { failures.append((set, failure)) }
      case .valid(let links):
        if rests.map({ keys.policy.prefers(links, to: $0) }) ?? true { rests = links }
        guard keys.policy.allows(links) else { continue }
        valid.formUnion(signingKeys(of: set.rrset))
        isCurrent = isNear(set, &moment) || isCurrent
      }
    }
    if let rests, !keys.policy.allows(rests) {
      return .ended(keys.policy.verdict(on: rests, "the DNSKEY RRset of \(name)"), at: name)
    }
    if !valid.isEmpty {
      zoneCount += 1
      return .secure(
        SecureZone(
          name: name, id: id(of: name), number: zoneCount, hashings: hashings(of: name, keys: valid),
          parent: parent, keys: valid, vouchers: vouchers, isCurrent: isCurrent,
          weakLinks: above + (rests ?? [])))
    }
    guard let nearest = nearest(of: failures, &moment) else {
      return .ended(missingKeys(of: name, vouchers, &moment), at: name)
    }
    let entry = entryZone(nearest.set.rrset, zone: name, vouchers)
    let verdict = verdict(
      on: nearest.set, nearest.failure, of: entry, asking: "\(name) DNSKEY", &moment)
    return .ended(verdict, at: name)
  }

  /// A zone of which nothing is known yet but the keys of a DNSKEY RRset that its vouchers name.
  private func entryZone(_ rrset: RRsetID, zone: Name, _ vouchers: KeyVouchers) -> SecureZone {
    let trusted = keyIDs(of: rrset).filter {
      isNamed($0, by: vouchers) && isSigningKey(keys[$0].data)
    }
    return SecureZone(
      name: zone, id: id(of: zone), parent: nil, keys: Set(trusted), vouchers: vouchers,
      isCurrent: vouchers.isCurrent, weakLinks: [], words: .unsaid)
  }

  /// What vouchers do for a DNSKEY RRset.
  enum Vouching {
    /// They vouch for it, and it rests on these weak links of its zone.
    case valid([WeakLink])
    /// They do not.
    case invalid(SignatureFailure)
  }

  /// What vouchers do for a DNSKEY RRset with these RRSIGs; of several ways the strongest.
  func vouching(
    for rrset: RRsetID, _ signatures: SignatureIDs, zone: Name, vouchers: KeyVouchers, _ moment: inout Moment
  ) -> Vouching {
    let entry = entryZone(rrset, zone: zone, vouchers)
    guard !entry.keys.isEmpty else { return .invalid(unnamed(rrset, zone, vouchers)) }
    var nearest: SignatureFailure?, strongest: [WeakLink]?
    for signature in signatures where book.fields(of: signature)?.signer == zone {
      switch check(signature, over: rrset, in: entry, &moment) {
      case .invalid(let failure): if nearest.map({ failure.rank < $0.rank }) ?? true { nearest = failure }
      case .valid(let key, _):
        let links = links(of: key, named: vouchers)
        if links.isEmpty { return .valid([]) }
        if strongest.map({ keys.policy.prefers(links, to: $0) }) ?? true { strongest = links }
      }
    }
    if let strongest { return .valid(strongest) }
    return .invalid(
      nearest
        ?? SignatureFailure(
          code: .rrsigsMissing, reason: "the DNSKEY RRset of \(zone) carries no RRSIG of its own zone"))
  }

  /// Why a DNSKEY RRset holds no key that a voucher names and that may sign.
  private func unnamed(_ rrset: RRsetID, _ zone: Name, _ vouchers: KeyVouchers) -> SignatureFailure {
    let members = keyIDs(of: rrset), named = members.filter { isNamed($0, by: vouchers) }
    guard let first = named.first else {
      return SignatureFailure(
        code: .dnskeyMissing,
        reason: "no DNSKEY of \(zone) matches \(vouchers.text); keys seen: \(describe(members))")
    }
    if named.contains(where: { !keys[$0].data.isZoneKey }) {
      return SignatureFailure(
        code: .noZoneKeyBitSet,
        reason: "the only DNSKEY of \(zone) that \(vouchers.text) matches lacks the zone key bit")
    }
    let key = keys[first].data
    return SignatureFailure(
      code: .dnskeyMissing,
      reason:
        "the only DNSKEY of \(zone) that \(vouchers.text) matches \(key.isRevoked ? "is revoked" : "has protocol \(key.protocolNumber)")"
    )
  }

  /// Whether a DNSKEY may sign zone data at all (RFC 4034 §2.1, RFC 5011 §2.1).
  func isSigningKey(_ key: DNSKEYData) -> Bool { key.isZoneKey && key.protocolNumber == 3 && !key.isRevoked }

  /// The keys of a DNSKEY RRset, as far as the limit goes.
  func keyIDs(of rrset: RRsetID) -> [KeyID] {
    if let known = keyLists[rrset] { return known }
    let owner = store.owner(of: rrset)
    var found: [KeyID] = []
    store.forEachRData(of: rrset) { rdata in
      guard found.count < limits.recordsPerKeySet, let data = try? DNSKEYData(rdata) else { return }
      if let id = keys.id(of: data, owner: owner) { found.append(id) }
    }
    keyLists[rrset] = found
    return found
  }

  /// The keys of a DNSKEY RRset that may sign zone data.
  private func signingKeys(of rrset: RRsetID) -> [KeyID] {
    keyIDs(of: rrset).filter { isSigningKey(keys[$0].data) }
  }

  /// Whether a voucher names a key: its digest or the key itself.
  private func isNamed(_ id: KeyID, by vouchers: KeyVouchers) -> Bool {
    let entry = keys[id]
    return vouchers.digests.contains { matches($0, id) }
      || vouchers.keys.contains { isSame($0, as: entry) }
  }

  /// Whether a configured key is one that was seen; flags may have changed.
  func isSame(_ key: DNSKEYData, as entry: KeyStore.Entry) -> Bool {
    key.algorithm == entry.data.algorithm && key.publicKey == entry.data.publicKey
  }

  /// Whether a DS names a key (RFC 4034 §5.1.4): digest over owner and DNSKEY RDATA.
  func matches(_ ds: DSData, _ id: KeyID) -> Bool {
    let entry = keys[id]
    guard ds.keyTag == entry.keyTag, ds.algorithm == entry.data.algorithm else { return false }
    if let digest = keyDigests[id]?[ds.digestType] { return digest == ds.digest }
    guard let digest = ds.digest(of: entry) else { return false }
    keyDigests[id, default: [:]][ds.digestType] = digest
    return digest == ds.digest
  }

  /// Whether a set was seen within its original TTL of the time, before or after; or within more seconds.
  func isNear(_ set: ChainEvidence.SignedSet, atLeast reach: Int64 = 0, _ moment: inout Moment) -> Bool {
    let ttl = set.signatures.lazy.compactMap { self.book.fields(of: $0)?.originalTTL }.max() ?? 0
    let (isSeen, span) = set.sightings.isSeen(within: max(reach, Int64(ttl)), of: moment.time)
    moment.narrow(to: span)
    return isSeen
  }

  /// The failure that tells most, and of those with the same rank the one seen nearest to the time.
  private func nearest(
    of failures: [(set: ChainEvidence.SignedSet, failure: SignatureFailure)], _ moment: inout Moment
  ) -> (set: ChainEvidence.SignedSet, failure: SignatureFailure)? {
    guard let rank = failures.map(\.failure.rank).min() else { return nil }
    let best = failures.filter { $0.failure.rank == rank }
    guard best.count > 1 else { return best.first }
    moment.narrowToNow()
    return best.min {
      ($0.set.sightings.distance(to: moment.time) ?? .max)
        < ($1.set.sightings.distance(to: moment.time) ?? .max)
    }
  }

  /// The verdict where no DNSKEY RRset of a zone was seen at all.
  private func missingKeys(of name: Name, _ vouchers: KeyVouchers, _ moment: inout Moment) -> Verdict {
    if evidence.dnskeySets[name] == nil, isDenied(evidence.dnskeyDenials[name], by: name, &moment) {
      return Verdict(
        .bogus, ede: .dnskeyMissing,
        "\(vouchers.text) of \(name) needs a DNSKEY, and a server of the zone answers that there is none")
    }
    return Verdict(
      .indeterminate, ede: .indeterminate,
      "DNSKEY \(name) was not seen; ask: \(name) DNSKEY +dnssec; the chain reaches \(vouchers.text)")
  }

  /// Seconds that an answer without data may speak for: the longest time that one is kept (RFC 2308 §5).
  static let denialReach: Int64 = 10_800

  /// Whether a server of a zone gave any of the denials, near to the time.
  func isDenied(_ denials: [ChainEvidence.BareDenial]?, by zone: Name, _ moment: inout Moment) -> Bool {
    for denial in denials ?? [] where evidence.servers.zones[denial.server]?.contains(zone) ?? false {
      let (isSeen, span) = denial.sightings.isSeen(within: ChainWalker.denialReach, of: moment.time)
      moment.narrow(to: span)
      if isSeen { return true }
    }
    return false
  }

  /// Keys for people.
  private func describe(_ ids: [KeyID]) -> String {
    let texts = ids.prefix(8).map {
      "\(keys[$0].keyTag) (\(keys[$0].data.isSecureEntryPoint ? "KSK" : "ZSK"))"
    }
    return texts.isEmpty ? "none" : texts.joined(separator: ", ")
  }
}
