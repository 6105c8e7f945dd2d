import Bytes
import DNSWire
import TestSupport
import Testing

@Suite struct SecurityRDataTests {
  @Test("an RRSIG is read field by field, and its header is what is signed (RFC 4034 §3.1)")
  func rrsig() throws {
    let header =
      octets(UInt16(15)) + [8, 2] + octets(UInt32(3600)) + octets(UInt32(0xffff_fff0))
      + octets(UInt32(5)) + octets(UInt16(0xfedc)) + wire("Example.")
    let rdata = header + [1, 2, 3]
    let data = try RRSIGData(rdata.span)
    #expect(data.typeCovered == .mx && data.algorithm == 8 && data.labels == 2 && data.originalTTL == 3600)
    #expect(data.expiration == 0xffff_fff0 && data.inception == 5 && data.keyTag == 0xfedc)
    #expect(
      data.signer.wire == wire("Example.") && data.headerLength == header.count && data.signatureLength == 3)
    for length in 0..<header.count {
      let part = Array(rdata[..<length])
      #expect(throws: DecodingError.self) { try RRSIGData(part.span) }
    }
  }

  @Test("a DS is read field by field (RFC 4034 §5.1)")
  func ds() throws {
    let rdata: [UInt8] = [0xec, 0x45, 5, 1, 0xab, 0xcd]
    let data = try DSData(rdata.span)
    #expect(data == DSData(keyTag: 60485, algorithm: 5, digestType: 1, digest: [0xab, 0xcd]))
    #expect(throws: DecodingError(.truncated, at: 3)) { try DSData(([1, 2, 3] as [UInt8]).span) }
  }

  @Test("an NSEC is a name and a bitmap (RFC 4034 §4.1)")
  func nsec() throws {
    let rdata = wire("Host.example.") + [0, 1, 0x40]
    let data = try NSECData(rdata.span)
    #expect(data.nextName.wire == wire("Host.example.") && data.types.types == [.a])
  }

  @Test("an NSEC3 is read field by field (RFC 5155 §3.2)")
  func nsec3() throws {
    let rdata: [UInt8] = [1, 1, 0, 12, 2, 0xaa, 0xbb, 3, 7, 8, 9, 0, 1, 0x40]
    let data = try NSEC3Data(rdata.span)
    #expect(data.hashAlgorithm == 1 && data.isOptOut && data.iterations == 12 && data.salt == [0xaa, 0xbb])
    #expect(data.nextHashedOwner == [7, 8, 9] && data.types.types == [.a])
    for length in 0..<11 {
      let part = Array(rdata[..<length])
      #expect(throws: DecodingError.self) { try NSEC3Data(part.span) }
    }
  }

  @Test("names in these are not compressed: a pointer is refused (RFC 4034 §3.1.7)")
  func compressed() {
    #expect(throws: DecodingError(.reservedLabelType, at: 2)) {
      try NSECData(([1, 0x61, 0xc0, 0] as [UInt8]).span)
    }
    #expect(throws: DecodingError(.truncated, at: 0)) { try NSECData(([2, 0x61] as [UInt8]).span) }
  }

  @Test("an uncompressed name of 255 octets is read, one of 256 refused")
  func longName() throws {
    let label = [63] + [UInt8](repeating: 0x61, count: 63)
    let longest = label + label + label + [61] + [UInt8](repeating: 0x61, count: 61) + [0]
    #expect(try readUncompressedName(longest.span, at: 0).end == 255)
    let tooLong = label + label + label + [62] + [UInt8](repeating: 0x61, count: 62) + [0]
    #expect(throws: DecodingError.self) { try readUncompressedName(tooLong.span, at: 0) }
  }
}
