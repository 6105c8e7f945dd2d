import Bytes
import DNSWire
import TestSupport
import Testing

/// RFC 4034 Appendix B.
@Suite struct KeyTagTests {
  /// The DNSKEY of presentation fields.
  private func key(_ flags: UInt16, _ algorithm: UInt8, _ base64: String) throws -> DNSKEYData {
    let rdata = octets(flags) + [3, algorithm] + (try #require(Base64.decode(base64)))
    return try DNSKEYData(rdata.span)
  }

  @Test("the key of RFC 4034 §5.4 has the tag 60485")
  func rfc4034() throws {
    let key = try key(
      256, 5,
      "AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvx"
        + "egXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==")
    #expect(key.keyTag == 60485 && key.isZoneKey && !key.isSecureEntryPoint && !key.isRevoked)
  }

  @Test("the root's key-signing keys have the tags that IANA publishes")
  func root() throws {
    let key2017 = try key(
      257, 8,
      "AwEAAaz/tAm8yTn4Mfeh5eyI96WSVexTBAvkMgJzkKTOiW1vkIbzxeF3+/4RgWOq7HrxRixHlFlExOLAJr5emLvN7SWXgnLh"
        + "4+B5xQlNVz8Og8kvArMtNROxVQuCaSnIDdD5LKyWbRd2n9WGe2R8PzgCmr3EgVLrjyBxWezF0jLHwVN8efS3rCj/EWgvIWgb"
        + "9tarpVUDK/b58Da+sqqls3eNbuv7pr+eoZG+SrDK6nWeL3c6H5Apxz7LjVc1uTIdsIXxuOLYA4/ilBmSVIzuDWfdRUfhHdY6"
        + "+cn8HFRm+2hM8AnXGXws9555KrUB5qihylGa8subX2Nn6UwNR1AkUTV74bU=")
    #expect(key2017.keyTag == 20326 && key2017.isSecureEntryPoint)
  }

  @Test("an odd last octet counts as the high one of its pair")
  func odd() throws {
    #expect(try DNSKEYData(([0, 0, 0, 0, 0x12] as [UInt8]).span).keyTag == 0x1200)
    #expect(try DNSKEYData(([1, 0, 3, 13, 0x12, 0x34] as [UInt8]).span).keyTag == 0x100 + 0x30d + 0x1234)
  }

  @Test("carries are added once, as Appendix B's code does")
  func carry() throws {
    let rdata = [UInt8](repeating: 0xff, count: 65_535)
    var sum: UInt32 = 0
    for index in rdata.indices { sum += index % 2 == 0 ? 0xff00 : 0xff }
    #expect(try DNSKEYData(rdata.span).keyTag == UInt16((sum + (sum >> 16 & 0xffff)) & 0xffff))
  }

  @Test("algorithm 1 takes the tag from the modulus (Appendix B.1)")
  func algorithm1() throws {
    #expect(try DNSKEYData(([1, 0, 3, 1, 9, 9, 0xab, 0xcd, 7] as [UInt8]).span).keyTag == 0xabcd)
  }

  @Test("four octets are a DNSKEY, three are none")
  func length() throws {
    #expect(try DNSKEYData(([1, 0, 3, 13] as [UInt8]).span).publicKey.isEmpty)
    #expect(throws: DecodingError(.truncated, at: 3)) { try DNSKEYData(([1, 0, 3] as [UInt8]).span) }
  }

  @Test("a revoked key has another tag (RFC 5011 §3)")
  func revoked() throws {
    let live = try DNSKEYData(([1, 1, 3, 13, 5, 6] as [UInt8]).span)
    let dead = try DNSKEYData(([1, 0x81, 3, 13, 5, 6] as [UInt8]).span)
    #expect(dead.isRevoked && !live.isRevoked && dead.keyTag == live.keyTag + 128)
  }
}
