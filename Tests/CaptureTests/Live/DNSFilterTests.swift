import Foundation
import Packets
import TestSupport
import Testing

@testable import Capture

@Suite("The filter of live captures")
struct DNSFilterTests {
  /// The numbers of the packets that the filter for port 53 keeps.
  func kept(_ packets: [[UInt8]], _ linkType: LinkType = .ethernet, ports: [UInt16] = [53]) throws -> [Int] {
    let filter = try FilterProgram(DNSFilter.expression(ports: ports, linkType: linkType), linkType: linkType)
    return packets.enumerated().filter { filter.matches($1.span, originalLength: $1.count) }.map {
      $0.offset + 1
    }
  }

  /// A packet of each kind that DNS comes in, without a link header: IPv4 first, then IPv6.
  static let dns4 = [
    PacketBuilder.ipv4(PacketBuilder.udp([1])),
    PacketBuilder.ipv4(PacketBuilder.udp([1], from: 53, to: 9_999)),
    PacketBuilder.ipv4(PacketBuilder.tcp([], sequence: 1, flags: [.syn])),
    PacketBuilder.ipv4(PacketBuilder.tcp([1], sequence: 1, from: 53, to: 9_999), options: [1, 1, 1, 1]),
    PacketBuilder.fragment4(PacketBuilder.datagram(queryMessage(1, count: 200)), 0..<104),
    PacketBuilder.fragment4(PacketBuilder.datagram(queryMessage(1, count: 200)), 104..<208),
    PacketBuilder.fragment4(PacketBuilder.datagram(queryMessage(1, count: 200)), 104..<208, number: 6),
    PacketBuilder.fragment4(PacketBuilder.datagram(queryMessage(1, count: 200)), 104..<208, number: 47),
    PacketBuilder.ipv4(TransportBytes(number: 47, bytes: [0, 0, 8, 0])),
    PacketBuilder.ipv4(PacketBuilder.udp([1], to: 4_789)),
    PacketBuilder.ipv4(PacketBuilder.udp([1], to: 853)),
  ]
  static let dns6 = [
    PacketBuilder.ipv6(PacketBuilder.udp([1])), PacketBuilder.ipv6(PacketBuilder.tcp([1], sequence: 1)),
    PacketBuilder.fragment6(PacketBuilder.datagram(queryMessage(1, count: 200), isIPv6: true), 0..<104),
    PacketBuilder.fragment6(PacketBuilder.datagram(queryMessage(1, count: 200), isIPv6: true), 104..<208),
    PacketBuilder.ipv6(PacketBuilder.udp([1]), first: 0, extensions: [17, 0, 1, 4, 0, 0, 0, 0]),
    PacketBuilder.ipv6(PacketBuilder.udp([1]), first: 60, extensions: [17, 0, 1, 4, 0, 0, 0, 0]),
  ]
  /// Packets that have nothing to do with DNS.
  static let others = [
    PacketBuilder.ipv4(PacketBuilder.udp([1], to: 443)), PacketBuilder.ipv6(PacketBuilder.udp([1], to: 443)),
    PacketBuilder.ipv4(PacketBuilder.tcp([1], sequence: 1, to: 443)),
    PacketBuilder.ipv6(PacketBuilder.tcp([1], sequence: 1, to: 443)),
  ]

  @Test(
    "DNS over Ethernet is kept with any fragment; what has a tag in the frame itself is kept unseen",
    arguments: [[], [0x8100], [0x88a8], [0x9100], [0x88a8, 0x8100], [0x8100, 0x8100]] as [[UInt16]])
  func ethernet(types: [UInt16]) throws {
    let tags = types.map { (type: $0, vlan: 5 as UInt16) }
    let all = Self.dns4 + Self.dns6 + Self.others
    let frames =
      all.map { PacketBuilder.ethernet($0, tags: tags) } + [PacketBuilder.ethernet([0], type: 0x0806)]
    #expect(try kept(frames) == Array(1...(types.isEmpty ? Self.dns4.count + Self.dns6.count : all.count)))
  }

  @Test("the kernel takes the filter, with many ports too", .requiresRoot("a filter in the kernel"))
  func kernel() async {
    await #expect(processExitsWith: .success) {
      // libpcap says on standard error when it has to filter by itself.
      let folder = try TemporaryFolder(), path = folder.url.appending(path: "stderr").path()
      try #require(dup2(unsafe open(path, O_CREAT | O_WRONLY, 0o600), STDERR_FILENO) == STDERR_FILENO)
      _ = try LiveCapture(interface: "lo", ports: Array(53_000..<53_010)).packets
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "")
    }
  }

  @Test("the same without a link header", arguments: [LinkType.rawIP, .ipv4, .ipv6])
  func rawIP(linkType: LinkType) throws {
    let dns = linkType == .ipv4 ? Self.dns4 : linkType == .ipv6 ? Self.dns6 : Self.dns4 + Self.dns6
    let others = Self.others.filter { linkType == .rawIP || ($0[0] >> 4 == 4) == (linkType == .ipv4) }
    #expect(try kept(dns + others, linkType) == Array(1...dns.count))
  }

  @Test("the same behind Linux cooked and loopback headers")
  func cooked() throws {
    let cooked = Self.dns4.map { [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 8, 0] + $0 }
    #expect(try kept(cooked, .linuxCooked) == Array(1...cooked.count))
    let cooked2 = Self.dns4.map { [8, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0] + $0 }
    #expect(try kept(cooked2, .linuxCooked2) == Array(1...cooked2.count))
    #expect(try kept(Self.dns4.map { [2, 0, 0, 0] + $0 }, .null) == Array(1...Self.dns4.count))
    #expect(try kept(Self.dns4.map { [0, 0, 0, 2] + $0 }, .loop) == Array(1...Self.dns4.count))
  }

  @Test("the ports are those that were named")
  func ports() throws {
    let packets = [53, 5_300, 8_053, 80].map {
      PacketBuilder.ethernet(PacketBuilder.ipv4(PacketBuilder.udp([1], to: $0)))
    }
    #expect(try kept(packets, ports: [5_300, 8_053]) == [2, 3])
  }
}
