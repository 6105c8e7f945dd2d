import Bytes
import DNSWire
import TestSupport
import Testing

@Suite struct TypeBitmapTests {
  /// A, MX, RRSIG, NSEC and TYPE1234 (RFC 4034 §4.3).
  private let example: [UInt8] =
    [0, 6, 0x40, 0x01, 0, 0, 0, 0x03, 4, 27] + [UInt8](repeating: 0, count: 26) + [0x20]

  @Test("the example of RFC 4034 §4.3 lists its types")
  func rfc4034() throws {
    let bitmap = try TypeBitmap(example.span)
    #expect(bitmap.types.map(\.mnemonic) == ["A", "MX", "RRSIG", "NSEC", "TYPE1234"])
    for type in bitmap.types { #expect(bitmap.contains(type)) }
    for type in [0, 2, 14, 45, 48, 1233, 1235, 1024, 65535] as [UInt16] {
      #expect(!bitmap.contains(RecordType(rawValue: type)))
    }
  }

  @Test("a bitmap without windows has no types")
  func empty() throws {
    let none: [UInt8] = []
    #expect(try TypeBitmap(none.span).types.isEmpty)
  }

  @Test("a window of 32 octets is accepted, one of 33 or none refused")
  func windowLength() throws {
    let full = [0, 32] + [UInt8](repeating: 0xff, count: 32)
    #expect(try TypeBitmap(full.span).types.count == 256)
    let long = [0, 33] + [UInt8](repeating: 0xff, count: 33), none: [UInt8] = [0, 0]
    #expect(throws: DecodingError(.badRData, at: 0)) { try TypeBitmap(long.span) }
    #expect(throws: DecodingError(.badRData, at: 0)) { try TypeBitmap(none.span) }
  }

  @Test("windows ascend, and the last is 255")
  func windowOrder() throws {
    let last: [UInt8] = [0, 1, 0x40, 255, 32] + [UInt8](repeating: 0, count: 31) + [1]
    #expect(try TypeBitmap(last.span).types.map(\.rawValue) == [1, 65535])
    for wrong in [[1, 1, 1, 1, 1, 1], [1, 1, 1, 0, 1, 1]] as [[UInt8]] {
      #expect(throws: DecodingError(.badRData, at: 3)) { try TypeBitmap(wrong.span) }
    }
  }

  @Test("a bitmap cut at any octet is refused or has fewer types")
  func cut() throws {
    for length in 0..<example.count {
      let part = Array(example[..<length])
      if let bitmap = try? TypeBitmap(part.span) { #expect(bitmap.types.count < 5) }
    }
  }
}
