import DNSWire

extension NSECChain {
  /// DS denial by NSEC (RFC 4035 §5.2, RFC 6840 §4.4): what is at the name instead of a signed delegation.
  func noDS(_ cut: Name) -> DSDenialOutcome {
    let verdicts = matching(cut).map { dsVerdict(in: $0.data.types, at: cut) }
    if let verdict = verdicts.max(by: { $0.rank < $1.rank }) { return verdict }
    switch absence(of: cut) {
    case .denied: return .notACut(.doesNotExist)
    case .emptyNonTerminal: return .notACut(.emptyNonTerminal)
    case .unproven(let missing): return .notProven(missing: missing)
    }
  }
}
