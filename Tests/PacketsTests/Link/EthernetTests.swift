import Packets
import TestSupport
import Testing

@Suite("Ethernet and VLAN tags (IEEE 802.3, 802.1Q, 802.1ad)")
struct EthernetTests {
  let packet = PacketBuilder.ipv4(PacketBuilder.udp(queryMessage(1)))

  @Test(
    "a packet behind VLAN tags is found",
    arguments: [[0x8100], [0x88a8, 0x8100], [0x9100, 0x8100], [0x8100, 0x8100, 0x8100]] as [[UInt16]])
  func tagged(types: [UInt16]) {
    var bench = DecoderBench()
    bench.feed(PacketBuilder.ethernet(packet, tags: types.map { (type: $0, vlan: 7) }))
    #expect(bench.messages.map(\.bytes) == [queryMessage(1)])
    #expect(bench.messages.map(\.checksum) == [.right])
  }

  @Test("twelve tags are followed, thirteen are not")
  func manyTags() {
    var bench = DecoderBench()
    bench.feed(PacketBuilder.ethernet(packet, tags: Array(repeating: (type: 0x8100, vlan: 1), count: 12)))
    #expect(bench.fates == [.datagram: 1])
    bench.feed(PacketBuilder.ethernet(packet, tags: Array(repeating: (type: 0x8100, vlan: 1), count: 13)))
    #expect(bench.fates == [.datagram: 1, .tooManyLayers: 1])
  }

  @Test("a frame that ends inside its header or inside a tag is counted as cut")
  func cut() {
    var bench = DecoderBench()
    let frame = PacketBuilder.ethernet(packet, tags: [(type: 0x8100, vlan: 1)])
    for length in [0, 13, 14, 17] { bench.feed(Array(frame[..<length])) }
    #expect(bench.fates == [.cutLinkHeader: 4])
    bench.feed(Array(frame[..<18]))
    #expect(bench.fates == [.cutLinkHeader: 4, .cutIPHeader: 1])
  }

  @Test("ARP and IEEE 802.3 lengths are counted as other protocols")
  func notIP() {
    var bench = DecoderBench()
    bench.feed(PacketBuilder.ethernet(packet, type: 0x0806))
    bench.feed(PacketBuilder.ethernet(packet, type: 0x0026))
    #expect(bench.fates == [.notIP: 2])
  }

  @Test("an EtherType that contradicts the IP version is counted as such")
  func wrongVersion() {
    var bench = DecoderBench()
    bench.feed(PacketBuilder.ethernet(packet, type: 0x86dd, padding: 40))
    bench.feed(PacketBuilder.ethernet(PacketBuilder.ipv6(PacketBuilder.udp([1])), type: 0x0800))
    #expect(bench.fates == [.badIPVersion: 2])
  }
}
