import DNSWire

/// Decides what verified NSEC and NSEC3 records prove (RFC 4035 §5.4, RFC 5155 §8, RFC 6840 §4, RFC 9824).
///
/// Values in, verdict out: signatures, times and the choice of the zone are the caller's. NSEC and every set
/// of NSEC3 parameters are chains of their own; one of them must carry the whole proof.
package struct DenialProver: Sendable {
  /// What one denial may cost.
  package let limits: DenialLimits
  /// Denials that stopped at a limit of hashes since this prover was made, or since its message began.
  package private(set) var limitsReached = 0
  /// The hashes.
  private var hashes: NSEC3Hashes

  /// A prover with limits.
  package init(limits: DenialLimits = DenialLimits()) {
    self.limits = limits
    hashes = NSEC3Hashes(limits: limits)
  }

  /// Names hashed since this prover was made.
  package var hashesDone: Int { hashes.total }
  /// Names hashed since its message began, and the blocks of SHA-1 that they took.
  var messageCost: (hashes: Int, blocks: Int) { (hashes.done, hashes.blocks) }

  /// Begins with another message: what comes is counted against its limit, and no name of it is hashed twice.
  mutating func beginMessage() {
    hashes.beginMessage()
    limitsReached = 0
  }

  /// The hash of a name outside of a denial; nil when the message may have no more.
  mutating func hash(_ name: Name, _ parameters: NSEC3Parameters) -> [UInt8]? {
    hashes.beginDenial()
    return try? hashes.hash(name, parameters)
  }

  /// NXDOMAIN: neither the name nor a wildcard for it exists.
  package mutating func proveNameError(name: Name, evidence: DenialEvidence) -> DenialOutcome {
    decide(name, evidence) { chain in
      chain.nameError(name)
    } byNSEC3: { (chain, hashes) throws(HashLimitReached) in
      try chain.nameError(name, &hashes)
    }
  }

  /// NODATA: the name, or the wildcard that answers for it, exists without the type.
  package mutating func proveNoData(name: Name, type: RecordType, evidence: DenialEvidence) -> DenialOutcome {
    decide(name, evidence) { chain in
      chain.noData(name, type)
    } byNSEC3: { (chain, hashes) throws(HashLimitReached) in
      try chain.noData(name, type, &hashes)
    }
  }

  /// A wildcard answer: nothing closer to the name than its source exists (RFC 4035 §5.3.4).
  /// - Parameter sourceLabels: the labels field of the answer's RRSIG.
  package mutating func proveWildcardExpansion(
    name: Name, sourceLabels: UInt8, evidence: DenialEvidence
  ) -> DenialOutcome {
    switch WildcardExpansion.of(name, sourceLabels: Int(sourceLabels), zone: evidence.zone) {
    case .none: return .proven
    case .impossible(let reason): return .contradicted(reason)
    case .expanded(let expansion):
      return decide(name, evidence) { chain in
        chain.wildcardExpansion(expansion)
      } byNSEC3: { (chain, hashes) throws(HashLimitReached) in
        try chain.wildcardExpansion(expansion, &hashes)
      }
    }
  }

  /// The answer to the question whether a zone without DS begins at a name.
  package mutating func proveNoDS(cut: Name, evidence: DenialEvidence) -> DSDenialOutcome {
    decide(cut, evidence) { chain in
      chain.noDS(cut)
    } byNSEC3: { (chain, hashes) throws(HashLimitReached) in
      try chain.noDS(cut, &hashes)
    }
  }

  /// Asks every chain of the evidence and takes the verdict of the highest rank.
  private mutating func decide<Verdict: DenialVerdict>(
    _ name: Name, _ evidence: DenialEvidence,
    byNSEC: (NSECChain) -> Verdict,
    byNSEC3: (NSEC3Chain, inout NSEC3Hashes) throws(HashLimitReached) -> Verdict
  ) -> Verdict {
    guard name.isSubdomain(of: evidence.zone) else {
      return .notProven(missing: "\(name) is not in the zone \(evidence.zone)")
    }
    let nsec = NSECChain(evidence), nsec3 = NSEC3Chains(evidence, limits: limits)
    var verdicts = nsec.records.isEmpty ? [] : [byNSEC(nsec)]
    hashes.beginDenial()
    do throws(HashLimitReached) {
      for chain in nsec3.usable where !verdicts.contains(where: \.isFinal) {
        verdicts.append(try byNSEC3(chain, &hashes))
      }
    } catch {
      limitsReached += 1
      verdicts.append(.notProven(missing: error.sentence))
    }
    if let count = nsec3.iterationsAboveLimit { verdicts.append(.tooManyIterations(count)) }
    return strongest(verdicts, of: evidence.zone, leftOut: [nsec.leftOut, nsec3.leftOut].compactMap(\.self))
  }

  /// The verdict of the highest rank; where all proofs are missing, one sentence that says all of it.
  private func strongest<Verdict: DenialVerdict>(
    _ verdicts: [Verdict], of zone: Name, leftOut: [String]
  ) -> Verdict {
    if let best = verdicts.max(by: { $0.rank < $1.rank }), best.missing == nil { return best }
    var sentences = verdicts.compactMap(\.missing)
    if sentences.isEmpty { sentences = ["no NSEC or NSEC3 of \(zone) that could deny is here"] }
    return .notProven(missing: (sentences + leftOut).joined(separator: "; "))
  }
}
