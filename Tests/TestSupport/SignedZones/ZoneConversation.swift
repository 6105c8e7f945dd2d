import Bytes
import DNSWire

/// A query and its response, as they go into a capture.
package struct ZoneExchange: Sendable {
  /// The question.
  package var name: Name, type: RecordType
  /// What it is answered with, before it is written.
  package var answer: ZoneAnswer
  /// The zone whose server answers, and where that listens.
  package var zone: Name, server: IPAddress
  /// The messages; a test may change the response.
  package var query: [UInt8], response: WrittenResponse
  /// Who asks, and its port.
  package var client = Host.client, port: UInt16

  /// The messages for a question and its answer.
  package init(
    _ name: Name, _ type: RecordType, _ answer: ZoneAnswer, zone: Name, server: IPAddress = Host.server,
    id: UInt16, port: UInt16 = 4000, dnssecOK: Bool = true
  ) {
    (self.name, self.type, self.answer, self.zone) = (name, type, answer, zone)
    (self.server, self.port) = (server, port)
    query = ZoneMessages.query(name, type, id: id, dnssecOK: dnssecOK)
    response = ZoneMessages.response(answer, name, type, id: id, dnssecOK: dnssecOK)
  }
}

/// What a resolver and the servers of a tree said, as it is written into a capture.
package struct ZoneCapture: Sendable {
  /// What was said.
  package var exchanges: [ZoneExchange] = []
  /// Time of the first query in nanoseconds since 1970, and of each packet after the one before.
  package var start: Int64, step: Int64 = 1_000_000

  /// Nothing said yet; `start` in nanoseconds since 1970.
  package init(start: Int64) { self.start = start }

  /// The frame of an exchange's response, counted from 1.
  package static func responseFrame(_ index: Int) -> Int { 2 * index + 2 }

  /// A classic capture of all of it, over Ethernet, IPv4 and UDP with right checksums.
  package func file() -> [UInt8] {
    var file = ClassicCapture()
    for (index, exchange) in exchanges.enumerated() {
      let time = start &+ Int64(2 * index) &* step
      let query = PacketBuilder.udp(exchange.query, from: exchange.port, to: 53)
      let response = PacketBuilder.udp(exchange.response.bytes, from: 53, to: exchange.port)
      file.add(
        PacketBuilder.ethernet(PacketBuilder.ipv4(query, from: exchange.client, to: exchange.server)),
        at: time)
      file.add(
        PacketBuilder.ethernet(PacketBuilder.ipv4(response, from: exchange.server, to: exchange.client)),
        at: time &+ step)
    }
    return file.bytes
  }
}

/// A resolver that asks the servers of a tree and has it captured.
package struct ZoneConversation {
  /// What was said.
  package var capture: ZoneCapture
  private let tree: ZoneTree
  private var random: SeededRandom, known: Set<Name> = []

  /// Nothing said yet; `start` in seconds since 1970.
  package init(_ tree: ZoneTree, start: Int64, seed: UInt64) {
    capture = ZoneCapture(start: start &* 1_000_000_000)
    (self.tree, random) = (tree, SeededRandom(seed: seed))
  }

  /// Asks the server of one zone.
  package mutating func ask(
    _ zone: SignedZone, _ name: Name, _ type: RecordType, dnssecOK: Bool = true
  ) throws {
    let answer = try zone.answer(name, type)
    let id = UInt16.random(in: 0...UInt16.max, using: &random)
    let port = UInt16.random(in: 1024...UInt16.max, using: &random)
    capture.exchanges.append(
      ZoneExchange(
        name, type, answer, zone: zone.apex, server: tree.address(of: zone), id: id, port: port,
        dnssecOK: dnssecOK))
  }

  /// Resolves a name from the root down: referrals and keys of zones not met before, then the question.
  package mutating func resolve(_ name: Name, _ type: RecordType, dnssecOK: Bool = true) throws {
    let last = tree.zone(for: name, type)
    for zone in tree.zonesAbove(last.apex) where !known.contains(zone.apex) {
      known.insert(zone.apex)
      if let above = zone.apex.parent { try ask(tree.zone(for: above, .ns), name, type) }
      try ask(zone, zone.apex, .dnskey)
    }
    try ask(last, name, type, dnssecOK: dnssecOK)
  }
}
