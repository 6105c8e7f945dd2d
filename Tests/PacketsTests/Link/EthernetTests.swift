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

  @Test("where EtherType and IP version contradict each other the version decides; another one is counted")
  func wrongVersion() {
    var bench = DecoderBench()
    bench.feed(PacketBuilder.ethernet(packet, type: 0x86dd, padding: 40))
    bench.feed(PacketBuilder.ethernet(PacketBuilder.ipv6(PacketBuilder.udp([1])), type: 0x0800))
    bench.feed(PacketBuilder.ethernet([0x75] + packet.dropFirst(), type: 0x0800))
    #expect(bench.fates == [.datagram: 2, .badIPVersion: 1])
  }

  @Test(
    "tags of other kinds are passed",
    arguments: [
      (0x8926, [0x80, 1, 0, 2, 8, 0]), (0x893f, [0, 0, 0, 1, 0, 0, 8, 0]),
      (0x8909, [1, 1, 0, 1, 0, 9, 8, 0]),
      (0x892f, [0x10, 0x34, 0, 1, 8, 0]), (0x8870, [0xaa, 0xaa, 3, 0, 0, 0, 8, 0]),
    ] as [(UInt16, [UInt8])])
  func otherTags(type: UInt16, tag: [UInt8]) {
    var bench = DecoderBench()
    bench.feed(PacketBuilder.ethernet(tag + packet, type: type))
    bench.feed(PacketBuilder.ethernet(Array(tag.dropLast()), type: type))
    #expect(bench.messages.map(\.bytes) == [queryMessage(1)])
    #expect(bench.fates == [.datagram: 1, .cutLinkHeader: 1])
  }

  @Test("the frame inside a provider's backbone tag is read")
  func backboneTag() {
    var bench = DecoderBench()
    bench.feed(PacketBuilder.ethernet([0, 0, 1, 2] + PacketBuilder.ethernet(packet), type: 0x88e7))
    #expect(bench.messages.map(\.layers) == [[.tag, .ethernet]])
    #expect(bench.messages.map(\.tunnelID) == [0x0102])
  }
}
