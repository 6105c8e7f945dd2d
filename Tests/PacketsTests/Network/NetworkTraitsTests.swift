import Packets
import TestSupport
import Testing

@Suite("What IP header and link say of a message's sender (RFC 791 §3.1, RFC 8200 §3)")
struct NetworkTraitsTests {
  let message = queryMessage(0x2222, count: 100)

  /// The traits of the only message in packets.
  func traits(_ packets: [UInt8]..., linkType: LinkType = .ethernet) throws -> NetworkTraits {
    var bench = DecoderBench(linkType)
    for packet in packets { bench.feed(packet) }
    #expect(bench.messages.count == 1)
    return try #require(bench.messages.first).network
  }

  /// The station behind a link-layer header.
  func station(_ header: [UInt8], _ type: LinkType) throws -> UInt16 {
    try traits(header + PacketBuilder.ipv4(PacketBuilder.udp(message)), linkType: type).station
  }

  @Test("they take eight bytes")
  func size() {
    #expect(MemoryLayout<NetworkTraits>.stride == 8)
  }

  @Test("of IPv4 they are TTL, identification, type of service and DF")
  func ipv4() throws {
    let udp = PacketBuilder.udp(message)
    let free = PacketBuilder.ipv4(udp, id: 0xabcd, ttl: 57, tos: 0xb9)
    #expect(
      try traits(free, linkType: .rawIP)
        == NetworkTraits(ipTTL: 57, identification: 0xabcd, flags: .hasIdentification, trafficClass: 0xb9))
    let fixed = PacketBuilder.ipv4(udp, id: 0, ttl: 255, fragment: 0x4000)
    #expect(
      try traits(fixed, linkType: .rawIP)
        == NetworkTraits(ipTTL: 255, flags: [.hasIdentification, .dontFragment]))
  }

  @Test("of IPv6 they are hop limit and traffic class, and of an atomic fragment its identification")
  func ipv6() throws {
    let udp = PacketBuilder.udp(message)
    let plain = PacketBuilder.ipv6(udp, hopLimit: 57, trafficClass: 0xb9)
    #expect(
      try traits(plain, linkType: .rawIP)
        == NetworkTraits(ipTTL: 57, flags: .isIPv6, trafficClass: 0xb9))
    let header: [UInt8] = [17, 0, 0, 0, 0x12, 0x34, 0x56, 0x78]
    let atomic = PacketBuilder.ipv6(udp, first: 44, extensions: header)
    #expect(
      try traits(atomic, linkType: .rawIP)
        == NetworkTraits(identification: 0x5678, flags: [.isIPv6, .hasIdentification]))
  }

  @Test("a UDP datagram without a checksum is told")
  func checksumAbsent() throws {
    var udp = PacketBuilder.udp(message)
    udp.checksumOffset = nil
    let found = try traits(PacketBuilder.ipv4(udp), linkType: .rawIP)
    #expect(found.flags == [.hasIdentification, .checksumAbsent])
  }

  @Test("of a datagram in fragments they are those of its beginning, whatever came last", arguments: [0, 1])
  func fragments(first: Int) throws {
    let datagram = PacketBuilder.datagram(message), parts = [0..<40, 40..<108]
    for tail: UInt8 in [60, 59] {
      let found = try traits(
        PacketBuilder.fragment4(datagram, parts[first], ttl: first == 0 ? 60 : tail),
        PacketBuilder.fragment4(datagram, parts[1 - first], ttl: first == 0 ? tail : 60), linkType: .rawIP)
      #expect(found.ipTTL == 60)
      #expect(found.flags.isSuperset(of: [.hasIdentification, .isFragmented]))
      #expect(found.flags.contains(.tailFirst) == (first == 1))
      #expect(found.flags.contains(.ttlsDiffer) == (tail == 59))
    }
  }

  @Test("each version of a datagram has the traits of the fragments that it came in")
  func versions() {
    let genuine = PacketBuilder.datagram(message)
    var forged = genuine
    (forged[60], forged[62]) = (forged[60] &+ 1, forged[62] &- 1)
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.fragment4(forged, 56..<108, ttl: 99))
    bench.feed(PacketBuilder.fragment4(genuine, 0..<56, ttl: 60))
    bench.feed(PacketBuilder.fragment4(genuine, 56..<108, ttl: 60))
    #expect(bench.messages.map(\.isOtherVersion) == [false, true])
    #expect(bench.messages.map(\.network.ipTTL) == [60, 60])
    let fragmented: NetworkFlags = [.hasIdentification, .isFragmented]
    #expect(
      bench.messages.map(\.network.flags) == [fragmented.union([.ttlsDiffer, .tailFirst]), fragmented])
  }

  @Test("a forged beginning has traits of its own")
  func forgedBeginning() {
    let genuine = PacketBuilder.datagram(message)
    var forged = genuine
    forged[30] ^= 1
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.fragment4(genuine, 0..<56, ttl: 60))
    bench.feed(PacketBuilder.fragment4(forged, 0..<56, ttl: 99))
    bench.feed(PacketBuilder.fragment4(genuine, 56..<108, ttl: 60))
    #expect(bench.messages.map(\.network.ipTTL) == [60, 99])
    #expect(bench.messages.map { $0.network.flags.contains(.ttlsDiffer) } == [false, true])
    #expect(bench.messages.allSatisfy { !$0.network.flags.contains(.tailFirst) })
  }

  @Test("two stations on a link are told apart, and so are two VLANs")
  func stations() throws {
    let packet = PacketBuilder.ipv4(PacketBuilder.udp(message))
    var seen: Set<UInt16> = []
    for station: UInt8 in [2, 3] {
      for vlan: UInt16? in [nil, 1, 2, 4_095] {
        let tags = vlan.map { [(type: 0x8100 as UInt16, vlan: $0)] } ?? []
        let frame = PacketBuilder.ethernet(packet, tags: tags, station: station)
        let found = try traits(frame).station
        #expect(try traits(frame).station == found)
        seen.insert(found)
      }
    }
    #expect(seen.count == 8 && !seen.contains(0))
    #expect(try traits(packet, linkType: .rawIP).station == 0)
  }

  @Test("the sender's address is taken from cooked captures and IEEE 802.11, wherever it stands")
  func otherLinks() throws {
    let address: [UInt8] = [2, 0, 0, 0, 0, 9], other: [UInt8] = [2, 0, 0, 0, 0, 7]
    let ethernet = try station(other + address + [8, 0], .ethernet)
    #expect(try station([0, 0, 0, 1, 0, 6] + address + [0xee, 0xee, 8, 0], .linuxCooked) == ethernet)
    let cooked2: [UInt8] = [8, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 6]
    #expect(try station(cooked2 + address + [0xee, 0xee], .linuxCooked2) == ethernet)
    let snap: [UInt8] = [0xaa, 0xaa, 3, 0, 0, 0, 8, 0], wireless = LinkType(rawValue: 105)
    for (direction, addresses) in [
      (0, [other, address, other]), (1, [other, address, other]), (2, [other, other, address]),
    ] as [(UInt8, [[UInt8]])] {
      let header: [UInt8] = [8, direction, 0, 0] + Array(addresses.joined()) + [0, 0]
      #expect(try station(header + snap, wireless) == ethernet)
    }
    let bridged: [UInt8] = [8, 3, 0, 0] + other + other + other + [0, 0] + address
    #expect(try station(bridged + snap, wireless) == ethernet)
  }

  @Test("inside a tunnel the innermost headers count")
  func tunnelled() throws {
    let inner = PacketBuilder.ipv4(PacketBuilder.udp(message), id: 7, ttl: 5)
    let frame = PacketBuilder.ethernet(inner, station: 9)
    let vxlan: [UInt8] = [8, 0, 0, 0, 0, 0, 42, 0]
    let outer = PacketBuilder.ipv4(PacketBuilder.udp(vxlan + frame, to: 4_789), id: 8, ttl: 64)
    let found = try traits(PacketBuilder.ethernet(outer, station: 3))
    #expect((found.ipTTL, found.identification) == (5, 7))
    #expect(found.station == (try traits(frame).station))
  }
}
