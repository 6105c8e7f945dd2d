import DNSWire

extension NSEC3Chain {
  /// NXDOMAIN by NSEC3 (RFC 5155 §8.4): the name and the wildcard at its closest encloser do not exist;
  /// insecure where the next closer name lies in an opt-out span (RFC 5155 §9.2).
  func nameError(_ name: Name, _ hashes: inout NSEC3Hashes) throws(HashLimitReached) -> DenialOutcome {
    switch try closestEncloser(of: name, &hashes) {
    case .exists(let match):
      if CompactDenial.deniesName(match.data.types) { return .proven }
      return .contradicted("\(match.words) shows that \(name) exists: the rcode should not be NXDOMAIN")
    case .unproven(let missing): return .notProven(missing: missing)
    case .found(let encloser):
      guard let wildcard = encloser.name.wildcardChild else {
        return .notProven(missing: "the wildcard at \(encloser.name) is too long for a name")
      }
      switch try place(of: wildcard, &hashes) {
      case .matched(let match):
        return .contradicted("\(match.words) shows that the wildcard \(wildcard) answers for \(name)")
      case .covered: return encloser.isOptOut ? .insecure(.optOut) : .proven
      case .unknown:
        return .notProven(missing: "no NSEC3 covers the wildcard \(try words(wildcard, &hashes))")
      }
    }
  }
}
