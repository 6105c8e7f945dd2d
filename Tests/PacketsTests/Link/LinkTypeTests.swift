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

  /// LLC and SNAP in front of IPv4.
  static let snap: [UInt8] = [0xaa, 0xaa, 3, 0, 0, 0, 8, 0]
  /// A data frame of IEEE 802.11 up to LLC, and one with quality of service and four addresses.
  static let wireless: [UInt8] = [0x08, 1] + zeros(22), wirelessQoS: [UInt8] = [0x88, 3] + zeros(30)

  /// The same for types that are rare, IPv4 alone.
  static let rare: [(type: Int, header: [UInt8])] = [
    (9, [0x00, 0x21]), (9, [0xff, 3, 0, 0x21]), (50, [0xff, 3, 0, 0x21]), (50, [0x21]),
    (51, [0x11, 0, 0, 1, 0, 0, 0, 0x21]), (104, [0x0f, 0, 8, 0]), (107, [0x18, 0x41, 3, 0xcc]),
    (107, [0x18, 0x41, 3, 0, 0x80, 0, 0, 0, 8, 0]), (107, [0x18, 0x41, 8, 0]),
    (105, wireless + snap), (105, wirelessQoS + snap), (105, [0x88, 1 | 0x80] + zeros(28) + snap),
    (105, [0x88, 1] + zeros(22) + [0x80, 0] + zeros(14) + snap),
    (127, [0, 0, 8, 0, 0, 0, 0, 0] + wireless + snap),
    // The time, then flags that say that the header is aligned to 4 bytes.
    (127, [0, 0, 17, 0, 3, 0, 0, 0] + zeros(8) + [0x20] + [0x88, 1] + zeros(24) + [0, 0] + snap),
    (127, [0, 0, 13, 0, 2, 0, 0, 0x80, 0, 0, 0, 0, 0x20] + [0x88, 1] + zeros(24) + [0, 0] + snap),
    (192, [0, 0, 8, 0, 105, 0, 0, 0] + wireless + snap), (192, [0, 0, 12, 0, 1, 0, 0, 0] + zeros(4) + ether),
    (119, [0, 0, 0, 0x44, 16, 0, 0, 0] + zeros(8) + wireless + snap),
    (163, [0x80, 0x21, 0x10, 1, 0, 0, 0, 12] + zeros(4) + wireless + snap),
    (6, zeros(14) + snap), (6, zeros(8) + [0x80] + zeros(5) + [4, 0, 0, 0] + snap),
    (10, [0x50] + zeros(12) + snap),
    (7, [1, 2, 212, 0, 0, 1]), (7, [1, 2, 212, 0xff, 0, 0, 0, 0, 0, 1]), (7, [1, 2, 240]),
    (129, [1, 2, 0, 0, 212, 0, 0, 1]), (129, [1, 2, 0, 0, 240]), (11, snap), (100, snap),
    (109, zeros(12)), (117, [61, 2, 0, 0] + zeros(60)), (138, zeros(16) + [8, 0]),
    (258, [12, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0] + ether),
    (149, [16, 0, 0, 0, 1, 0, 0, 0, 12, 0, 0, 0] + zeros(4)),
  ]

  /// An Ethernet header in front of IPv4.
  static let ether: [UInt8] = zeros(12) + [8, 0]

  /// So many zeros.
  static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

  @Test(
    "the packet behind each rare kind of header is found, and no byte less traps", arguments: rare.indices)
  func decodedRare(index: Int) {
    let (type, header) = Self.rare[index]
    let frame = header + PacketBuilder.ipv4(PacketBuilder.udp(queryMessage(1)))
    var bench = DecoderBench(LinkType(rawValue: type))
    #expect(bench.linkType.isDecoded)
    bench.feed(frame)
    #expect(bench.messages.map(\.bytes) == [queryMessage(1)], "\(type): \(header), \(bench.fates)")
    for length in 0..<frame.count { bench.feed(Array(frame[..<length]), originalLength: frame.count) }
    #expect(bench.fates.values.reduce(0, +) == frame.count + 1)
  }

  @Test("the payload of a netfilter log is found in either byte order", arguments: [true, false])
  func netfilterLog(isBigEndian: Bool) {
    let packet = PacketBuilder.ipv4(PacketBuilder.udp(queryMessage(1)))
    let number = { (value: UInt16) -> [UInt8] in isBigEndian ? octets(value) : octets(value).reversed() }
    let mark = number(7) + number(2) + [1, 2, 3, 0]
    var bench = DecoderBench(LinkType(rawValue: 239))
    bench.feed([2, 0, 0, 1] + mark + number(UInt16(packet.count + 4)) + number(9) + packet)
    #expect(bench.messages.map(\.bytes) == [queryMessage(1)])
    bench.feed([2, 0, 0, 1] + mark)
    bench.feed([2, 0, 0, 1, 0, 0, 0, 0])
    #expect(bench.fates == [.datagram: 1, .notIP: 2])
  }

  @Test("frames of IEEE 802.11 that are encrypted, or hold no data, are counted")
  func wirelessWithoutData() {
    var bench = DecoderBench(LinkType(rawValue: 105))
    let packet = PacketBuilder.ipv4(PacketBuilder.udp(queryMessage(1)))
    bench.feed([0x08, 0x41] + Self.zeros(22) + Self.snap + packet)
    bench.feed([0x80, 0] + Self.zeros(40))
    bench.feed([0x48, 1] + Self.zeros(40))
    #expect(bench.fates == [.encrypted: 1, .notIP: 2])
  }

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
    var bench = DecoderBench(LinkType(rawValue: 195))
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
