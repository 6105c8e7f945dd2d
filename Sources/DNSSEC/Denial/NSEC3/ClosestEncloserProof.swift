import DNSWire

/// The closest provable encloser of a name that does not exist (RFC 5155 §7.2.1).
struct ClosestEncloser: Sendable {
  /// The longest name above the denied one that an NSEC3 matches.
  let name: Name
  /// Whether the record that covers the next closer name has opt-out set: an unsigned delegation may hide
  /// there.
  let isOptOut: Bool
}

extension NSEC3Chain {
  /// What comes of looking for a name's closest encloser.
  enum EncloserProof {
    /// The name itself is matched: it exists.
    case exists(ProvenNSEC3)
    /// The name does not exist, or only in an opt-out span.
    case found(ClosestEncloser)
    /// Neither is proven; the sentence says what is missing.
    case unproven(String)
  }

  /// The closest encloser proof (RFC 5155 §8.3): the longest match from the name upwards, neither a
  /// delegation nor a DNAME, and a record that covers the next closer name.
  func closestEncloser(of name: Name, _ hashes: inout NSEC3Hashes) throws(HashLimitReached) -> EncloserProof {
    for labels in stride(from: name.labelCount, through: zone.labelCount, by: -1) {
      let candidate = name.suffix(labels: labels)
      guard case .matched(let match) = try place(of: candidate, &hashes) else { continue }
      if labels == name.labelCount { return .exists(match) }
      guard !match.data.types.hidesNamesBelow else {
        return .unproven(
          "\(match.words) of \(candidate) has a delegation or a DNAME and denies nothing below it")
      }
      let nextCloser = name.suffix(labels: labels + 1)
      guard case .covered(let cover) = try place(of: nextCloser, &hashes) else {
        return .unproven("no NSEC3 covers the next closer name \(try words(nextCloser, &hashes))")
      }
      return .found(ClosestEncloser(name: candidate, isOptOut: cover.data.isOptOut))
    }
    return .unproven("no NSEC3 matches \(name) or a closest encloser of it in \(zone)")
  }
}
