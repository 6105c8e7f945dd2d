import Bytes
import DNSWire
import TestSupport
import Testing

/// RFC 1035 §4.1.1; AD and CD from RFC 4035 §3.
@Suite struct HeaderTests {
  @Test("every field is read from its place")
  func fields() throws {
    let bytes: [UInt8] = [0x12, 0x34, 0x85, 0x83, 0, 1, 0x02, 0x03, 4, 5, 6, 7]
    let header = try MessageView(bytes.span).header
    #expect(header.id == 0x1234 && header.qdCount == 1 && header.anCount == 0x0203)
    #expect(header.nsCount == 0x0405 && header.arCount == 0x0607)
    #expect(header.flags.rcodeLow == 3 && header.flags.opcode == .query && header.flags.isResponse)
  }

  @Test("each flag is its own bit")
  func flags() {
    func set(_ word: UInt16) -> [Bool] {
      let flags = HeaderFlags(rawValue: word)
      return [flags.isResponse, flags.aa, flags.tc, flags.rd, flags.ra, flags.z, flags.ad, flags.cd]
    }
    for (index, bit) in ([0x8000, 0x0400, 0x0200, 0x0100, 0x80, 0x40, 0x20, 0x10] as [UInt16]).enumerated() {
      #expect(set(bit) == (0..<8).map { $0 == index })
    }
    #expect(HeaderFlags(rawValue: 0x7800).opcode.rawValue == 15)
    #expect(HeaderFlags(rawValue: 0x2800).opcode == .update)
  }

  @Test("a message of 12 octets is one, of 11 is none")
  func length() throws {
    let bytes = MessageBuilder().bytes
    #expect(try MessageView(bytes.span).header.qdCount == 0)
    let short = Array(bytes[..<11])
    #expect(throws: DecodingError(.truncated, at: 10)) { _ = try MessageView(short.span).header }
  }
}
