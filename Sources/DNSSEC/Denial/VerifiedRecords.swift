import DNSWire

/// Turns NSEC and NSEC3 RRsets into what provers read, when RRSIGs of the zone validate them.
extension ChainWalker {
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
    _ rrset: RRsetID, _ signatures: SignatureIDs, in zone: SecureZone, _ moment: inout Moment
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
    let read = readDenials[pair] ?? readNew(pair, set, signature, zone: zone)
    if !read.nsec.isEmpty { evidence.nsec = evidence.nsec.isEmpty ? read.nsec : evidence.nsec + read.nsec }
    if !read.nsec3.isEmpty {
      evidence.nsec3 = evidence.nsec3.isEmpty ? read.nsec3 : evidence.nsec3 + read.nsec3
    }
  }

  /// Reads an RRset for the first time.
  private func readNew(
    _ pair: SignaturePair, _ set: ChainEvidence.DenialSet, _ signature: SignatureID, zone: Name
  ) -> DenialEvidence {
    let new = read(set, signature, zone: zone)
    readDenials[pair] = new
    return new
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
