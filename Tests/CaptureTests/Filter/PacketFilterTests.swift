import Bytes
import Capture
import Packets
import TestSupport
import Testing

@Suite("Filters")
struct PacketFilterTests {
  /// A query to a port, without a link header.
  static func query(to port: UInt16) -> [UInt8] { PacketBuilder.ipv4(PacketBuilder.udp([1], to: port)) }

  /// Whether a filter selects a frame of a link type.
  func selects(_ filter: PacketFilter, _ bytes: [UInt8], _ type: LinkType, originalLength: Int? = nil) -> Bool
  {
    filter.selects(
      Frame(
        number: 1, time: Timestamp(nanoseconds: 0), originalLength: originalLength ?? bytes.count,
        linkType: type, bytes: bytes.span))
  }

  /// Whether a filter selects an IP packet.
  func selects(_ filter: PacketFilter, packet: [UInt8]) -> Bool { filter.selects(packet: packet.span) }

  @Test(
    "what speaks of IP is asked about IP packets, whatever the link type",
    arguments: ["udp dst port 53", "ip and port 53"])
  func packets(expression: String) throws {
    let filter = try PacketFilter(expression)
    #expect(!filter.needsLinkLayer)
    #expect(selects(filter, packet: Self.query(to: 53)))
    #expect(!selects(filter, packet: Self.query(to: 80)))
  }

  @Test(
    "what speaks of the link layer is asked about frames",
    arguments: [
      "vlan 5 and port 53", "ether host 02:00:00:00:00:01", "mpls", "ether[12:2] = 0x8100", "greater 10",
      "arp",
    ])
  func frames(expression: String) throws {
    let filter = try PacketFilter(expression)
    #expect(filter.needsLinkLayer)
    #expect(!selects(filter, packet: Self.query(to: 53)))
  }

  @Test("a frame's link type decides what an expression means in it")
  func linkTypes() throws {
    let filter = try PacketFilter("vlan 5 and udp port 53")
    let tagged = PacketBuilder.ethernet(Self.query(to: 53), tags: [(type: 0x8100, vlan: 5)])
    #expect(selects(filter, tagged, .ethernet))
    #expect(!selects(filter, PacketBuilder.ethernet(Self.query(to: 53)), .ethernet))
    #expect(filter.warnings.isEmpty)
    // Raw IP has no tags.
    #expect(!selects(filter, Self.query(to: 53), .rawIP))
    #expect(!selects(filter, Self.query(to: 53), .rawIP))
    #expect(selects(filter, tagged, .ethernet))
    #expect(filter.warnings.count == 1 && filter.warnings[0].contains("has no meaning for link type RAW"))
  }

  @Test("lengths are those of frames")
  func length() throws {
    let filter = try PacketFilter("greater 60"), packet = [UInt8](repeating: 0, count: 40)
    #expect(!selects(filter, packet, .ethernet))
    #expect(selects(filter, packet, .ethernet, originalLength: 90))
  }

  @Test(
    "what is no expression is refused at once, in libpcap's words",
    arguments: ["port fifty\u{1b}[31m", "vlan and and", "(", "ether host nothing.invalid"])
  func refused(expression: String) throws {
    let error = try #require(throws: CaptureError.self) { try PacketFilter(expression) }
    guard case .badFilter(expression, let detail) = error else {
      Issue.record("unexpected: \(error)")
      return
    }
    #expect(!detail.isEmpty && !error.sentence.contains("\u{1b}"))
  }
}
