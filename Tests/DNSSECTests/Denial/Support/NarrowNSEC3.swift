import Bytes
import Crypto
import DNSSEC
import DNSWire
import Testing

/// Makes NSEC3 records that speak of one name alone: a match covers nothing, a cover reaches from just below
/// a hash to just above it (RFC 7129 §B.2).
struct NarrowNSEC3 {
  /// The zone that signs.
  let zone: Name
  /// Parameters of the records.
  var iterations: UInt16 = 1, salt: [UInt8] = [0xab], flags: UInt8 = 0, algorithm: UInt8 = 1

  /// A maker for a zone.
  init(_ zone: String) throws { self.zone = try dname(zone) }

  /// The record at a name's hash.
  func matching(_ name: String, _ types: String...) throws -> ProvenNSEC3 {
    let hash = try hash(name)
    return try record(owner: hash, next: hash.adding(1), types: types.map(rrtype))
  }

  /// A record around a name's hash.
  func covering(_ name: String, optOut: Bool = false, _ types: String...) throws -> ProvenNSEC3 {
    let hash = try hash(name)
    return try record(
      owner: hash.adding(-1), next: hash.adding(1), types: types.map(rrtype), flags: optOut ? 1 : flags)
  }

  /// A record with these ends.
  func record(owner: [UInt8], next: [UInt8], types: [RecordType], flags: UInt8? = nil) throws -> ProvenNSEC3 {
    let data = try nsec3Data(
      algorithm: algorithm, flags: flags ?? self.flags, iterations: iterations, salt: salt, next: next,
      types: types)
    let name = try #require(zone.child(Array(Base32Hex.encode(owner).utf8)))
    return try #require(ProvenNSEC3(owner: name, data: data, zone: zone, isWildcardExpanded: false))
  }

  /// A name's hash.
  func hash(_ name: String) throws -> [UInt8] {
    IteratedHash.sha1(
      name: try dname(name).canonical.wire.span, salt: salt.span, iterations: Int(iterations))
  }

  /// Evidence of the zone.
  func evidence(_ records: ProvenNSEC3...) -> DenialEvidence { DenialEvidence(zone: zone, nsec3: records) }
}

extension [UInt8] {
  /// The big-endian number one higher or lower.
  func adding(_ step: Int) -> [UInt8] {
    var result = self
    for index in result.indices.reversed() {
      let (value, carry) = (Int(result[index]) + step, step > 0 ? 255 : 0)
      result[index] = UInt8(truncatingIfNeeded: value)
      if Int(self[index]) != carry { break }
    }
    return result
  }
}
