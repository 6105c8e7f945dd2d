import DNSWire

/// An answer that was made from a wildcard, as its RRSIG's labels field tells (RFC 4035 §5.3.4, RFC 5155
/// §8.8).
struct WildcardExpansion: Equatable, Sendable {
  /// The answer's owner.
  let name: Name
  /// The closest encloser that the signature claims: the wildcard's parent.
  let closestEncloser: Name
  /// The closest encloser with one more label of the name: what must not exist.
  let nextCloser: Name

  /// What a labels field says of an owner.
  enum Reading: Equatable {
    /// The owner is signed as it stands; nothing has to be denied.
    case none
    /// The labels field cannot be true.
    case impossible(String)
    /// Made from a wildcard.
    case expanded(WildcardExpansion)
  }

  /// Compares an owner with the labels field of its RRSIG; a leading `*` is not counted (RFC 4034 §3.1.3).
  static func of(_ name: Name, sourceLabels: Int, zone: Name) -> Reading {
    let labels = name.labelCount
    guard sourceLabels <= labels else {
      return .impossible("the RRSIG counts \(sourceLabels) labels, its owner \(name) has \(labels)")
    }
    if sourceLabels == labels || (name.isWildcard && sourceLabels == labels - 1) { return .none }
    guard sourceLabels >= zone.labelCount else {
      return .impossible("the wildcard that \(name) is made from lies above the zone \(zone)")
    }
    return .expanded(
      WildcardExpansion(
        name: name, closestEncloser: name.suffix(labels: sourceLabels),
        nextCloser: name.suffix(labels: sourceLabels + 1)))
  }
}
