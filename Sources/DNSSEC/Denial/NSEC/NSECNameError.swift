import DNSWire

extension NSECChain {
  /// NXDOMAIN by NSEC (RFC 4035 §5.4): the name and the wildcard at its closest encloser do not exist.
  func nameError(_ name: Name) -> DenialOutcome {
    let matches = matching(name)
    if let match = matches.first(where: { !CompactDenial.deniesName($0.data.types) }) {
      return .contradicted("\(match.words) shows that \(name) exists: the rcode should not be NXDOMAIN")
    }
    if !matches.isEmpty { return .proven }
    switch absence(of: name) {
    case .unproven(let missing): return .notProven(missing: missing)
    case .emptyNonTerminal(let next):
      return .contradicted("\(name) exists, \(next) being below it: the rcode should not be NXDOMAIN")
    case .denied(let encloser): return wildcardAbsent(at: encloser, for: name)
    }
  }

  /// Whether the wildcard that could have answered for a name is denied too (RFC 4035 §3.1.3.2).
  func wildcardAbsent(at encloser: Name, for name: Name) -> DenialOutcome {
    guard let wildcard = encloser.wildcardChild else {
      return .notProven(missing: "the wildcard at \(encloser) is too long for a name")
    }
    if let match = matching(wildcard).first {
      return .contradicted("\(match.words) shows a wildcard that answers for \(name)")
    }
    switch absence(of: wildcard) {
    case .denied: return .proven
    case .emptyNonTerminal: return .contradicted("the wildcard \(wildcard) exists and answers for \(name)")
    case .unproven(let missing): return .notProven(missing: missing)
    }
  }
}
