import DNSWire
import TestSupport

/// Messages that make a validator work (KeyTrap, CVE-2023-50387): keys with one tag, and RRSIGs that each might fit all.
struct KeyTrap {
  /// The zone that both claim to be from.
  let zone: Name
  /// Public keys of RSA, all with one tag.
  let keys: [[UInt8]]
  /// Their tag.
  let keyTag: UInt16
  private var random = SeededRandom(seed: 50_387)

  /// Keys that differ in the order of the 16-bit words of their modulus, which the tag adds up (RFC 4034 §B).
  init(zone: Name, keyCount: Int) throws {
    self.zone = zone
    let key = RSAPrivateKey(seed: 1, bits: 1024), front = octets(ZoneKey.zoneSigning) + [3, 8]
    let rdata = front + key.dnskeyBytes, start = rdata.count - 126
    keys = (0..<keyCount).map { index in
      let (a, b) = (start + 2 * (index / 50), start + 2 * (index / 50 + 1 + index % 50))
      var copy = rdata
      for offset in 0..<2 { copy.swapAt(a + offset, b + offset) }
      return copy
    }
    keyTag = try DNSKEYData(rdata.span).keyTag
  }

  /// The response that shows the keys.
  func keyResponse() -> ZoneAnswer {
    ZoneAnswer(
      kind: .positive, answer: [AnsweredRRset(rrset: ZoneRRset(zone, .dnskey, keys), signatures: [])])
  }

  /// A response with RRsets of which each has some RRSIGs that no key has made.
  mutating func trap(_ name: Name, rrsets: Int, signatures: Int) -> ZoneAnswer {
    let period = ControlWorld.period
    var answer = ZoneAnswer(kind: .positive)
    for index in 0..<rrsets {
      let owner = name.child(Array("n\(index)".utf8)) ?? name
      let rrset = ZoneRRset(index == 0 ? name : owner, .a, [ZoneRData.a(UInt8(index & 255))])
      let header =
        octets(RecordType.a.rawValue) + [8, UInt8(rrset.owner.labelCount)] + octets(rrset.ttl)
        + octets(period.expiration) + octets(period.inception) + octets(keyTag) + zone.wire
      let forged = (0..<signatures).map { _ in header + [1] + random.bytes(127) }
      answer.answer.append(AnsweredRRset(rrset: rrset, signatures: forged))
    }
    return answer
  }
}
