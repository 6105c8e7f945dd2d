import Bytes
import DNSWire

/// A name, and the zone that it is looked for in.
struct HashedName: Hashable, Sendable {
  let name: NameID, zone: NameID
}

/// The NSEC3 RRsets of a zone that match one name, and the parameters that they were looked for with.
struct HashedSets: Sendable {
  let parameters: [NSEC3Parameters], sets: [ChainEvidence.DenialSet]
}

extension ChainWalker {
  /// The most sets of NSEC3 parameters looked at for one zone: two, while a zone changes from one to the other, and as
  /// many again for those that come and go in a long capture.
  private static let hashingsPerZone = 4

  /// The NSEC and NSEC3 RRsets of a zone that match a name, wherever they were seen, and show a delegation there.
  func delegationSets(at name: Name, in zone: SecureZone) -> [ChainEvidence.DenialSet] {
    (evidence.cuts.delegationSets[name] ?? []).filter { $0.type == .nsec }
      + (hashedDelegations(at: id(of: name), in: zone) ?? [])
  }

  /// The NSEC3 RRsets among them: their owner is the name's hash with the zone's parameters (RFC 5155 §5). Nil when the
  /// message may have no more names hashed.
  func hashedDelegations(at id: NameID, in zone: SecureZone) -> [ChainEvidence.DenialSet]? {
    let used = zone.hashings, key = HashedName(name: id, zone: zone.id)
    guard !used.isEmpty, id != zone.id else { return [] }
    if let known = hashedSets[key], known.parameters == used { return known.sets }
    var found: [ChainEvidence.DenialSet] = []
    let name = name(id)
    for parameters in used {
      guard let hash = prover.hash(name, parameters) else { return nil }
      guard let owner = zone.name.child(Array(Base32Hex.encode(hash).utf8)) else { continue }
      found += (evidence.cuts.delegationSets[owner] ?? []).filter { $0.type == .nsec3 }
    }
    hashedSets[key] = HashedSets(parameters: used, sets: found)
    return found
  }

  /// The parameters that a zone truly uses: those of RRsets that its keys signed. Anybody can write others, and each
  /// would cost a hash for every name below.
  func hashings(of zone: Name, keys: Set<KeyID>) -> [NSEC3Parameters] {
    var found: [NSEC3Parameters] = []
    for hashing in evidence.cuts.hashings[zone] ?? []
    where hashing.parameters.iterations <= limits.denial.maximumIterations {
      let isSigned = hashing.witnesses.contains { set in
        set.signatures.contains { signature in
          if case .verified(let key) = book.result(set.rrset, signature) {
            keys.contains(key)
          } else {
            false
          }
        }
      }
      if isSigned { found.append(hashing.parameters) }
      if found.count == ChainWalker.hashingsPerZone { break }
    }
    return found
  }
}
