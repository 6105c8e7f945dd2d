import DNSWire

/// The names between an NSEC's owner and its next name, both left out, in canonical order (RFC 4034 §6.1).
struct NameSpan: Equatable, Sendable {
  /// The name before the span.
  let owner: Name
  /// The name behind the span; the apex behind the last name of the zone.
  let next: Name
  /// The zone's apex, where the order begins.
  let apex: Name

  /// Whether both ends lie in the zone and the span runs forward, or back to the apex (RFC 4034 §4.1.1).
  var isSound: Bool {
    guard owner.isSubdomain(of: apex), next.isSubdomain(of: apex) else { return false }
    return owner < next || next == apex
  }

  /// Whether a name of the zone lies in the span, which has to be sound.
  func covers(_ name: Name) -> Bool { owner < name && (next == apex || name < next) }
}

/// The hashes between an NSEC3's owner and its next hash, both left out, as unsigned numbers (RFC 5155 §1.3).
struct HashSpan: Equatable, Sendable {
  /// The hash before the span.
  let owner: [UInt8]
  /// The hash behind the span.
  let next: [UInt8]

  /// Whether a hash lies in the span. The last span of a zone runs through the end to the first hash; the
  /// span of a zone's only NSEC3 holds everything but its owner.
  func covers(_ hash: [UInt8]) -> Bool {
    if owner.lexicographicallyPrecedes(next) {
      return owner.lexicographicallyPrecedes(hash) && hash.lexicographicallyPrecedes(next)
    }
    if owner == next { return hash != owner }
    return owner.lexicographicallyPrecedes(hash) || hash.lexicographicallyPrecedes(next)
  }
}
