import DNSWire

/// Finds, of all that validates an RRset, what rests on the least weak cryptography: one good path is enough.
extension ChainWalker {
  /// How an RRset is validated.
  enum Validation {
    /// By an RRSIG, with the labels that were signed when the owner was expanded from a wildcard, and the weak links that it
    /// rests on, those of the chain to the zone aside.
    case valid(wildcardLabels: UInt8?, rests: [WeakLink])
    /// By none; the failure that came nearest, nil where the zone signed nothing.
    case invalid(SignatureFailure?)
  }

  /// What the RRSIGs of a zone do for an RRset (RFC 4035 §5.3): the strongest of those that validate it.
  /// - Parameter expansions: whether those count that were made for a wildcard.
  func validation(
    of rrset: RRsetID, _ signatures: SignatureIDs, in zone: SecureZone, expansions: Bool = true,
    _ moment: inout Moment
  ) -> Validation {
    var nearest: SignatureFailure?, strongest: (labels: UInt8?, links: [WeakLink])?
    for id in signatures where book.isSigned(id, by: zone.name) {
      switch check(id, over: rrset, in: zone, &moment) {
      case .invalid(let failure): if nearest.map({ failure.rank < $0.rank }) ?? true { nearest = failure }
      case .valid(_, .some) where !expansions: continue
      case .valid(let key, let labels):
        guard let link = keys.weakLink(of: key) else { return .valid(wildcardLabels: labels, rests: []) }
        if strongest.map({ keys.policy.prefers([link], to: $0.links) }) ?? true {
          strongest = (labels, [link])
        }
      }
    }
    if let strongest { return .valid(wildcardLabels: strongest.labels, rests: strongest.links) }
    return .invalid(nearest)
  }

  /// The weak links that a DNSKEY RRset rests on when this key signs it: the key, and the DS that names it where no better
  /// one does.
  func links(of key: KeyID, named vouchers: KeyVouchers) -> [WeakLink] {
    let entry = keys[key], own = entry.weakLink.map { [$0] } ?? []
    guard !vouchers.keys.contains(where: { isSame($0, as: entry) }) else { return own }
    let named = vouchers.digests.filter { matches($0, key) }.map { $0.weakLink(of: entry.owner) }
    guard let first = named.first, !named.contains(where: { $0 == nil }), let weak = first else { return own }
    return own + [weak]
  }
}
