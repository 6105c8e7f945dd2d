import DNSWire
import TestSupport

/// Answers from a few zones, each with a signature of its own: RSA-2048 and P-256 in turn.
enum UniqueTraffic {
  /// Zones, each with one key: keys that sign as much as those of a top-level domain.
  private static let zoneCount = 8

  /// So many turns, the chain of trust among them.
  static func conversation(turns count: Int) throws -> Conversation {
    let tree = try ZoneTree(
      root: SignedZone.Signing(8, rsaBits: 2_048), TrafficWriter.period, seed: 0x756e_6971)
    let above = try tree.add("bench.", SignedZone.Signing(13))
    let zones = try (0..<zoneCount).map { index in
      let signing = index % 2 == 0 ? SignedZone.Signing(8, rsaBits: 2_048) : SignedZone.Signing(13)
      return try tree.add("zone\(index).bench.", signing)
    }
    var exchanges = try [
      exchange(tree.root, .root, .dnskey, 0), exchange(tree.root, above.apex, .ns, 0),
      exchange(above, above.apex, .dnskey, 1),
    ]
    for (index, zone) in zones.enumerated() {
      exchanges.append(try exchange(above, zone.apex, .ns, 1))
      exchanges.append(try exchange(zone, zone.apex, .dnskey, index + 2))
    }
    var random = SeededRandom(seed: 0x756e_6972)
    for index in exchanges.count..<max(count, exchanges.count + zoneCount) {
      let place = index % zoneCount, host = zones[place].below("host\(index)")
      let records = (0...(random.next() % 2)).map { _ in random.bytes(4) }
      let rrset = try zones[place].signed(ZoneRRset(host, .a, ttl: 300, records))
      exchanges.append(
        try ExchangeWriter.exchange(
          host, .a, ZoneAnswer(kind: .positive, answer: [rrset]), server: place + 2, .iterative))
    }
    return Conversation(
      exchanges: exchanges, turns: Array(exchanges.indices), anchors: tree.anchorLine, seed: 0x756e_6973,
      rate: 4_000, clients: 6, share6: 0)
  }

  /// What a zone's server answers to a question.
  private static func exchange(_ zone: SignedZone, _ name: Name, _ type: RecordType, _ server: Int) throws
    -> Exchange
  {
    let answer = try zone.answer(name, type)
    return try ExchangeWriter.exchange(
      name, type, answer, server: server, answer.kind == .referral ? .referral : .iterative)
  }
}
