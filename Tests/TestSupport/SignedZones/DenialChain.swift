import Bytes
import Crypto
import DNSWire

/// How a zone proves that something is not there.
package enum DenialMethod: Sendable {
  /// RFC 4034 §4.
  case nsec
  /// RFC 5155, with or without opt-out.
  case nsec3(salt: [UInt8] = [], iterations: UInt16 = 0, optOut: Bool = false)
}

/// The NSEC or NSEC3 RRsets of a zone, in their order around the circle.
struct DenialChain {
  private let apex: Name, method: DenialMethod
  /// Place on the circle: a name's labels from the right, or a hash.
  private let entries: [(place: [UInt8], rrset: ZoneRRset)]

  /// A chain over the names of a zone with the types at each; those in `optional` are left out under opt-out.
  init(apex: Name, method: DenialMethod, names: [Name: [RecordType]], unsignedCuts: Set<Name>, ttl: UInt32) {
    (self.apex, self.method) = (apex, method)
    switch method {
    case .nsec: entries = DenialChain.nsec(names, ttl)
    case .nsec3(_, _, let optOut):
      let kept = optOut ? names.filter { !unsignedCuts.contains($0.key) } : names
      entries = DenialChain.nsec3(DenialChain.withEmptyNonTerminals(kept, apex), apex, method, ttl)
    }
  }

  /// The RRset at a name; nil when the chain has none for it.
  func matching(_ name: Name) -> ZoneRRset? {
    let place = place(of: name)
    return entries.first { $0.place == place }?.rrset
  }

  /// The RRset whose span holds a name that has none of its own.
  func covering(_ name: Name) -> ZoneRRset? {
    let place = place(of: name)
    return (entries.last { $0.place.lexicographicallyPrecedes(place) } ?? entries.last)?.rrset
  }

  /// Where a name stands.
  private func place(of name: Name) -> [UInt8] {
    guard case .nsec3(let salt, let iterations, _) = method else { return DenialChain.order(name) }
    return IteratedHash.sha1(name: name.canonical.wire.span, salt: salt.span, iterations: Int(iterations))
  }

  /// Bytes that sort as names do in canonical order (RFC 4034 §6.1); 0 ends a label, so 0 and 1 within it are escaped.
  private static func order(_ name: Name) -> [UInt8] {
    name.canonical.labels.reversed().flatMap { label in label.flatMap { $0 < 2 ? [1, $0 + 1] : [$0] } + [0] }
  }

  /// The names and those between them and the apex that own nothing.
  private static func withEmptyNonTerminals(_ names: [Name: [RecordType]], _ apex: Name) -> [Name:
    [RecordType]]
  {
    var all = names
    for name in names.keys {
      var above = name.parent
      while let next = above, next.labelCount > apex.labelCount {
        all[next] = all[next] ?? []
        above = next.parent
      }
    }
    return all
  }

  /// NSEC RRsets.
  private static func nsec(_ names: [Name: [RecordType]], _ ttl: UInt32) -> [([UInt8], ZoneRRset)] {
    let owners = names.keys.sorted { order($0).lexicographicallyPrecedes(order($1)) }
    return owners.indices.map { index in
      let owner = owners[index], next = owners[(index + 1) % owners.count]
      let types = ZoneRData.typeBitmap((names[owner] ?? []) + [.nsec, .rrsig])
      return (order(owner), ZoneRRset(owner, .nsec, ttl: ttl, [next.canonical.wire + types]))
    }
  }

  /// NSEC3 RRsets.
  private static func nsec3(
    _ names: [Name: [RecordType]], _ apex: Name, _ method: DenialMethod, _ ttl: UInt32
  ) -> [([UInt8], ZoneRRset)] {
    guard case .nsec3(let salt, let iterations, let optOut) = method else { return [] }
    let hashed = names.map { name, types in
      let hash = IteratedHash.sha1(
        name: name.canonical.wire.span, salt: salt.span, iterations: Int(iterations))
      return (hash: hash, types: types)
    }.sorted { $0.hash.lexicographicallyPrecedes($1.hash) }
    let front = [1, optOut ? 1 : 0] + octets(iterations) + [UInt8(salt.count)] + salt
    return hashed.indices.map { index in
      let (hash, types) = hashed[index], next = hashed[(index + 1) % hashed.count].hash
      // A cut without DS has nothing signed at it, nor has an empty non-terminal (RFC 5155 §7.1).
      let isSigned = types.contains { $0 != .ns }
      let rdata =
        front + [UInt8(next.count)] + next + ZoneRData.typeBitmap(types + (isSigned ? [.rrsig] : []))
      guard let owner = apex.child(Array(Base32Hex.encode(hash).utf8)) else {
        preconditionFailure("apex too long")
      }
      return (hash, ZoneRRset(owner, .nsec3, ttl: ttl, [rdata]))
    }
  }
}
