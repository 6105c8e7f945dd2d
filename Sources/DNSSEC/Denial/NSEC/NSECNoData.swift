import DNSWire

extension NSECChain {
  /// NODATA by NSEC (RFC 4035 §5.4): the name exists without the type, or a wildcard without it answers for
  /// the name.
  func noData(_ name: Name, _ type: RecordType) -> DenialOutcome {
    if let verdict = noData(at: name, type, throughWildcard: false) { return verdict }
    switch absence(of: name) {
    case .unproven(let missing): return .notProven(missing: missing)
    case .emptyNonTerminal: return .proven
    case .denied(let encloser): return wildcardNoData(at: encloser, for: name, type)
    }
  }

  /// Wildcard NODATA (RFC 4035 §3.1.3.4): the name does not exist, the wildcard at its closest encloser has
  /// not the type.
  private func wildcardNoData(at encloser: Name, for name: Name, _ type: RecordType) -> DenialOutcome {
    guard let wildcard = encloser.wildcardChild else {
      return .notProven(missing: "the wildcard at \(encloser) is too long for a name")
    }
    if let verdict = noData(at: wildcard, type, throughWildcard: true) { return verdict }
    switch absence(of: wildcard) {
    case .emptyNonTerminal: return .proven
    case .denied:
      return .contradicted("\(name) and \(wildcard) do not exist: the rcode should be NXDOMAIN")
    case .unproven:
      return .notProven(missing: "no NSEC matches \(name), nor \(wildcard), nor covers the wildcard")
    }
  }

  /// What the records that match an owner say of a type; nil when there are none.
  private func noData(at owner: Name, _ type: RecordType, throughWildcard: Bool) -> DenialOutcome? {
    let verdicts = matching(owner).map {
      noDataVerdict(type, in: $0.data.types, at: owner, throughWildcard: throughWildcard, by: $0)
    }
    return verdicts.first { $0 != .proven } ?? verdicts.first
  }
}
