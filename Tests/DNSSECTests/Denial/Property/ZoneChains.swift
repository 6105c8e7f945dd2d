import Bytes
import Crypto
import DNSSEC
import DNSWire
import Testing

/// The NSEC chain of a zone, in order, and a server's choice of the records that a proof needs.
struct NSECZone {
  let zone: ZoneModel
  let chain: [ProvenNSEC]

  /// Signs a zone with NSEC.
  init(_ zone: ZoneModel) throws {
    self.zone = zone
    let owners = zone.owners.keys.sorted()
    chain = try owners.indices.map { index in
      let next = index + 1 < owners.count ? owners[index + 1] : zone.apex
      let types = (zone.owners[owners[index]] ?? []).union([.rrsig, .nsec])
      let data = try NSECData((next.wire + typeBitmapWire(Array(types))).span)
      return ProvenNSEC(owner: owners[index], data: data, zone: zone.apex, isWildcardExpanded: false)
    }
  }

  /// Every record of the chain.
  var all: DenialEvidence { DenialEvidence(zone: zone.apex, nsec: chain) }

  /// The records that a server sends for a name and a type, as RFC 4035 §3.1.3 lists them.
  func needed(_ name: Name, _ truth: ZoneModel.Truth) -> [ProvenNSEC] {
    let wildcard = zone.closestEncloser(of: name).wildcardChild ?? name
    switch truth {
    case .noData: return [at(name)]
    case .wildcardAnswer: return [at(name)]
    case .nameError, .wildcardNoData: return at(name) == at(wildcard) ? [at(name)] : [at(name), at(wildcard)]
    case .answer, .elsewhere: return []
    }
  }

  /// The record that matches or covers a name.
  private func at(_ name: Name) -> ProvenNSEC { chain.last { $0.owner <= name } ?? chain[0] }
}

/// An NSEC3 chain of a zone, in order of hashes, and a server's choice of the records that a proof needs.
struct NSEC3Zone {
  let zone: ZoneModel
  /// The names that have an NSEC3.
  let names: Set<Name>
  let chain: [ProvenNSEC3]
  private static let salt: [UInt8] = [1, 2], iterations: UInt16 = 1

  /// Signs a zone with NSEC3; with opt-out, unsigned delegations and what exists only above them have no
  /// record.
  init(_ zone: ZoneModel, optOut: Bool) throws {
    self.zone = zone
    let unsigned = zone.owners.keys.filter { zone.isCut($0) && zone.owners[$0]?.contains(.ds) == false }
    let owners = optOut ? Set(zone.owners.keys).subtracting(unsigned) : Set(zone.owners.keys)
    names = Set(owners.flatMap(zone.enclosers))
    let hashed = names.map { (NSEC3Zone.hash($0), $0) }.sorted { $0.0.lexicographicallyPrecedes($1.0) }
    chain = try hashed.indices.map { index in
      let (hash, name) = hashed[index]
      let data = try nsec3Data(
        flags: optOut ? 1 : 0, iterations: NSEC3Zone.iterations, salt: NSEC3Zone.salt,
        next: hashed[(index + 1) % hashed.count].0, types: Array(zone.owners[name] ?? []))
      let owner = try #require(zone.apex.child(Array(Base32Hex.encode(hash).utf8)))
      return try #require(
        ProvenNSEC3(owner: owner, data: data, zone: zone.apex, isWildcardExpanded: false))
    }
  }

  /// Every record of the chain.
  var all: DenialEvidence { DenialEvidence(zone: zone.apex, nsec3: chain) }

  /// The longest name above or at a name that has an NSEC3.
  func provableEncloser(of name: Name) -> Name {
    zone.enclosers(of: name).first(where: names.contains) ?? zone.apex
  }

  /// The records that a server sends for a name and a type, as RFC 5155 §7.2 lists them.
  func needed(_ name: Name, _ truth: ZoneModel.Truth) -> [ProvenNSEC3] {
    let encloser = provableEncloser(of: name)
    let nextCloser = name.suffix(labels: encloser.labelCount + 1)
    let wildcard = encloser.wildcardChild ?? name
    let records =
      switch truth {
      case .noData where names.contains(name): [at(name)]
      case .noData: [at(encloser), at(nextCloser)]
      case .wildcardAnswer: [at(nextCloser)]
      case .nameError, .wildcardNoData: [at(encloser), at(nextCloser), at(wildcard)]
      case .answer, .elsewhere: [ProvenNSEC3]()
      }
    return records.enumerated().filter { !records[..<$0.offset].contains($0.element) }.map(\.element)
  }

  /// The record that matches or covers a name's hash.
  private func at(_ name: Name) -> ProvenNSEC3 {
    let hash = NSEC3Zone.hash(name)
    return chain.last { !hash.lexicographicallyPrecedes($0.hashedOwner) } ?? chain[chain.count - 1]
  }

  private static func hash(_ name: Name) -> [UInt8] {
    IteratedHash.sha1(name: name.canonical.wire.span, salt: salt.span, iterations: Int(iterations))
  }
}
