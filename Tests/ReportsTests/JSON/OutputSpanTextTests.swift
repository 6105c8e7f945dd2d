import Bytes
import DNSWire
import TestSupport
import Testing

@testable import Reports

@Suite("Text into a buffer with room") struct OutputSpanTextTests {
  @Test("a name has its presentation format within a JSON string, whatever octets its labels have")
  func names() throws {
    for octet in UInt8.min...UInt8.max {
      let name = try #require(Name(labels: [[0x61, octet, octet], [octet]]))
      let text = [UInt8](capacity: name.wire.count * OutputSpan<UInt8>.maximumNameGrowth) {
        $0.append(name: name.wire.span)
      }
      var expected: [UInt8] = []
      appendJSONString(name.description, to: &expected)
      #expect(text == Array(expected.dropFirst().dropLast()), "\(octet)")
    }
    let root = Name.root.wire, text = [UInt8](capacity: 1) { $0.append(name: root.span) }
    #expect(text == [0x2e])
  }

  @Test(
    "a whole number has its digits and its sign", arguments: [0, 9, 10, 99, 100, 65_535, -1, Int.max, .min])
  func numbers(value: Int) {
    let text = [UInt8](capacity: 21) { $0.append(decimal: value) }
    #expect(String(decoding: text, as: UTF8.self) == "\(value)")
  }

  @Test("an unsigned number of 64 bits has all twenty digits")
  func greatest() {
    let text = [UInt8](capacity: 21) { $0.append(decimal: UInt64.max) }
    #expect(String(decoding: text, as: UTF8.self) == "\(UInt64.max)")
  }

  @Test("an address has its text", arguments: ["0.0.0.0", "192.0.2.53", "255.255.255.255"])
  func addresses(text: String) throws {
    let octets = text.split(separator: ".").compactMap { UInt32($0) }
    let address = IPAddress(v4: octets.reduce(0) { $0 << 8 | $1 })
    let written = [UInt8](capacity: IPAddress.longestText) { $0.append(address) }
    #expect(String(decoding: written, as: UTF8.self) == text)
  }
}
