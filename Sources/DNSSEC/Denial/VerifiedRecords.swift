import DNSWire

/// Turns NSEC and NSEC3 RRsets into what provers read, when RRSIGs of the zone validate them.
extension ChainWalker {
  /// The NSEC and NSEC3 RRsets that a zone's keys validate, and the first fault among the zone's others.
  func proven(
    _ sets: some Sequence<ChainEvidence.DenialSet>, in zone: SecureZone, _ moment: inout Moment
  ) -> (DenialEvidence, SignatureFailure?) {
    var evidence = DenialEvidence(zone: zone.name), fault: SignatureFailure?
    for set in sets {
      let own = add(set, to: &evidence, in: zone, &moment)
      if let own, fault.map({ own.rank < $0.rank }) ?? true { fault = own }
    }
    return (evidence, fault)
  }

  /// Adds an NSEC or NSEC3 RRset to what a prover reads, when a zone's keys validate it.
  /// - Returns: why they do not.
  func add(
    _ set: ChainEvidence.DenialSet, to evidence: inout DenialEvidence, in zone: SecureZone,
    _ moment: inout Moment
  ) -> SignatureFailure? {
    guard let signature = validSignature(set.rrset, set.signatures, in: zone, &moment) else {
      return fault(of: set.rrset, set.signatures, in: zone, &moment)
    }
    add(set, signature, to: &evidence, zone: zone.name)
    return nil
  }

  /// The first RRSIG of a zone that validates an RRset.
  private func validSignature(
    _ rrset: RRsetID, _ signatures: SignatureIDs, in zone: SecureZone, _ moment: inout Moment
  ) -> SignatureID? {
    for signature in signatures where book.isSigned(signature, by: zone.name) {
      if case .valid = check(signature, over: rrset, in: zone, &moment) { return signature }
    }
    return nil
  }

  /// Adds a validated NSEC or NSEC3 RRset to what a prover reads; read once.
  private func add(
    _ set: ChainEvidence.DenialSet, _ signature: SignatureID, to evidence: inout DenialEvidence, zone: Name
  ) {
    let place =
      readPlaces.find(set.rrset.rawValue, signature.rawValue) ?? readNew(set, signature, zone: zone)
    ChainWalker.join(readDenials[place].nsec, to: &evidence.nsec)
    ChainWalker.join(readDenials[place].nsec3, to: &evidence.nsec3)
  }

  /// Appends a list to another one, which it becomes when that is empty.
  private static func join<Record>(_ new: [Record], to all: inout [Record]) {
    if all.isEmpty { all = new } else { all += new }
  }

  /// Reads an RRset for the first time.
  /// - Returns: its place among those that were read.
  private func readNew(_ set: ChainEvidence.DenialSet, _ signature: SignatureID, zone: Name) -> Int {
    readPlaces.insert(set.rrset.rawValue, signature.rawValue, readDenials.count)
    readDenials.append(read(set, signature, zone: zone))
    return readDenials.count - 1
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

  /// Whether an NSEC RRset is the parent's side of a cut, or says so for any of its records.
  func showsDelegation(_ rrset: RRsetID) -> Bool {
    var shows = false
    store.forEachRData(of: rrset) { rdata in
      shows = shows || (try? NSECData(rdata)).map { $0.types.isDelegation } ?? true
    }
    return shows
  }
}
