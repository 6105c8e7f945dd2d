import Packets
import TestSupport
import Testing

@Suite("IPv4 (RFC 791 §3.1)")
struct IPv4Tests {
  let message = queryMessage(7)

  @Test("options are passed", arguments: [4, 40])
  func options(count: Int) {
    var bench = DecoderBench(.ipv4)
    bench.feed(PacketBuilder.ipv4(PacketBuilder.udp(message), options: [UInt8](repeating: 1, count: count)))
    #expect(bench.messages.map(\.bytes) == [message])
    #expect(bench.messages.map(\.checksum) == [.right])
  }

  @Test("the padding of a short Ethernet frame is not part of the packet")
  func padding() {
    var bench = DecoderBench()
    bench.feed(PacketBuilder.ethernet(PacketBuilder.ipv4(PacketBuilder.udp([1, 2, 3])), padding: 15))
    #expect(bench.messages.map(\.bytes) == [[1, 2, 3]])
    #expect(bench.messages.map(\.declaredLength) == [nil])
  }

  @Test("a total length of 0, as segmentation offload leaves it, stands for the frame")
  func zeroLength() {
    var bench = DecoderBench()
    bench.feed(PacketBuilder.ethernet(PacketBuilder.ipv4(PacketBuilder.udp(message), totalLength: 0)))
    #expect(bench.messages.map(\.bytes) == [message])
    #expect(bench.messages.map(\.checksum) == [.right])
  }

  @Test("a header length below 20, or a total length below the header's, is counted")
  func badLengths() {
    var bench = DecoderBench(.ipv4)
    var packet = PacketBuilder.ipv4(PacketBuilder.udp(message))
    packet[0] = 0x44
    bench.feed(packet)
    bench.feed(PacketBuilder.ipv4(PacketBuilder.udp(message), totalLength: 19))
    #expect(bench.fates == [.badIPLength: 2])
    bench.feed(PacketBuilder.ipv4(PacketBuilder.udp(message), totalLength: 20))
    #expect(bench.fates == [.badIPLength: 2, .cutTransportHeader: 1])
  }

  @Test("a packet that ends inside its header is counted as cut")
  func cut() {
    var bench = DecoderBench(.ipv4)
    let packet = PacketBuilder.ipv4(PacketBuilder.udp(message), options: [1, 1, 1, 1])
    for length in [1, 19, 20, 23] { bench.feed(Array(packet[..<length])) }
    #expect(bench.fates == [.cutIPHeader: 4])
  }

  @Test(
    "other transports are counted by kind",
    arguments: [
      (4, PacketFate.cutIPHeader), (41, .cutIPHeader), (47, .badTunnel), (132, .cutTransportHeader),
      (50, .encrypted), (89, .otherTransport),
    ] as [(UInt8, PacketFate)])
  func otherTransports(number: UInt8, fate: PacketFate) {
    var bench = DecoderBench(.ipv4)
    bench.feed(PacketBuilder.ipv4(TransportBytes(number: number, bytes: [1, 2, 3, 4])))
    #expect(bench.fates == [fate: 1])
  }
}
