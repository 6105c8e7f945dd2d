import Bytes
import Foundation
import TestSupport

/// Writes a conversation as a classic capture over Ethernet: queries at random times, each response some time later.
struct TrafficWriter {
  private let conversation: Conversation
  /// Every packet in its place.
  private let packets: [Packet]
  /// The first of June 2026, when all signatures hold, in microseconds since 1970.
  static let start: Int64 = 1_780_272_000_000_000
  /// From when to when they hold.
  static let period = ValidityPeriod(1_779_840_000, 1_782_432_000)
  /// Packets that are written at once.
  private static let chunk = 8_192

  /// One packet.
  private struct Packet {
    /// In microseconds after the start.
    let time: Int64
    /// Of which turn, and whether it is the response.
    let turn: Int32, isResponse: Bool
  }

  /// Gives every packet its time.
  init(_ conversation: Conversation) {
    self.conversation = conversation
    var random = SeededRandom(seed: conversation.seed), time: Int64 = 0, packets: [Packet] = []
    packets.reserveCapacity(2 * conversation.turns.count)
    let longest = Int64(2_000_000 / conversation.rate)
    for turn in conversation.turns.indices {
      time += Int64.random(in: 0...longest, using: &random)
      // A third of the servers is near, the others are up to 50 ms away, each always the same.
      let server = conversation.exchanges[conversation.turns[turn]].server
      let distance = server % 3 == 0 ? server * 131 % 1_500 : server * 7_919 % 50_000
      let delay = 200 + Int64(distance) + Int64.random(in: 0...1_000, using: &random)
      packets.append(Packet(time: time, turn: Int32(turn), isResponse: false))
      packets.append(Packet(time: time + delay, turn: Int32(turn), isResponse: true))
    }
    self.packets = packets.sorted { ($0.time, $0.turn) < ($1.time, $1.turn) }
  }

  /// Writes the file.
  func write(to path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw CocoaError(.fileWriteUnknown) }
    var records = SavefileBuilder(), position = 0
    let header = records.bytes.count
    while position < packets.count {
      let end = min(position + TrafficWriter.chunk, packets.count)
      for packet in packets[position..<end] {
        let time = TrafficWriter.start + packet.time
        records.add(
          frame(packet), seconds: UInt32(time / 1_000_000), fraction: UInt32(time % 1_000_000))
      }
      try file.write(contentsOf: Data(records.bytes.dropFirst(position == 0 ? 0 : header)))
      (records, position) = (SavefileBuilder(), end)
    }
    try file.close()
  }

  /// The frame of a packet. What is random in a turn comes from its number, so that query and response agree.
  private func frame(_ packet: Packet) -> [UInt8] {
    var random = SeededRandom(seed: conversation.seed ^ UInt64(packet.turn) << 20)
    let exchange = conversation.exchanges[conversation.turns[Int(packet.turn)]]
    let id = octets(UInt16(truncatingIfNeeded: random.next()))
    let port = 1024 + UInt16(random.next() % 64_512),
      client = Int(random.next() % UInt64(conversation.clients))
    var ipID = UInt16(truncatingIfNeeded: random.next())
    if packet.isResponse { ipID = ~ipID }
    let message = id + (packet.isResponse ? exchange.response : exchange.query).dropFirst(2)
    let ports: (UInt16, UInt16) = packet.isResponse ? (53, port) : (port, 53)
    let datagram = PacketBuilder.udp(message, from: ports.0, to: ports.1)
    let isIPv6 = (exchange.server * 7 + (conversation.hasResolver ? client : 0)) % 100 < conversation.share6
    let hosts = (host(client: client, isIPv6), host(server: exchange.server, isIPv6))
    let (source, target) = packet.isResponse ? (hosts.1, hosts.0) : hosts
    let ttl: UInt8 = packet.isResponse && !conversation.hasResolver ? 56 : 64
    return PacketBuilder.ethernet(
      isIPv6
        ? PacketBuilder.ipv6(datagram, from: source, to: target, hopLimit: ttl)
        : PacketBuilder.ipv4(datagram, from: source, to: target, id: ipID, ttl: ttl),
      station: packet.isResponse ? 2 : 3)
  }

  /// The address of a client, in a private network (RFC 1918) or that of documentation (RFC 3849).
  private func host(client: Int, _ isIPv6: Bool) -> IPAddress {
    isIPv6
      ? IPAddress(v6High: 0x2001_0db8_000a_0014, low: 5 + UInt64(client))
      : IPAddress(v4: 0x0a14_0005 + UInt32(client))
  }

  /// The address of a server, in the network for benchmarks (RFC 2544) or that of documentation.
  private func host(server: Int, _ isIPv6: Bool) -> IPAddress {
    isIPv6
      ? IPAddress(v6High: 0x2001_0db8_0053_0000, low: 1 + UInt64(server))
      : IPAddress(v4: 0xc612_0000 + UInt32(server % 0x1_ffff))
  }
}
