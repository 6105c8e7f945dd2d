import Bytes
import Foundation
import TestSupport
import Testing

@Suite("IP addresses")
struct IPAddressTests {
  /// An address from the text of its 32 hex digits.
  func ipv6(_ hex: String) throws -> IPAddress {
    let bytes = try #require(Hex.decode(hex))
    let address = IPAddress(bytes: bytes.span)
    return try #require(address)
  }

  @Test(
    "IPv6 addresses have the text of RFC 5952",
    arguments: [
      ("20010db8000000000000000000000001", "2001:db8::1"),  // §4.2.1
      ("20010db8000000010001000100010001", "2001:db8:0:1:1:1:1:1"),  // §4.2.2: one group is not shortened
      ("20010000000000010000000000000001", "2001:0:0:1::1"),  // §4.2.3: the longest run
      ("20010db8000000000001000000000001", "2001:db8::1:0:0:1"),  // §4.2.3: the first of two equal runs
      ("20010db8aaaabbbbccccddddeeee0aAA", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaa"),  // §4.1, §4.3
      ("00000000000000000000000000000000", "::"), ("00000000000000000000000000000001", "::1"),
      ("fe800000000000000000000000000000", "fe80::"),
      ("00000000000000000000ffffc0000201", "::ffff:192.0.2.1"),  // §5
    ])
  func text(hex: String, text: String) throws {
    #expect(try ipv6(hex).description == text)
  }

  @Test("any IPv6 address has the text that inet_ntop gives it, as long as that is RFC 5952's")
  func sameAsTheSystem() throws {
    var random = SeededRandom(seed: 5_952)
    for _ in 0..<2_000 {
      let groups = (0..<8).map { _ in
        Bool.random(using: &random) ? 0 : UInt16.random(in: 0...(.max), using: &random)
      }
      // The system writes the old "IPv4-compatible" addresses with dots, which RFC 5952 leaves to known prefixes.
      guard groups[0..<6] != [0, 0, 0, 0, 0, 0] else { continue }
      let bytes = groups.flatMap { octets($0) }
      var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
      unsafe inet_ntop(AF_INET6, bytes, &buffer, socklen_t(buffer.count))
      let expected = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      #expect(IPAddress(bytes: bytes.span)?.description == expected)
    }
  }

  @Test(
    "IPv4 addresses have dotted decimal text",
    arguments: [(0, "0.0.0.0"), (0xc000_0201, "192.0.2.1"), (.max, "255.255.255.255")] as [(UInt32, String)])
  func text4(value: UInt32, text: String) {
    #expect(IPAddress(v4: value).description == text)
  }

  @Test("octets lead back to the address", arguments: [Host.client, Host.server, Host.client6, Host.server6])
  func octetsAndBack(address: IPAddress) {
    #expect(address.octets.count == (address.isIPv6 ? 16 : 4))
    #expect(IPAddress(bytes: address.octets.span) == address)
  }

  @Test("other counts of bytes are no address", arguments: [0, 3, 5, 15, 17])
  func otherCounts(count: Int) {
    #expect(IPAddress(bytes: [UInt8](repeating: 1, count: count).span) == nil)
  }

  @Test("IPv4 comes before IPv6, and then the smaller number")
  func order() {
    let sorted = [
      IPAddress(v4: 1), IPAddress(v4: .max), IPAddress(v6High: 0, low: 0), IPAddress(v6High: 0, low: 1),
      IPAddress(v6High: 1, low: 0),
    ]
    #expect(sorted.reversed().sorted() == sorted)
    #expect(IPAddress(v4: 1) != IPAddress(v6High: 0, low: 1))
  }
}
