@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// A zone whose keys come and go: DNSKEY RRsets and answers at any day, signed by whichever of its keys a test likes.
/// Days count from `World.now`; signatures hold for five days around the moment.
struct KeyTimeline {
  /// Seconds of a day.
  static let day: Int64 = 86_400
  /// The zone.
  let zone: Name
  /// Keys that sign keys, in the order of their use, and one that signs data.
  let first, second, third: ZoneKey, data: ZoneKey

  /// The keys of a zone.
  init(_ zone: String = ".") throws {
    self.zone = domainName(zone)
    (first, second, third) = (try KeyTimeline.key(1), try KeyTimeline.key(2), try KeyTimeline.key(3))
    data = try ZoneKey(algorithm: 13, flags: ZoneKey.zoneSigning, seed: 9)
  }

  /// A key that signs keys, by its seed; with REVOKE it is the same key with another tag.
  static func key(_ seed: UInt64, revoked: Bool = false) throws -> ZoneKey {
    try ZoneKey(algorithm: 13, flags: revoked ? 385 : 257, seed: seed)
  }

  /// A second of a day.
  static func time(_ day: Double) -> Int64 { World.now + Int64(day * Double(KeyTimeline.day)) }

  /// The anchors that name a key by its digest.
  func anchors(_ keys: ZoneKey..., from start: Int64? = nil, until end: Int64? = nil) throws -> [TrustAnchor]
  {
    try keys.map { key in
      let digest = key.ds(of: zone, digestType: 2)
      return TrustAnchor(
        zone: zone, key: .digest(try DSData(digest.span)), validFrom: start, validUntil: end, source: "test")
    }
  }

  /// A response with the DNSKEY RRset of these keys and the one for data, signed by some keys.
  func keySet(
    _ keys: [ZoneKey], by signers: [ZoneKey], day: Double, signedOn signingDay: Double? = nil,
    ttl: UInt32 = 172_800
  ) throws -> Judging.Shown {
    let rrset = ZoneRRset(zone, .dnskey, ttl: ttl, (keys + [data]).map(\.rdata))
    return try shown(rrset, by: signers, day: day, signedOn: signingDay ?? day)
  }

  /// A response with an address in the zone, signed by the key for data.
  func answer(day: Double) throws -> Judging.Shown {
    let owner = try #require(zone.child(Array("www".utf8)))
    return try shown(ZoneRRset(owner, .a, [ZoneRData.a(1)]), by: [data], day: day, signedOn: day)
  }

  /// A response with one RRset.
  private func shown(
    _ rrset: ZoneRRset, by signers: [ZoneKey], day: Double, signedOn signingDay: Double
  ) throws -> Judging.Shown {
    let middle = KeyTimeline.time(signingDay), reach = 5 * KeyTimeline.day
    let period = ValidityPeriod(UInt32(middle - reach), UInt32(middle + reach))
    let signatures = try signers.map { try $0.sign(rrset, signer: zone, period) }
    let answer = ZoneAnswer(
      kind: .positive, answer: [AnsweredRRset(rrset: rrset, signatures: signatures)])
    let message = ZoneMessages.response(answer, rrset.owner, rrset.type, id: 1)
    return Judging.Shown(bytes: message.bytes, time: KeyTimeline.time(day))
  }
}

extension Judging {
  /// Where a key stands at the end; nil when its trust point does not know it. The tag is that without REVOKE.
  func tracked(_ key: ZoneKey, in zone: Name = .root) -> TrackedKey? {
    validator.trustPoints.first { $0.zone == zone }?.distinctKeys.first { $0.keyTag == key.keyTag }
  }

  /// The state of a key at the end.
  func state(_ key: ZoneKey, in zone: Name = .root) -> AnchorKeyState? { tracked(key, in: zone)?.state }
}
