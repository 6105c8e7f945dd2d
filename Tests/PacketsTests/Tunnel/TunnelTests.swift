import Bytes
import Packets
import TestSupport
import Testing

/// A way to carry an IP packet in another one.
struct TunnelCase: Sendable, CustomStringConvertible {
  /// What it is.
  let description: String
  /// The headers that have to be recorded.
  let layers: [CarrierLayer]
  /// The tunnel's number, where it has one.
  let id: UInt32?
  /// The carrying packet around an inner one.
  let wrap: @Sendable ([UInt8]) -> [UInt8]
}

/// An inner packet behind bytes, over a protocol of IP.
private func over(_ number: UInt8, _ front: [UInt8], isIPv6: Bool = false) -> @Sendable ([UInt8]) -> [UInt8] {
  { inner in
    let transport = TransportBytes(number: number, bytes: front + inner)
    return isIPv6 ? PacketBuilder.ipv6(transport) : PacketBuilder.ipv4(transport)
  }
}

/// An inner packet behind bytes, over UDP to a port.
private func overUDP(_ port: UInt16, _ front: [UInt8]) -> @Sendable ([UInt8]) -> [UInt8] {
  { PacketBuilder.ipv4(PacketBuilder.udp(front + $0, to: port)) }
}

/// An inner packet in an Ethernet frame, behind what `wrap` makes of the frame's header.
private func ethernet(_ wrap: @escaping @Sendable ([UInt8]) -> [UInt8]) -> @Sendable ([UInt8]) -> [UInt8] {
  { wrap(PacketBuilder.ethernet($0)) }
}

/// An inner packet behind bytes in an Ethernet frame of a type.
private func linked(_ type: UInt16, _ front: [UInt8]) -> @Sendable ([UInt8]) -> [UInt8] {
  { PacketBuilder.ethernet(front + $0, type: type) }
}

