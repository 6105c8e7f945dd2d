import DNSWire

/// The first link of a chain: a zone that trust anchors name.
extension ChainWalker {
  /// The zone of an anchor in force; nil when there is none at this name, so that one further up may serve. A trust
  /// point whose keys are all revoked is as if it had never been configured (RFC 5011 §5).
  func anchoredZone(_ name: Name, _ moment: inout Moment) -> ZoneState? {
    guard let configured = anchors[name] else { return nil }
    let (usable, unusable) = vouchers(of: configured, &moment)
    if !usable.isEmpty { return keyState(of: name, vouchers: usable, parent: nil, rests: [], &moment) }
    return unusable.map { .ended($0, at: name) }
  }

  /// What the anchors of one zone that are in force vouch with, and the verdict where they are of algorithms and digest
  /// types that are not supported (RFC 4035 §5.2).
  func vouchers(of anchors: [TrustAnchor], _ moment: inout Moment) -> (
    usable: KeyVouchers, unusable: Verdict?
  ) {
    var vouchers = KeyVouchers(), unusable: Verdict?
    for anchor in anchors where moment.compare(from: anchor.validFrom, until: anchor.validUntil) == .within {
      switch anchor.key {
      case .digest(let ds) where isUsable(ds): vouchers.digests.append(ds)
      case .key(let key) where isUsable(key.algorithm): vouchers.keys.append(key)
      case .digest(let ds): unusable = unsupported([ds], of: anchor.zone)
      case .key(let key):
        unusable = Verdict(
          .insecure, ede: .unsupportedDNSKEYAlgorithm,
          "the anchor of \(anchor.zone) has algorithm \(key.algorithm), which is not supported or not allowed by the policy"
        )
      }
    }
    return (vouchers, unusable)
  }

  /// Whether an algorithm is supported, and the policy has nothing against it.
  private func isUsable(_ algorithm: UInt8) -> Bool {
    keys.policy.scheme(of: algorithm) != nil && keys.policy.allows(.of(algorithm: algorithm))
  }
}
