import DNSWire
@testable import Findings
import Testing

/// B1, with what honest servers add to their answers.
@Suite struct OutOfBailiwickRuleTests {
  /// An answer for a name of the zone `shop.test.` with more in its sections.
  private func charges(
    answer: [String] = [], authority: [String] = [], additional: [String] = [],
    _ change: (inout CaseScene.Response) -> Void = { _ in }
  ) -> [Charge] {
    var scene = CaseScene()
    scene.answer("www.shop.test. A", ["www.shop.test. 300 A 192.0.2.1"] + answer, at: 1) {
      ($0.authority, $0.additional) = (authority, additional)
      change(&$0)
    }
    return scene.charges(OutOfBailiwickRule.self)
  }

  @Test("an address of another zone's name in any section is accused")
  func strangers() throws {
    let stranger = ["www.bank.test. 300 A 203.0.113.66"]
    for found in [charges(answer: stranger), charges(authority: stranger), charges(additional: stranger)] {
      #expect(found.count == 1 && found.first?.records == [0])
      #expect(found.first?.standing == .accuses && found.first?.severity == .medium)
    }
  }

  @Test("servers of another zone are accused")
  func foreignServers() {
    #expect(charges(authority: ["bank.test. 300 NS ns.shop.test."]).map(\.records) == [[0]])
  }

  @Test("the zone's own servers, their addresses in it, and the root's servers raise nothing")
  func ownZone() {
    let found = charges(
      authority: ["shop.test. 300 NS ns.shop.test.", ". 3600 NS a.root-servers.net."],
      additional: ["ns.shop.test. 300 A 192.0.2.9", "a.root-servers.net. 300 A 198.41.0.4"])
    #expect(found.isEmpty)
  }

  @Test("targets of aliases and their chain raise nothing, also beyond the zone")
  func aliases() {
    var scene = CaseScene()
    scene.answer(
      "www.shop.test. A",
      ["www.shop.test. 300 CNAME shop.cdn.example.", "shop.cdn.example. 60 A 203.0.113.1"], at: 1
    ) { $0.authority = ["cdn.example. 3600 NS ns.cdn.example."] }
    #expect(scene.charges(OutOfBailiwickRule.self).isEmpty)
  }

  @Test(
    "several servers in another zone with their addresses raise nothing; a lone one that nobody else names does"
  )
  func loneServer() {
    let servers = ["shop.test. 300 NS ns1.host.example.", "shop.test. 300 NS ns2.host.example."]
    let addresses = ["ns1.host.example. 300 A 203.0.113.1", "ns2.host.example. 300 A 203.0.113.2"]
    #expect(charges(authority: servers, additional: addresses).isEmpty)
    #expect(charges(authority: [servers[0]], additional: [addresses[0]]).map(\.records) == [[0]])
  }

  @Test("a lone server in another zone that a referral names as well raises nothing")
  func referredServer() {
    var scene = CaseScene()
    let server = ["shop.test. 300 NS ns1.host.example."], address = ["ns1.host.example. 300 A 203.0.113.1"]
    scene.referral("www.shop.test. A", server, address, at: 0) { $0.server = "198.51.100.9" }
    scene.answer("www.shop.test. A", ["www.shop.test. 300 A 192.0.2.1"], at: 1) {
      ($0.authority, $0.additional) = (server, address)
    }
    #expect(scene.charges(OutOfBailiwickRule.self).isEmpty)
  }

  @Test(
    "an address beside an answer that the name's own server contradicts is accused; an old one in a referral is not"
  )
  func contradictedCompanion() {
    var scene = CaseScene()
    let servers = ["shop.test. 300 NS ns.shop.test.", "shop.test. 300 NS www.bank.test."]
    let additional = ["www.bank.test. 300 A 203.0.113.66"]
    scene.answer("www.bank.test. A", ["www.bank.test. 300 A 192.0.2.7"], at: 0) { $0.server = "198.51.100.8" }
    let forged = scene.answer("www.shop.test. A", ["www.shop.test. 300 A 192.0.2.1"], at: 1) {
      ($0.authority, $0.additional) = (servers, additional)
    }
    #expect(scene.charges(OutOfBailiwickRule.self).map(\.records) == [[forged]])
    var neglected = CaseScene()
    neglected.answer("www.bank.test. A", ["www.bank.test. 300 A 192.0.2.7"], at: 0) {
      $0.server = "198.51.100.8"
    }
    neglected.referral("www.shop.test. A", servers, additional, at: 1)
    #expect(neglected.charges(OutOfBailiwickRule.self).isEmpty)
  }

  @Test("a server that others name for both zones may speak for both")
  func bothZones() {
    var scene = CaseScene()
    for zone in ["shop.test.", "bank.test."] {
      scene.referral("www.\(zone) A", ["\(zone) 300 NS ns.\(zone)"], ["ns.\(zone) 300 A 198.51.100.1"], at: 0)
      {
        $0.server = "198.51.100.9"
      }
    }
    scene.answer("www.shop.test. A", ["www.shop.test. 300 A 192.0.2.1"], at: 1) {
      $0.additional = ["www.bank.test. 300 A 192.0.2.7"]
    }
    #expect(scene.charges(OutOfBailiwickRule.self).isEmpty)
  }

  @Test("who was deceived and passes it on is not accused")
  func passedOn() {
    var scene = CaseScene()
    for (server, client) in [("198.51.100.1", "192.0.2.53"), ("192.0.2.53", "192.0.2.2")] {
      scene.answer("www.shop.test. A", ["www.shop.test. 300 A 192.0.2.1"], at: 1) {
        ($0.server, $0.client) = (server, client)
        $0.additional = ["www.bank.test. 300 A 203.0.113.66"]
      }
    }
    #expect(scene.charges(OutOfBailiwickRule.self).map(\.records) == [[0]])
  }
}