@Suite("Tunnels, tags and labels")
struct TunnelTests {
  /// Every way over IP.
  static let overIP: [TunnelCase] = [
    TunnelCase(description: "IPv4 in IPv4", layers: [.ipv4], id: nil, wrap: over(4, [])),
    TunnelCase(description: "IPv4 in IPv6", layers: [.ipv6], id: nil, wrap: over(4, [], isIPv6: true)),
    TunnelCase(description: "GRE", layers: [.ipv4, .gre], id: nil, wrap: over(47, [0, 0, 8, 0])),
    TunnelCase(
      description: "GRE with checksum, key and sequence number", layers: [.ipv4, .gre], id: 7,
      wrap: over(47, [0xb0, 0, 8, 0, 1, 2, 0, 0, 0, 0, 0, 7, 0, 0, 0, 1])),
    TunnelCase(
      description: "GRE with RFC 1701 routes", layers: [.ipv4, .gre], id: nil,
      wrap: over(47, [0x40, 0, 8, 0, 0, 0, 0, 0, 0, 2, 0, 2, 9, 9, 0, 0, 0, 0])),
    TunnelCase(
      description: "PPTP", layers: [.ipv4, .gre, .ppp], id: 0x0030_0001,
      wrap: over(47, [0x30, 0x81, 0x88, 0x0b, 0, 0x30, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0xff, 3, 0, 0x21])),
    TunnelCase(
      description: "GRE with Ethernet", layers: [.ipv4, .gre, .ethernet], id: nil,
      wrap: ethernet(over(47, [0, 0, 0x65, 0x58]))),
    TunnelCase(description: "WCCP 1", layers: [.ipv4, .gre], id: nil, wrap: over(47, [0, 0, 0x88, 0x3e])),
    TunnelCase(
      description: "WCCP 2", layers: [.ipv4, .gre], id: nil, wrap: over(47, [0, 0, 0x88, 0x3e, 0, 1, 2, 3])),
    TunnelCase(
      description: "ERSPAN I", layers: [.ipv4, .gre, .erspan1, .ethernet], id: nil,
      wrap: ethernet(over(47, [0, 0, 0x88, 0xbe]))),
    TunnelCase(
      description: "ERSPAN II", layers: [.ipv4, .gre, .erspan2, .ethernet], id: 5,
      wrap: ethernet(over(47, [0x10, 0, 0x88, 0xbe, 0, 0, 0, 1, 0x10, 1, 0xfc, 5, 0, 0, 0, 0]))),
    TunnelCase(
      description: "ERSPAN III", layers: [.ipv4, .gre, .erspan3, .ethernet], id: 5,
      wrap: ethernet(
        over(47, [0x10, 0, 0x22, 0xeb, 0, 0, 0, 1, 0x20, 1, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0]))),
    TunnelCase(
      description: "ERSPAN III with a sub-header", layers: [.ipv4, .gre, .erspan3, .ethernet], id: 5,
      wrap: ethernet(
        over(
          47,
          [0x10, 0, 0x22, 0xeb, 0, 0, 0, 1, 0x20, 1, 0, 5, 0, 0, 0, 0, 0, 0, 0, 1]
            + [UInt8](repeating: 9, count: 8)))),
    TunnelCase(
      description: "MPLS in IP", layers: [.ipv4, .mpls], id: 17, wrap: over(137, [0, 1, 0x11, 64])),
    TunnelCase(
      description: "EtherIP", layers: [.ipv4, .etherIP, .ethernet], id: nil,
      wrap: ethernet(over(97, [0x30, 0]))),
    TunnelCase(
      description: "L2TPv3 with a cookie", layers: [.ipv4, .l2tp, .ethernet], id: 77,
      wrap: ethernet(over(115, [0, 0, 0, 77, 1, 2, 3, 4]))),
    TunnelCase(
      description: "AH around IPv4", layers: [.ah, .ipv4], id: 3,
      wrap: over(51, [4, 4, 0, 0, 0, 0, 0, 3, 0, 0, 0, 1] + [UInt8](repeating: 1, count: 12))),
    TunnelCase(
      description: "VXLAN", layers: [.ipv4, .udp, .vxlan, .ethernet], id: 0x1234,
      wrap: ethernet(overUDP(4_789, [8, 0, 0, 0, 0, 0x12, 0x34, 0]))),
    TunnelCase(
      description: "VXLAN-GPE", layers: [.ipv4, .udp, .vxlanGPE], id: 1,
      wrap: overUDP(4_790, [0x0c, 0, 0, 1, 0, 0, 1, 0])),
    TunnelCase(
      description: "VXLAN-GPE with a service header", layers: [.ipv4, .udp, .vxlanGPE, .nsh], id: 2,
      wrap: overUDP(
        4_790,
        [0x0c, 0, 0, 4, 0, 0, 1, 0, 0, 0x46, 1, 1, 0, 0, 2, 255] + [UInt8](repeating: 0, count: 16))),
    TunnelCase(
      description: "Geneve with IP", layers: [.ipv4, .udp, .geneve], id: 9,
      wrap: overUDP(6_081, [0, 0, 8, 0, 0, 0, 9, 0])),
    TunnelCase(
      description: "Geneve with options and Ethernet", layers: [.ipv4, .udp, .geneve, .ethernet], id: 9,
      wrap: ethernet(overUDP(6_081, [2, 0, 0x65, 0x58, 0, 0, 9, 0, 1, 2, 0, 1, 0, 0, 0, 0]))),
    TunnelCase(
      description: "GTP-U", layers: [.ipv4, .udp, .gtp], id: 0x0a0b,
      wrap: overUDP(2_152, [0x30, 255, 0, 0, 0, 0, 0x0a, 0x0b])),
    TunnelCase(
      description: "GTP-U with a sequence number and an extension", layers: [.ipv4, .udp, .gtp], id: 1,
      wrap: overUDP(2_152, [0x36, 255, 0, 0, 0, 0, 0, 1, 0, 5, 0, 0x85, 1, 0, 9, 0])),
    TunnelCase(
      description: "L2TP", layers: [.ipv4, .udp, .l2tp, .ppp], id: 0x0001_0002,
      wrap: overUDP(1_701, [0x42, 2, 0, 0, 0, 1, 0, 2, 0, 0, 0xff, 3, 0, 0x21])),
    TunnelCase(
      description: "LISP", layers: [.ipv4, .udp, .lisp], id: nil,
      wrap: overUDP(4_341, [UInt8](repeating: 0, count: 8))),
    TunnelCase(
      description: "AYIYA", layers: [.ipv4, .udp, .ayiya], id: nil,
      wrap: overUDP(5_072, [0x41, 0x52, 0x11, 4, 0, 0, 0, 1] + [UInt8](repeating: 7, count: 36))),
    TunnelCase(
      description: "MPLS in UDP", layers: [.ipv4, .udp, .mpls], id: 1, wrap: overUDP(6_635, [0, 0, 0x11, 9])),
    TunnelCase(
      description: "TZSP", layers: [.ipv4, .udp, .tzsp, .ethernet], id: nil,
      wrap: ethernet(overUDP(37_008, [1, 0, 0, 1, 0, 10, 1, 5, 1]))),
    TunnelCase(
      description: "VXLAN in GRE in IPv6", layers: [.ipv6, .gre, .ipv4, .udp, .vxlan, .ethernet], id: 0x1234,
      wrap: {
        over(47, [0, 0, 8, 0], isIPv6: true)(ethernet(overUDP(4_789, [8, 0, 0, 0, 0, 0x12, 0x34, 0]))($0))
      }),
  ]

