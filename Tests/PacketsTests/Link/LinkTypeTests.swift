import Packets
import TestSupport
import Testing

@Suite("Link types (tcpdump.org, Link-layer header types)")
struct LinkTypeTests {
  /// A packet behind the header of each type that is read.
  static let headers: [(type: LinkType, header: [UInt8], isIPv6: Bool)] = [
    (.null, [2, 0, 0, 0], false), (.null, [0, 0, 0, 2], false), (.null, [10, 0, 0, 0], true),
    (.null, [0, 0, 0, 24], true), (.null, [28, 0, 0, 0], true), (.null, [30, 0, 0, 0], true),
    (.loop, [0, 0, 0, 2], false), (.loop, [0, 0, 0, 24], true),
    (.rawIP, [], false), (.rawIP, [], true), (.rawIPInFiles, [], false), (.rawIPInFiles, [], true),
    (.ipv4, [], false), (.ipv6, [], true),
    (.linuxCooked, [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 0x08, 0x00], false),
    (.linuxCooked, [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 0x86, 0xdd], true),
    (.linuxCooked2, [0x08, 0x00, 0, 0, 0, 0, 0, 2, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0], false),
    (.linuxCooked2, [0x86, 0xdd, 0, 0, 0, 0, 0, 2, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0], true),
  ]

  @Test(
    "the packet behind each kind of header is found, and every byte less is counted",
    arguments: headers.indices)
  func decoded(index: Int) {
    let (type, header, isIPv6) = Self.headers[index]
    let transport = PacketBuilder.udp(queryMessage(1))
    let frame = header + (isIPv6 ? PacketBuilder.ipv6(transport) : PacketBuilder.ipv4(transport))
    #expect(type.isDecoded)
    var bench = DecoderBench(type)
    bench.feed(frame)
    #expect(bench.messages.map(\.bytes) == [queryMessage(1)])
    for length in 0..<header.count { bench.feed(Array(frame[..<length])) }
    #expect(bench.decoder.counters[fate: .cutLinkHeader] == header.count)
    #expect(bench.messages.count == 1)
  }

  @Test("a VLAN tag behind a Linux cooked header is passed")
  func taggedCooked() {
    var bench = DecoderBench(.linuxCooked)
    let header: [UInt8] = [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 0x81, 0x00, 0, 5, 0x08, 0x00]
    bench.feed(header + PacketBuilder.ipv4(PacketBuilder.udp([1, 2, 3])))
    #expect(bench.messages.map(\.bytes) == [[1, 2, 3]])
  }

  @Test("what is neither IPv4 nor IPv6 is counted")
  func otherVersions() {
    var bench = DecoderBench(.rawIP)
    bench.feed([])
    bench.feed([0x55] + [UInt8](repeating: 0, count: 60))
    #expect(bench.fates == [.cutIPHeader: 1, .badIPVersion: 1])
    var loopback = DecoderBench(.null)
    loopback.feed([7, 0, 0, 0] + PacketBuilder.ipv4(PacketBuilder.udp([1])))
    #expect(loopback.fates == [.notIP: 1])
  }

  @Test("packets of a link type that is not read are counted")
  func unknown() {
    var bench = DecoderBench(LinkType(rawValue: 105))
    bench.feed(PacketBuilder.ethernet(PacketBuilder.ipv4(PacketBuilder.udp([1]))))
    #expect(bench.fates == [.unknownLinkType: 1])
    #expect(!bench.linkType.isDecoded)
  }

  @Test("link types have the registry's mnemonics")
  func mnemonics() {
    let types: [LinkType] = [.ethernet, .linuxCooked, .linuxCooked2, .rawIP, .rawIPInFiles]
    #expect(types.map(\.mnemonic) == ["EN10MB", "LINUX_SLL", "LINUX_SLL2", "RAW", "RAW"])
    #expect(LinkType(rawValue: 127).mnemonic == "IEEE802_11_RADIO")
    #expect(LinkType(rawValue: 4_711).mnemonic == "DLT4711")
  }
}
