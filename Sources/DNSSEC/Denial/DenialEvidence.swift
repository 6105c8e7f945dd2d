import Bytes
import DNSWire

/// An NSEC whose RRSIG verified. A reference: it is read once, and stands in the evidence of thousands of messages.
package final class ProvenNSEC: Sendable {
  /// Where it stands in the zone.
  package let owner: Name
  /// Next name and types.
  package let data: NSECData
  /// The zone that signed it.
  package let zone: Name
  /// Whether the RRSIG's labels field is smaller than the owner's label count: made from a wildcard.
  package let isWildcardExpanded: Bool
  /// The names that it denies, and whether that span is sound.
  let span: NameSpan, isSound: Bool

  /// From the record, its RRSIG's signer, and what the RRSIG's labels field says.
  package init(owner: Name, data: NSECData, zone: Name, isWildcardExpanded: Bool) {
    (self.owner, self.data, self.zone) = (owner.folded, data, zone.folded)
    self.isWildcardExpanded = isWildcardExpanded
    span = NameSpan(owner: self.owner, next: data.nextName, apex: self.zone)
    isSound = span.isSound
  }
}

/// An NSEC3 whose RRSIG verified. A reference too.
package final class ProvenNSEC3: Sendable {
  /// The hash that its first label encodes.
  package let hashedOwner: [UInt8]
  /// Parameters, next hash and types.
  package let data: NSEC3Data
  /// The zone that signed it.
  package let zone: Name
  /// How it hashes, and the hashes that it denies.
  let parameters: NSEC3Parameters, span: HashSpan

  /// Octets of a SHA-1 hash.
  package static let sha1Length = 20

  /// Nil unless the owner is one hash label below the zone (RFC 5155 §3), of the length that its algorithm
  /// gives, and was not made from a wildcard: `*` is no hash.
  package init?(owner: Name, data: NSEC3Data, zone: Name, isWildcardExpanded: Bool) {
    guard !isWildcardExpanded, owner.parent == zone, let label = owner.labels.first else { return nil }
    guard let hash = Base32Hex.decode(label), data.nextHashedOwner.count == hash.count else { return nil }
    if data.hashAlgorithm == NSEC3Parameters.sha1, hash.count != ProvenNSEC3.sha1Length { return nil }
    (self.hashedOwner, self.data, self.zone) = (hash, data, zone.folded)
    parameters = NSEC3Parameters(data)
    span = HashSpan(owner: hash, next: data.nextHashedOwner)
  }
}

extension ProvenNSEC: Hashable {
  /// Whether two say the same for the same zone.
  package static func == (a: ProvenNSEC, b: ProvenNSEC) -> Bool {
    a === b
      || a.owner == b.owner && a.data == b.data && a.zone == b.zone
        && a.isWildcardExpanded == b.isWildcardExpanded
  }

  /// Hashes what tells records of a zone apart.
  package func hash(into hasher: inout Hasher) { hasher.combine(owner) }
}

extension ProvenNSEC3: Hashable {
  /// Whether two say the same for the same zone.
  package static func == (a: ProvenNSEC3, b: ProvenNSEC3) -> Bool {
    a === b || a.hashedOwner == b.hashedOwner && a.data == b.data && a.zone == b.zone
  }

  /// Hashes what tells records of a zone apart.
  package func hash(into hasher: inout Hasher) { hasher.combine(hashedOwner) }
}

/// The verified denial records of one message (for a DS question: of whatever is valid at that time) for one
/// zone.
package struct DenialEvidence: Sendable {
  /// The zone that is to deny: the apex at or above the denied name.
  package var zone: Name
  /// Its NSEC records; those of other zones are passed over.
  package var nsec: [ProvenNSEC]
  /// Its NSEC3 records; those of other zones are passed over.
  package var nsec3: [ProvenNSEC3]

  /// Evidence for a zone.
  package init(zone: Name, nsec: [ProvenNSEC] = [], nsec3: [ProvenNSEC3] = []) {
    (self.zone, self.nsec, self.nsec3) = (zone, nsec, nsec3)
  }
}
