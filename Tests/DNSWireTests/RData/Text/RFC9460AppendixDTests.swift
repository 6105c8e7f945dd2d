import Bytes
import DNSWire
import TestSupport
import Testing

/// The test vectors of RFC 9460 Appendix D.1 and D.2, by figure.
@Suite struct RFC9460AppendixDTests {
  private static let com = "03666f6f076578616d706c6503636f6d00"
  private static let org = "03666f6f076578616d706c65036f726700"

  @Test(
    "the wire of each figure has its text",
    arguments: [
      (2, "0000" + com, "0 foo.example.com."),
      (3, "000100", "1 ."),
      (4, "0010" + com + "000300020035", "16 foo.example.com. port=53"),
      (5, "0001" + com + "029b000568656c6c6f", #"1 foo.example.com. key667="hello""#),
      (6, "0001" + com + "029b000968656c6c6fd2716f6f", #"1 foo.example.com. key667="hello\210qoo""#),
      (
        7, "0001" + com + "0006002020010db800000000000000000000000120010db8000000000000000000530001",
        "1 foo.example.com. ipv6hint=2001:db8::1,2001:db8::53:1"
      ),
      (
        9, "0010" + org + "00000004000100040001000902683205" + "68332d313900040004c0000201",
        #"16 foo.example.org. mandatory=alpn,ipv4hint alpn="h2,h3-19" ipv4hint=192.0.2.1"#
      ),
      (
        10, "0010" + org + "0001000c08665c6f6f2c626172026832",
        #"16 foo.example.org. alpn="f\\\\oo\\,bar,h2""#
      ),
    ])
  func figure(number: Int, hex: String, text: String) throws {
    let rdata = try #require(Hex.decode(hex))
    for type in [RecordType.svcb, .https] { #expect(try RDataTextTests.text(type, rdata) == text) }
  }
}
