import DNSWire

/// DS RRsets: which of a name's hold, and which of their records may be used.
extension ChainWalker {
  /// The DS RRsets at a name that the zone above signed, valid at this time; else the verdict on the nearest failure.
  func digestSets(
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

  /// The records of a DS RRset, as far as the limit goes.
  func digestRecords(of rrset: RRsetID) -> [DSData] {
    var found: [DSData] = []
    store.forEachRData(of: rrset) { rdata in
      guard found.count < limits.recordsPerKeySet, let data = try? DSData(rdata) else { return }
      found.append(data)
    }
    return found
  }

  /// Whether algorithm and digest type of a DS are supported, and the policy has nothing against them.
  func isUsable(_ ds: DSData) -> Bool { keys.policy.supports(ds) && keys.policy.allows(.of(ds)) }

  /// The DS records to use: those that may be, without SHA-1 where the algorithm has a better digest (RFC 4509 §3).
  func usable(_ all: [DSData]) -> [DSData] {
    let usable = all.filter(isUsable)
    return usable.filter { ds in
      ds.digestType != 1 || !usable.contains { $0.digestType != 1 && $0.algorithm == ds.algorithm }
    }
  }

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
}
