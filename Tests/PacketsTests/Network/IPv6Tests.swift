import Packets
import TestSupport
import Testing

@Suite("IPv6 (RFC 8200)")
struct IPv6Tests {
  let message = queryMessage(7)

  /// Extension headers of 8 bytes each in front of UDP: hop-by-hop first, then destination options.
  func extensions(_ count: Int) -> [UInt8] {
    (0..<count).flatMap { [$0 == count - 1 ? 17 : 60, 0, 1, 4, 0, 0, 0, 0] as [UInt8] }
  }

  @Test("24 extension headers are passed, 25 are not")
  func manyExtensions() {
    var bench = DecoderBench(.ipv6)
    bench.feed(PacketBuilder.ipv6(PacketBuilder.udp(message), first: 0, extensions: extensions(24)))
    #expect(bench.messages.map(\.bytes) == [message])
    bench.feed(PacketBuilder.ipv6(PacketBuilder.udp(message), first: 0, extensions: extensions(25)))
    #expect(bench.fates == [.datagram: 1, .tooManyExtensionHeaders: 1])
  }

  @Test("an authentication header is measured in fours (RFC 4302 §2.2)")
  func authentication() {
    var bench = DecoderBench(.ipv6)
    let header: [UInt8] = [17, 4] + [UInt8](repeating: 0, count: 22)
    bench.feed(PacketBuilder.ipv6(PacketBuilder.udp(message), first: 51, extensions: header))
    #expect(bench.messages.map(\.bytes) == [message])
    #expect(bench.messages.map(\.checksum) == [.right])
  }

  @Test(
    "the checksum of a packet under way over a routing header cannot be told",
    arguments: [(0, ChecksumState.right), (1, .unknown)] as [(UInt8, ChecksumState)])
  func routing(segmentsLeft: UInt8, checksum: ChecksumState) {
    var bench = DecoderBench(.ipv6)
    bench.feed(
      PacketBuilder.ipv6(
        PacketBuilder.udp(message), first: 43, extensions: [17, 0, 4, segmentsLeft, 0, 0, 0, 0]))
    #expect(bench.messages.map(\.checksum) == [checksum])
  }

  @Test("a payload length of 0 stands for the frame, others for themselves")
  func payloadLength() {
    var bench = DecoderBench(.ipv6)
    bench.feed(PacketBuilder.ipv6(PacketBuilder.udp(message), payloadLength: 0))
    bench.feed(PacketBuilder.ipv6(PacketBuilder.udp(message)) + [0, 0, 0])
    #expect(bench.messages.map(\.bytes) == [message, message])
    #expect(bench.messages.map(\.checksum) == [.right, .right])
  }

  @Test("a packet that ends inside its header or an extension header is counted as cut")
  func cut() {
    var bench = DecoderBench(.ipv6)
    let packet = PacketBuilder.ipv6(PacketBuilder.udp(message), first: 0, extensions: extensions(1))
    for length in [39, 41, 47] { bench.feed(Array(packet[..<length])) }
    #expect(bench.fates == [.cutIPHeader: 3])
    bench.feed(Array(packet[..<48]))
    #expect(bench.fates == [.cutIPHeader: 3, .cutTransportHeader: 1])
  }

  @Test("an atomic fragment is a whole packet (RFC 6946)")
  func atomicFragment() {
    var bench = DecoderBench(.ipv6)
    let datagram = PacketBuilder.datagram(message, isIPv6: true)
    bench.feed(PacketBuilder.fragment6(datagram, 0..<datagram.count))
    #expect(bench.messages.map(\.bytes) == [message])
    #expect(bench.messages.map(\.ipID) == [0x1234_5678])
    #expect(bench.fates == [.datagram: 1])
  }
}
