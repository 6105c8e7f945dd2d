import Bytes
import DNSWire

/// A trust anchor (RFC 4033 §2): the digest of a zone's key, or the key itself, and when it may be used.
package struct TrustAnchor: Sendable {
  /// What identifies the key.
  package enum Key: Sendable {
    case digest(DSData)
    case key(DNSKEYData)
  }

  /// The zone, canonical.
  package let zone: Name
  /// What identifies its key.
  package let key: Key
  /// First and last second in force; nil for no bound.
  package let validFrom: Int64?, validUntil: Int64?
  /// Whether RFC 5011 is followed for it; if not it is in force whatever its zone says.
  package let isFollowed: Bool
  /// `built-in`, or the file and line it came from.
  package let source: String

  /// From the fields.
  package init(
    zone: Name, key: Key, validFrom: Int64? = nil, validUntil: Int64? = nil, isFollowed: Bool = true,
    source: String
  ) {
    (self.zone, self.key, self.source) = (zone.canonical, key, source)
    (self.validFrom, self.validUntil, self.isFollowed) = (validFrom, validUntil, isFollowed)
  }

  /// The same, in force for another period.
  func with(from start: Int64?, until end: Int64?) -> TrustAnchor {
    TrustAnchor(
      zone: zone, key: key, validFrom: start, validUntil: end, isFollowed: isFollowed, source: source)
  }

  /// Whether it is a key that is revoked, and so no anchor (RFC 5011 §2.1).
  var isRevoked: Bool {
    if case .key(let key) = key { key.isRevoked } else { false }
  }

  /// Key tag of the key that it names.
  package var keyTag: UInt16 {
    switch key {
    case .digest(let ds): ds.keyTag
    case .key(let dnskey): dnskey.keyTag
    }
  }

  /// Algorithm of the key that it names.
  package var algorithm: UInt8 {
    switch key {
    case .digest(let ds): ds.algorithm
    case .key(let dnskey): dnskey.algorithm
    }
  }
}

extension TrustAnchor {
  /// The root's KSKs with the periods of IANA's root-anchors.xml (RFC 9718).
  package static let builtIn: [TrustAnchor] = [
    root(
      19036, "49AAC11D7B6F6446702E54A1607371607A1A41855200FD2CE1CDDE32F24E8FB5", from: (2010, 7, 15),
      until: (2019, 1, 11)),
    root(20326, "E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D", from: (2017, 2, 2)),
    root(38696, "683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16", from: (2024, 7, 18)),
  ]

  /// A root KSK of algorithm 8 with its SHA-256 digest and its first and last day.
  private static func root(
    _ keyTag: UInt16, _ digest: String, from: (Int64, Int64, Int64), until: (Int64, Int64, Int64)? = nil
  ) -> TrustAnchor {
    let ds = DSData(keyTag: keyTag, algorithm: 8, digestType: 2, digest: Hex.decode(digest) ?? [])
    let midnight = { (day: (Int64, Int64, Int64)) in
      CivilTime.seconds(year: day.0, month: day.1, day: day.2, hour: 0, minute: 0, second: 0)
    }
    return TrustAnchor(
      zone: .root, key: .digest(ds), validFrom: midnight(from), validUntil: until.flatMap(midnight),
      source: "built-in")
  }
}
