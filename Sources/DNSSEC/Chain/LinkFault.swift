import DNSWire

/// What a link of the chain that fails says: that something is wrong, or only that the capture lacks the link that
/// held at the time.
extension ChainWalker {
  /// The verdict on an RRset of a secure zone that no RRSIG beside it validates, at the time it was seen itself.
  func verdict(on fault: SignatureFailure, in zone: SecureZone) -> Verdict {
    guard fault.code == .dnskeyMissing, !zone.isCurrent || evidence.crowdedOwners.contains(zone.name) else {
      return Verdict(.bogus, ede: fault.code, fault.reason)
    }
    return Verdict(
      .indeterminate, ede: .indeterminate,
      "\(fault.reason); the DNSKEY RRset of \(zone.name) at this time is not known; ask: \(zone.name) DNSKEY +dnssec"
    )
  }

  /// The verdict on a DNSKEY or DS RRset of which only a failing copy was seen, checked with the keys of a zone. A
  /// copy of another time, or one that was in period when it was captured, is missing evidence and no fault.
  func verdict(
    on set: ChainEvidence.SignedSet, _ failure: SignatureFailure, of zone: SecureZone,
    asking question: String,
    _ moment: inout Moment
  ) -> Verdict {
    if let why = excuse(for: failure, set, zone, &moment) {
      return Verdict(.indeterminate, ede: .indeterminate, "\(failure.reason)\(why); ask: \(question) +dnssec")
    }
    return Verdict(.bogus, ede: failure.code, failure.reason)
  }

  /// Why a failing link is missing evidence alone; nil where it is a fault.
  private func excuse(
    for failure: SignatureFailure, _ set: ChainEvidence.SignedSet, _ zone: SecureZone, _ moment: inout Moment
  ) -> String? {
    let owner = store.owner(of: set.rrset), isKeySet = store.type(of: set.rrset) == .dnskey
    if evidence.crowdedOwners.contains(owner) {
      return ", and more RRsets of this name and type were seen than are looked at"
    }
    if failure.isTimeOnly, wasInPeriod(set.rrset, set.signatures, set.sightings, in: zone) {
      return "; a copy that is valid at this time was not seen"
    }
    if failure.code == .dnskeyMissing, !zone.isCurrent || isKeySet && !isNear(set, &moment) {
      let seen = set.sightings.nearest(to: moment.time).map(timeText) ?? "another time"
      return ", only seen at \(seen)"
    }
    if failure.code == .rrsigsMissing, !set.wasAskedWithDO { return ", and signatures were not requested" }
    // Anybody can send one packet: it accuses what was answered about then, not everything before and after.
    if !failure.isTimeOnly, failure.code != .dnskeyMissing,
      !isNear(set, atLeast: ChainWalker.denialReach, &moment)
    {
      let seen = set.sightings.nearest(to: moment.time).map(timeText) ?? "another time"
      return ", only seen at \(seen)"
    }
    return nil
  }

  /// Whether an RRSIG that one of a zone's keys made was within its validity when its RRset was seen.
  func wasInPeriod(
    _ rrset: RRsetID, _ signatures: SignatureIDs, _ sightings: Sightings, in zone: SecureZone
  ) -> Bool {
    signatures.contains { id in
      guard case .verified(let key) = book.result(rrset, id), zone.keys.contains(key) else { return false }
      guard let data = book.fields(of: id), data.signer == zone.name else { return false }
      return sightings.times.contains { time in
        var then = Moment(time)
        return then.compare(data) == .within
      }
    }
  }
}
