import DNSWire

/// A key of a trust point, and what RFC 5011 says of it.
package struct TrackedKey: Sendable {
  /// The configured anchor that names it; nil for a key that was learned.
  package let anchor: TrustAnchor?
  /// The key with REVOKE clear; nil as long as an anchor's digest is all that is known of it.
  package var key: DNSKEYData?
  /// Where it stands, since which second, and when an addition becomes possible.
  package var state: AnchorKeyState, since: Int64?, holdDownUntil: Int64?
  /// First and last second in which a valid DNSKEY RRset showed it.
  package var firstSeen: Int64?, lastSeen: Int64?
  /// First and last second of the period that is configured for it, now or when an earlier run kept it; nil for no bound.
  package var validFrom: Int64?, validUntil: Int64?
  /// The packet that showed first what its state rests on.
  package var frame: Int?
  /// When a learned key became a trust anchor, and when a key was revoked.
  var trustedFrom: Int64?, revokedAt: Int64?
  /// Where it comes from: that of its anchor, `learned`, or the line of a file of states.
  package var source: String

  /// A configured anchor.
  init(_ anchor: TrustAnchor) {
    (self.anchor, state, source) = (anchor, .valid, anchor.source)
    (validFrom, validUntil) = (anchor.validFrom, anchor.validUntil)
    if case .key(let key) = anchor.key { self.key = key.withoutRevocation }
  }

  /// A learned key.
  init(_ key: DNSKEYData, _ state: AnchorKeyState, since: Int64?, source: String = "learned") {
    (anchor, self.key, self.state, self.since) = (nil, key.withoutRevocation, state, since)
    self.source = source
  }

  /// Key tag without REVOKE, and algorithm.
  package var keyTag: UInt16 { anchor?.keyTag ?? key?.keyTag ?? 0 }
  /// See `keyTag`.
  package var algorithm: UInt8 { anchor?.algorithm ?? key?.algorithm ?? 0 }
  /// Whether its state changes with what its zone says.
  package var isFollowed: Bool { anchor?.isFollowed ?? true }

  /// The trust anchor that it is or was; nil for a key that never became one. The period of a configured anchor stands:
  /// following a zone may end it, and never makes it longer.
  func trustAnchor(of zone: Name) -> TrustAnchor? {
    let end = [validUntil, revokedAt.map { $0 &- 1 }].compactMap(\.self).min()
    if let anchor { return anchor.with(from: validFrom, until: end) }
    guard let key, let trustedFrom else { return nil }
    return TrustAnchor(
      zone: zone, key: .key(key), validFrom: max(trustedFrom, validFrom ?? trustedFrom), validUntil: end,
      source: source)
  }

  /// Whether a second lies in its period.
  func isInForce(at time: Int64) -> Bool {
    validFrom.map { $0 <= time } ?? true && validUntil.map { time <= $0 } ?? true
  }

  /// Whether this is about a key that a DNSKEY RRset shows.
  func isAbout(_ other: DNSKEYData, of zone: Name) -> Bool {
    if let key { return key.algorithm == other.algorithm && key.publicKey == other.publicKey }
    guard case .digest(let ds)? = anchor?.key else { return false }
    let plain = other.withoutRevocation
    return ds.names(KeyStore.Entry(owner: zone, data: plain, keyTag: plain.keyTag, publicKey: nil))
  }
}

extension DNSKEYData {
  /// The same key with REVOKE clear, as it was before it was revoked: its tag is another one (RFC 5011 §3).
  var withoutRevocation: DNSKEYData { with(revoked: false) }

  /// The same key with REVOKE set or clear.
  func with(revoked: Bool) -> DNSKEYData {
    guard isRevoked != revoked else { return self }
    var octets = rdata
    octets[1] ^= 0x80
    return (try? DNSKEYData(octets.span)) ?? self
  }
}
