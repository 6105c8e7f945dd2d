import DNSWire
@testable import Findings
import Testing

/// B2, B3 and B5: servers that one answer alone names.
@Suite struct ServerChangeTests {
  private static let usual = ["shop.test. 300 NS ns.shop.test."],
    usualAddress = ["ns.shop.test. 300 A 198.51.100.1"]
  private static let odd = ["shop.test. 300 NS ns9.shop.test."],
    oddAddress = ["ns9.shop.test. 300 A 203.0.113.66"]

  /// Adds an answer about a name of the zone.
  @discardableResult
  private func answer(
    _ scene: inout CaseScene, _ label: String, _ servers: [String], _ addresses: [String], at seconds: Double,
    server: String = CaseScene.server
  ) -> Int {
    scene.answer("\(label).shop.test. A", ["\(label).shop.test. 300 A 192.0.2.1"], at: seconds) {
      ($0.authority, $0.additional, $0.server) = (servers, addresses, server)
    }
  }

  @Test(
    "an answer with servers and addresses that its server names at no other time is accused, with what they answer"
  )
  func injectedServers() {
    var scene = CaseScene()
    answer(&scene, "a", ServerChangeTests.usual, ServerChangeTests.usualAddress, at: 1)
    let forged = answer(&scene, "b", ServerChangeTests.odd, ServerChangeTests.oddAddress, at: 2)
    let later = answer(&scene, "c", [], [], at: 3, server: "203.0.113.66")
    let charges = scene.charges(PromiscuousAuthorityRule.self)
    #expect(charges.map(\.records) == [[forged, later]] && charges.first?.genuine == [0])
    #expect(charges.first?.standing == .accuses && charges.first?.severity == .medium)
  }

  @Test("a zone that moves is named by others or again, and raises nothing")
  func moved() {
    var scene = CaseScene()
    answer(&scene, "a", ServerChangeTests.usual, ServerChangeTests.usualAddress, at: 1)
    for label in ["b", "c"] {
      answer(&scene, label, ServerChangeTests.odd, ServerChangeTests.oddAddress, at: 2)
    }
    #expect(scene.charges(PromiscuousAuthorityRule.self).isEmpty)
  }

  @Test("a parent and a zone that differ in their servers are no attack")
  func parentDiffers() {
    var scene = CaseScene()
    scene.referral("a.shop.test. A", ServerChangeTests.usual, ServerChangeTests.usualAddress, at: 0) {
      $0.server = "198.51.100.9"
    }
    answer(&scene, "a", ServerChangeTests.odd, ServerChangeTests.oddAddress, at: 1)
    #expect(
      scene.charges(PromiscuousAuthorityRule.self).allSatisfy {
        $0.standing == .stands && $0.severity == .low
      })
    var overlapping = CaseScene()
    answer(&overlapping, "a", ServerChangeTests.usual, ServerChangeTests.usualAddress, at: 1)
    answer(
      &overlapping, "b", ServerChangeTests.usual + ServerChangeTests.odd, ServerChangeTests.oddAddress, at: 2)
    #expect(overlapping.charges(PromiscuousAuthorityRule.self).isEmpty)
  }

  @Test(
    "other addresses of a name server in one referral are accused when its sender takes them back, and low when not"
  )
  func glue() {
    for (isTakenBack, standing) in [(true, Charge.Standing.accuses), (false, .stands)] {
      var scene = CaseScene()
      let glue = { (address: String) in ["ns.shop.test. 300 A \(address)"] }
      for second in [1.0, 2.0] {
        scene.referral("a.shop.test. A", ServerChangeTests.usual, glue("198.51.100.1"), at: second)
      }
      let odd = scene.referral("b.shop.test. A", ServerChangeTests.usual, glue("203.0.113.66"), at: 3)
      if isTakenBack {
        scene.referral("c.shop.test. A", ServerChangeTests.usual, glue("198.51.100.1"), at: 4)
      }
      let charges = scene.charges(NSOrGlueChangeRule.self).filter { $0.records == [odd] }
      #expect(charges.map(\.standing) == [standing])
    }
  }

  @Test("servers that a capture begins with and that another set follows are those that a zone moved from")
  func migration() {
    for isCut in [true, false] {
      var scene = CaseScene()
      let refer = { (scene: inout CaseScene, set: String, address: String, second: Double) in
        scene.referral(
          "h\(Int(second)).shop.test. A", ["shop.test. 300 NS \(set)"], ["\(set) 300 A \(address)"],
          at: second)
      }
      if !isCut { _ = refer(&scene, "ns.new.test.", "198.51.100.1", 0) }
      let odd = refer(&scene, "ns.old.test.", "203.0.113.66", 1)
      for second in [2.0, 3.0, 4.0] { _ = refer(&scene, "ns.new.test.", "198.51.100.1", second) }
      let charges = scene.charges(NSOrGlueChangeRule.self).filter { $0.records == [odd] }
      #expect(charges.contains { $0.standing == .accuses } == !isCut && !charges.isEmpty)
    }
  }

  @Test("servers that a resolver alone adds for a host that asks authorities itself are accused (MaginotDNS)")
  func maginot() {
    for isTold in [true, false] {
      var scene = CaseScene()
      scene.referral("www.test. A", ["test. 300 NS ns.test."], ["ns.test. 300 A 198.51.100.1"], at: 0)
      // The host resolves for a client.
      scene.answer("www.test. A", ["www.test. 300 A 192.0.2.1"], at: 1) {
        ($0.server, $0.client, $0.isRecursive) = (CaseScene.resolver, "192.0.2.2", true)
      }
      let forged = scene.answer("x.shop.test. A", ["x.shop.test. 300 A 192.0.2.1"], at: 2) {
        ($0.server, $0.isRecursive, $0.isAuthoritative) = ("198.51.100.99", true, false)
        $0.authority = [isTold ? "test. 300 NS ns.shop.test." : "test. 300 NS ns.test."]
      }
      #expect(scene.charges(MaginotRule.self).map(\.records) == (isTold ? [[forged]] : []))
    }
  }

  @Test("zones whose servers change all the time make a limited number of charges, which count the rest")
  func manyChanges() throws {
    var scene = CaseScene()
    for number in 0..<(Charge.limit + 10) {
      let zone = "z\(number / 2).test.", server = "ns\(number).\(zone)"
      scene.referral("a.\(zone) A", ["\(zone) 300 NS \(server)"], ["\(server) 300 A 192.0.2.1"], at: 1) {
        $0.isAuthoritative = false
      }
    }
    let charges = scene.charges(NSOrGlueChangeRule.self)
    #expect(charges.count == Charge.limit)
    #expect(
      charges.last?.facts.contains { $0.name == "charges_left_out" && "\($0.value)" == "number(10)" } == true)
  }

  @Test("servers at addresses that another version of the servers has are no change of place")
  func sameAddresses() throws {
    var scene = CaseScene()
    answer(&scene, "a", ServerChangeTests.usual, ServerChangeTests.usualAddress, at: 1)
    answer(&scene, "b", ServerChangeTests.odd, ["ns9.shop.test. 300 A 198.51.100.1"], at: 2)
    #expect(scene.charges(PromiscuousAuthorityRule.self).allSatisfy { $0.standing == .stands })
  }
}
