import Packets
import TestSupport
import Testing

/// A filter that takes packets from a client's port, or the first frame.
private final class PortOrTag: PacketSelector {
  let needsLinkLayer: Bool
  /// The packets that it was asked about.
  private(set) var asked: [[UInt8]] = []

  init(needsLinkLayer: Bool) { self.needsLinkLayer = needsLinkLayer }

  func selects(_ frame: borrowing Frame) -> Bool { frame.number == 1 }

  func selects(packet: Span<UInt8>) -> Bool {
    asked.append(packet.indices.map { packet[$0] })
    let start = packet[0] >> 4 == 4 ? 20 : 40
    return [packet[start], packet[start + 1]] == octets(40_001 as UInt16)
  }
}

@Suite("The user's filter")
struct SelectionTests {
  let message = queryMessage(1, count: 100)

  @Test("it is asked about the innermost packet, so that tags and tunnels lose nothing")
  func innermost() {
    let selector = PortOrTag(needsLinkLayer: false)
    var bench = DecoderBench(selector: selector)
    for port: UInt16 in [40_000, 40_001] {
      let packet = PacketBuilder.ipv4(PacketBuilder.udp(message, from: port))
      bench.feed(PacketBuilder.ethernet(packet))
      bench.feed(PacketBuilder.ethernet(packet, tags: [(type: 0x8100, vlan: 3)]))
      bench.feed(PacketBuilder.ethernet(PacketBuilder.ipv4(TransportBytes(number: 4, bytes: packet))))
      #expect(selector.asked.suffix(3) == [packet, packet, packet])
    }
    #expect(bench.messages.map(\.flow.sourcePort) == [40_001, 40_001, 40_001])
    #expect(bench.fates == [.filteredOut: 3, .datagram: 3])
  }

  @Test(
    "it is asked about whole datagrams, so that no fragment is lost", arguments: [40_000, 40_001] as [UInt16])
  func fragments(port: UInt16) {
    let whole = PacketBuilder.filled(PacketBuilder.udp(message, from: port), Host.client, Host.server)
    var bench = DecoderBench(.rawIP, selector: PortOrTag(needsLinkLayer: false))
    bench.feed(PacketBuilder.fragment4(whole, 56..<108))
    bench.feed(PacketBuilder.fragment4(whole, 0..<56))
    #expect(bench.messages.count == (port == 40_001 ? 1 : 0))
  }

  @Test("behind extension headers it finds the ports as well")
  func extensionHeaders() {
    var bench = DecoderBench(.rawIP, selector: PortOrTag(needsLinkLayer: false))
    bench.feed(
      PacketBuilder.ipv6(
        PacketBuilder.udp(message, from: 40_001), first: 60, extensions: [17, 0, 1, 4, 0, 0, 0, 0]))
    #expect(bench.messages.count == 1)
  }

  @Test(
    "one that looks at the link layer is asked about frames, and takes a datagram for any of its fragments")
  func linkLayer() {
    let whole = PacketBuilder.datagram(message)
    var bench = DecoderBench(selector: PortOrTag(needsLinkLayer: true))
    bench.feed(
      PacketBuilder.ethernet(PacketBuilder.fragment4(whole, 0..<56)))
    bench.feed(PacketBuilder.ethernet(PacketBuilder.fragment4(whole, 56..<108)))
    bench.feed(PacketBuilder.ethernet(PacketBuilder.ipv4(PacketBuilder.udp(message))))
    #expect(bench.messages.map(\.frame) == [2])
    #expect(bench.fates == [.fragment: 1, .datagram: 1, .filteredOut: 1])
  }
}
