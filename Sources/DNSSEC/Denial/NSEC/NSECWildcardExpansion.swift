import DNSWire

extension NSECChain {
  /// A wildcard answer by NSEC (RFC 4035 §5.3.4): nothing exists between the name and the wildcard's parent.
  func wildcardExpansion(_ expansion: WildcardExpansion) -> DenialOutcome {
    let (name, nextCloser) = (expansion.name, expansion.nextCloser)
    if let match = matching(name).first ?? matching(nextCloser).first {
      return .contradicted("\(match.words) shows that \(match.owner) exists: no wildcard answers for \(name)")
    }
    switch absence(of: nextCloser) {
    case .unproven(let missing): return .notProven(missing: missing)
    case .emptyNonTerminal(let next):
      return .contradicted("\(nextCloser) exists, \(next) being below it: no wildcard answers for \(name)")
    case .denied(let encloser):
      guard encloser == expansion.closestEncloser else {
        return .contradicted(
          "the NSEC that covers \(name) also denies its wildcard's parent \(expansion.closestEncloser)")
      }
      return .proven
    }
  }
}