  /// Every way over Ethernet.
  static let overEthernet: [TunnelCase] = [
    TunnelCase(
      description: "MPLS, two labels", layers: [.mpls], id: 18,
      wrap: linked(0x8847, [0, 1, 0x10, 64, 0, 1, 0x21, 64])),
    TunnelCase(
      description: "MPLS, Ethernet pseudowire", layers: [.mpls, .ethernet], id: 16,
      wrap: { linked(0x8847, [0, 1, 0x01, 64])(PacketBuilder.ethernet($0)) }),
    TunnelCase(
      description: "MPLS, Ethernet pseudowire with a control word", layers: [.mpls, .ethernet], id: 16,
      wrap: { linked(0x8847, [0, 1, 0x01, 64, 0, 0, 0, 1])(PacketBuilder.ethernet($0)) }),
    TunnelCase(
      description: "PPPoE", layers: [.pppoe, .ppp], id: 0x0102,
      wrap: linked(0x8864, [0x11, 0, 1, 2, 0, 0, 0, 0x21])),
    TunnelCase(
      description: "PPPoE with a compressed protocol", layers: [.pppoe, .ppp], id: 0x0102,
      wrap: linked(0x8864, [0x11, 0, 1, 2, 0, 0, 0x21])),
    TunnelCase(
      description: "IEEE 802.3 with SNAP", layers: [.llc], id: nil,
      wrap: { linked(UInt16($0.count + 8), [0xaa, 0xaa, 3, 0, 0, 0, 8, 0])($0) }),
    TunnelCase(
      description: "QinQ and PPPoE", layers: [.vlan, .vlan, .pppoe, .ppp], id: 2,
      wrap: {
        PacketBuilder.ethernet(
          [0x11, 0, 0, 2, 0, 0, 0, 0x21] + $0, tags: [(type: 0x88a8, vlan: 4), (type: 0x8100, vlan: 5)],
          type: 0x8864)
      }),
    TunnelCase(
      description: "NSH over Ethernet", layers: [.nsh, .ethernet], id: 1,
      wrap: { linked(0x894f, [0, 2, 2, 3, 0, 0, 1, 255])(PacketBuilder.ethernet($0)) }),
  ]

  /// All of them with the link type they are written for.
  static let all: [(LinkType, TunnelCase)] =
    overIP.map { (.rawIP, $0) } + overEthernet.map { (.ethernet, $0) }

  /// A packet with a message.
  static let inner = PacketBuilder.ipv4(PacketBuilder.udp(queryMessage(1)))

  @Test("the message inside is found, with what it was carried in", arguments: all.indices)
  func found(index: Int) throws {
    let (type, tunnel) = Self.all[index]
    var bench = DecoderBench(type)
    bench.feed(tunnel.wrap(Self.inner))
    let message = try #require(bench.messages.first, "\(tunnel): \(bench.fates)")
    #expect(message.bytes == queryMessage(1) && message.checksum == .right, "\(tunnel)")
    #expect(message.layers == tunnel.layers, "\(tunnel)")
    #expect(message.tunnelID == tunnel.id, "\(tunnel)")
    #expect(message.flow.source == Host.client && message.flow.destinationPort == 53, "\(tunnel)")
    #expect(bench.fates == [.datagram: 1])
  }

