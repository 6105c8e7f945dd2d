import DNSWire

extension NSEC3Chain {
  /// A wildcard answer by NSEC3 (RFC 5155 §8.8): the next closer name does not exist. The signature itself
  /// shows the closest encloser.
  func wildcardExpansion(
    _ expansion: WildcardExpansion, _ hashes: inout NSEC3Hashes
  ) throws(HashLimitReached) -> DenialOutcome {
    switch try place(of: expansion.nextCloser, &hashes) {
    case .matched(let match):
      return .contradicted(
        "\(match.words) shows that \(expansion.nextCloser) exists: no wildcard answers for \(expansion.name)")
    case .covered(let cover): return cover.data.isOptOut ? .insecure(.optOut) : .proven
    case .unknown:
      return .notProven(
        missing: "no NSEC3 covers the next closer name \(try words(expansion.nextCloser, &hashes))")
    }
  }
}
