import DNSWire
@testable import Findings
import Testing

/// B6, B7 and B8: servers nobody can reach, names that turn inwards, zones that are gone.
@Suite struct NamesAndAddressesTests {
  @Test(
    "a name server at 0.0.0.0, 127/8, :: or ::1 is a low finding, any other address none",
    arguments: [
      ("A 0.0.0.0", 1), ("A 127.0.0.53", 1), ("AAAA ::", 1), ("AAAA ::1", 1), ("A 192.0.2.1", 0),
      ("AAAA 2001:db8::1", 0),
    ])
  func nullGlue(address: String, count: Int) {
    var scene = CaseScene()
    scene.referral(
      "www.shop.test. A", ["shop.test. 300 NS ns.shop.test."], ["ns.shop.test. 300 \(address)"], at: 1)
    let charges = scene.charges(NullGlueRule.self)
    #expect(charges.count == count && charges.allSatisfy { $0.severity == .low && $0.standing == .stands })
  }

  /// Answers with one address each.
  private func rebinding(_ addresses: [(address: String, ttl: Int, client: String)]) -> [Charge] {
    var scene = CaseScene()
    for (second, answer) in addresses.enumerated() {
      scene.answer(
        "www.shop.test. A", ["www.shop.test. \(answer.ttl) A \(answer.address)"], at: Double(second)
      ) {
        $0.client = answer.client
      }
    }
    return scene.charges(RebindingRule.self)
  }

  @Test("a name that turns from public to private at one client within seconds is a low finding")
  func turnsInwards() {
    let charges = rebinding([("203.0.113.1", 1, "192.0.2.2"), ("10.0.0.1", 1, "192.0.2.2")])
    #expect(charges.map(\.records) == [[0, 1]] && charges.first?.severity == .low)
  }

  @Test("private addresses alone, long TTLs, and other data for other clients raise nothing")
  func splitHorizon() {
    #expect(rebinding([("10.0.0.1", 1, "192.0.2.2"), ("127.0.0.2", 1, "192.0.2.2")]).isEmpty)
    #expect(rebinding([("203.0.113.1", 300, "192.0.2.2"), ("10.0.0.1", 300, "192.0.2.2")]).isEmpty)
    #expect(rebinding([("203.0.113.1", 1, "192.0.2.2"), ("10.0.0.1", 1, "192.0.2.3")]).isEmpty)
  }

  /// A referral with a TTL of 10 s, a denial, and an answer of the zone's old server.
  private func ghost(denied: Double?, answered: Double) -> [Charge] {
    var scene = CaseScene()
    let servers = ["shop.test. 10 NS ns.shop.test."]
    scene.referral("www.shop.test. A", servers, ["ns.shop.test. 10 A 198.51.100.1"], at: 0) {
      $0.server = "198.51.100.9"
    }
    if let denied {
      scene.answer("mail.shop.test. A", [], at: denied) {
        ($0.server, $0.rcode, $0.authority) = ("198.51.100.9", .nxDomain, ["test. 60 SOA 7"])
      }
    }
    scene.answer("www.shop.test. A", ["www.shop.test. 10 A 192.0.2.1"], at: answered) {
      $0.authority = servers
    }
    return scene.charges(GhostDomainRule.self)
  }

  @Test("a zone that its parent denies and that is renewed after the last referral has run out is a ghost")
  func ghosts() {
    #expect(ghost(denied: 5, answered: 20).map(\.records) == [[2]])
    #expect(ghost(denied: 5, answered: 8).isEmpty, "the referral is still good")
    #expect(ghost(denied: nil, answered: 20).isEmpty, "nobody denies it")
  }
}
