import DNSWire

extension NSEC3Chain {
  /// NODATA by NSEC3 (RFC 5155 §8.5-8.7): a match without the type, a wildcard without it, or an opt-out
  /// span.
  func noData(
    _ name: Name, _ type: RecordType, _ hashes: inout NSEC3Hashes
  ) throws(HashLimitReached) -> DenialOutcome {
    switch try closestEncloser(of: name, &hashes) {
    case .exists(let match):
      return noDataVerdict(type, in: match.data.types, at: name, throughWildcard: false, by: match)
    case .unproven(let missing): return .notProven(missing: missing)
    case .found(let encloser): return try wildcardNoData(at: encloser, for: name, type, &hashes)
    }
  }

  /// NODATA for a name without an NSEC3 of its own: the wildcard has not the type (RFC 5155 §8.7), or the
  /// next closer name lies in an opt-out span. Opt-out serves DS (§8.6) and, by erratum 3441, any type: a
  /// name that only unsigned delegations lie below has no NSEC3 either.
  private func wildcardNoData(
    at encloser: ClosestEncloser, for name: Name, _ type: RecordType, _ hashes: inout NSEC3Hashes
  ) throws(HashLimitReached) -> DenialOutcome {
    guard let wildcard = encloser.name.wildcardChild else {
      return .notProven(missing: "the wildcard at \(encloser.name) is too long for a name")
    }
    switch try place(of: wildcard, &hashes) {
    case .matched(let match):
      let verdict = noDataVerdict(
        type, in: match.data.types, at: wildcard, throughWildcard: true, by: match)
      return verdict == .proven && encloser.isOptOut ? .insecure(.optOut) : verdict
    case _ where encloser.isOptOut: return .insecure(.optOut)
    case .covered:
      return .contradicted("\(name) and \(wildcard) do not exist: the rcode should be NXDOMAIN")
    case .unknown:
      return .notProven(missing: "no NSEC3 matches \(name), nor the wildcard \(try words(wildcard, &hashes))")
    }
  }
}
