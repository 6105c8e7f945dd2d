import DNSSEC
import DNSWire
import TestSupport
import Testing

/// Answers whose alias and data do not fit together.
@Suite struct AliasControlTests {
  @Test(
    "an address signed beside a signed CNAME of the same name answers, as servers that break RFC 1034 send it"
  )
  func addressBesideAlias() throws {
    let word = try word { zone in
      [try Self.signed(zone, "alias", .cname), try Self.signed(zone, "alias", .a)]
    }
    #expect(word == .secure)
  }

  @Test("an address at a name to which the alias does not lead answers nothing")
  func strayAddress() throws {
    let stray = ZoneRRset(domainName("host.elsewhere."), .a, [ZoneRData.a(66)])
    let word = try word { zone in
      [try Self.signed(zone, "alias", .cname), AnsweredRRset(rrset: stray)]
    }
    #expect(word == .bogus)
  }

  @Test("an alias that leads out of the zone needs no more beside it")
  func aliasOut() throws {
    let word = try word("away") { zone in [try Self.signed(zone, "away", .cname)] }
    #expect(word == .secure)
  }

  @Test("a CNAME at another name than the one that the DNAME redirects is bogus")
  func strayAlias() throws {
    let target = ZoneRData.name(domainName("host.elsewhere."))
    let stray = ZoneRRset(domainName("leaf.elsewhere."), .cname, [target])
    let word = try word("leaf.tree") { zone in
      [try Self.signed(zone, "tree", .dname), AnsweredRRset(rrset: stray)]
    }
    #expect(word == .bogus)
  }

  /// The word on an answer that a test puts together from what a zone signs.
  private func word(_ labels: String = "alias", _ answer: (SignedZone) throws -> [AnsweredRRset]) throws
    -> SecurityStatus?
  {
    let tree = try ZoneTree(root: .init(15), ControlWorld.period, seed: 672)
    let zone = try tree.add("test.", .init(15))
    zone.add("alias", .cname, ZoneRData.name(zone.below("host")))
    zone.add("alias", .a, ZoneRData.a(1))
    zone.add("away", .cname, ZoneRData.name(domainName("host.elsewhere.")))
    zone.add("tree", .dname, ZoneRData.name(domainName("other.elsewhere.")))
    zone.add("host", .txt, ZoneRData.txt("no address"))
    var talk = ZoneConversation(tree, start: ControlWorld.start, seed: 1)
    try talk.resolve(zone.below("host"), .txt)
    let parts = ZoneAnswer(kind: .positive, answer: try answer(zone))
    talk.capture.exchanges.append(
      ZoneExchange(zone.below(labels), .a, parts, zone: zone.apex, server: tree.address(of: zone), id: 7))
    return try AuditRun([talk.capture.file()], anchors: tree.anchorLine).responses.last?.verdict.security
  }

  /// An RRset of the zone with its RRSIG.
  private static func signed(_ zone: SignedZone, _ labels: String, _ type: RecordType) throws -> AnsweredRRset
  {
    try zone.signed(try #require(zone.rrset(zone.below(labels), type)))
  }
}
