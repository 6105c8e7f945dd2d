import Packets
import TestSupport
import Testing

@Suite("ICMP errors (RFC 792, RFC 4443)")
struct ICMPTests {
  /// An ICMP packet around another one.
  func icmp(_ type: UInt8, quoting quoted: [UInt8], isIPv6: Bool = false) -> [UInt8] {
    let bytes: [UInt8] = [type, 0, 0, 0, 0, 0, 0, 0] + quoted
    let transport = TransportBytes(number: isIPv6 ? 58 : 1, bytes: bytes)
    return isIPv6 ? PacketBuilder.ipv6(transport) : PacketBuilder.ipv4(transport)
  }

  @Test(
    "an error that quotes a message hands it on as quoted, never as one of its own",
    arguments: [3, 5, 11, 12])
  func quotesDNS(type: UInt8) {
    var bench = DecoderBench(.rawIP)
    let quoted = PacketBuilder.ipv4(PacketBuilder.udp(queryMessage(1)))
    bench.feed(icmp(type, quoting: quoted))
    // RFC 792 asks for no more than 8 bytes of the transport.
    bench.feed(icmp(type, quoting: Array(quoted[..<28])))
    #expect(bench.fates == [.icmpQuotesDNS: 2])
    #expect(bench.messages.map(\.bytes) == [queryMessage(1)])
    #expect(
      bench.messages[0].quote?.source == Host.client && bench.messages[0].quote?.destination == Host.server)
    #expect((bench.messages[0].quote?.type, bench.messages[0].quote?.code) == (type, 0))
    #expect(bench.messages[0].flow.sourcePort == 40_000 && bench.messages[0].checksum == .unknown)
    #expect((bench.decoder.counters.messages, bench.decoder.counters.quotedMessages) == (0, 1))
    #expect(bench.oddities == [.quoteUnreadable: 1])
  }

  @Test("the same over IPv6", arguments: [1, 2, 3, 4])
  func quotesDNSOverIPv6(type: UInt8) {
    var bench = DecoderBench(.rawIP)
    bench.feed(icmp(type, quoting: PacketBuilder.ipv6(PacketBuilder.udp(queryMessage(1))), isIPv6: true))
    #expect(bench.fates == [.icmpQuotesDNS: 1])
  }

  @Test("echoes, other ports and quotes that are cut are ICMP and no more")
  func quotesNothing() {
    var bench = DecoderBench(.rawIP)
    let quoted = PacketBuilder.ipv4(PacketBuilder.udp(queryMessage(1)))
    bench.feed(icmp(8, quoting: quoted))
    bench.feed(icmp(3, quoting: PacketBuilder.ipv4(PacketBuilder.udp([1], to: 4_500))))
    bench.feed(icmp(3, quoting: Array(quoted[..<23])))
    bench.feed(icmp(3, quoting: []))
    bench.feed(icmp(128, quoting: PacketBuilder.ipv6(PacketBuilder.udp([1])), isIPv6: true))
    #expect(bench.fates == [.icmp: 5])
  }

  @Test("an error inside an error is not followed")
  func nested() {
    var bench = DecoderBench(.rawIP)
    let inner = icmp(3, quoting: PacketBuilder.ipv4(PacketBuilder.udp(queryMessage(1))))
    bench.feed(icmp(3, quoting: inner))
    #expect(bench.fates == [.icmp: 1])
  }
}
