import DNSWire

extension NSEC3Chain {
  /// DS denial by NSEC3 (RFC 5155 §8.6 and §8.9): what is at the name instead of a signed delegation.
  func noDS(_ cut: Name, _ hashes: inout NSEC3Hashes) throws(HashLimitReached) -> DSDenialOutcome {
    switch try closestEncloser(of: cut, &hashes) {
    case .exists(let match): return dsVerdict(in: match.data.types, at: cut)
    case .found(let encloser): return encloser.isOptOut ? .optOut : .notACut(.doesNotExist)
    case .unproven(let missing): return .notProven(missing: missing)
    }
  }
}