  @Test("cut anywhere it gives no message that is not inside, and one fate", arguments: all.indices)
  func cut(index: Int) {
    let (type, tunnel) = Self.all[index]
    let packet = tunnel.wrap(Self.inner)
    var bench = DecoderBench(type)
    for length in 0..<packet.count { bench.feed(Array(packet[..<length]), originalLength: packet.count) }
    #expect(bench.fates.values.reduce(0, +) == packet.count)
    #expect(bench.messages.allSatisfy { queryMessage(1).starts(with: $0.bytes) }, "\(tunnel)")
  }

  @Test("damaged at random it stops nothing", arguments: all.indices)
  func damaged(index: Int) {
    let (type, tunnel) = Self.all[index]
    let packet = tunnel.wrap(Self.inner)
    var random = SeededRandom(seed: UInt64(index)), bench = DecoderBench(type)
    for _ in 0..<400 {
      var copy = packet
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        copy[Int.random(in: 0..<copy.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      bench.feed(copy)
    }
    #expect(bench.fates.values.reduce(0, +) == 400)
  }

  @Test("IPv6 inside is found as well", arguments: ["6in4", "Teredo", "Teredo with its headers"])
  func overIPv4(name: String) {
    let inner = PacketBuilder.ipv6(PacketBuilder.udp(queryMessage(1)))
    let front: [UInt8] = [0, 1, 2, 1, 9, 9, 8, 0, 0, 0, 0, 0, 0, 0, 0, 1] + [0, 0, 1, 2, 3, 4, 5, 6]
    var bench = DecoderBench(.rawIP)
    switch name {
    case "6in4": bench.feed(over(41, [])(inner))
    case "Teredo": bench.feed(overUDP(3_544, [])(inner))
    default: bench.feed(overUDP(3_544, front)(inner))
    }
    #expect(bench.messages.map(\.bytes) == [queryMessage(1)])
    #expect(bench.messages.map(\.layers) == [name == "6in4" ? [.ipv4] : [.ipv4, .udp, .teredo]])
  }

  @Test("port 53 wins over a tunnel's port, whatever the other side")
  func portOfDNSFirst() {
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.ipv4(PacketBuilder.udp(queryMessage(1), from: 2_152)))
    #expect(bench.messages.map(\.bytes) == [queryMessage(1)])
    #expect(bench.messages.map(\.layers) == [[]])
  }

  @Test("a carrying datagram in fragments is put together first")
  func fragmentedCarrier() {
    let whole = PacketBuilder.filled(
      PacketBuilder.udp([8, 0, 0, 0, 0, 0, 1, 0] + PacketBuilder.ethernet(Self.inner), to: 4_789),
      Host.client,
      Host.server)
    var bench = DecoderBench(.rawIP)
    bench.feed(PacketBuilder.fragment4(whole, 0..<48))
    bench.feed(PacketBuilder.fragment4(whole, 48..<whole.count))
    #expect(bench.messages.map(\.bytes) == [queryMessage(1)])
    #expect(bench.messages.map(\.frames) == [[1, 2]])
  }

  @Test("more headers than are followed are a fate, and nesting without end stops nothing")
  func tooDeep() {
    var packet = Self.inner
    for _ in 0..<11 { packet = over(4, [])(packet) }
    var bench = DecoderBench(.rawIP)
    bench.feed(packet)
    #expect(bench.messages.map(\.layers.count) == [11])
    for _ in 0..<300 { packet = over(4, [])(packet) }
    bench.feed(packet)
    #expect(bench.fates == [.datagram: 1, .tooManyLayers: 1])
    #expect(bench.decoder.counters.odd.map(\.oddity.code) == ["packet-too-many-layers"])
  }

  @Test("what is encrypted below DNS is said to be so")
  func encrypted() {
    var bench = DecoderBench(.rawIP)
    bench.feed(over(50, [0, 0, 0, 1, 0, 0, 0, 1])(Self.inner))
    #expect(bench.fates == [.encrypted: 1])
  }
}
