import DNSWire
@testable import Findings
import Packets
import Testing
import Transactions

/// R2, R8 and R10: who sends what again, from elsewhere, or in another's place.
@Suite struct SenderRuleTests {
  @Test(
    "a server that repeats many answers is context; a few, mirrored copies and resent queries are nothing")
  func repeats() {
    let charges = { (count: Int, match: MatchTraits) in
      var scene = CaseScene()
      for number in 0..<count {
        scene.answer("n\(number).test. A", ["n\(number).test. 300 A 192.0.2.1"], at: Double(number)) {
          ($0.transaction, $0.match) = (.duplicate, match)
        }
      }
      return scene.charges(SameAnswerTwiceRule.self)
    }
    #expect(charges(20, []).map(\.severity) == [.info] && charges(19, []).isEmpty)
    #expect(charges(20, .mirrorCopy).isEmpty && charges(20, .resent).isEmpty)
  }

  /// An answer that fits but for its sender, and the asked server's.
  private func fromElsewhere(
    _ address: String, answered: Bool = true, match: MatchTraits = [.questionOpen, .portOpen, .idFits],
    _ prepare: (inout CaseScene) -> Void = { _ in }
  )
    -> [Charge]
  {
    var scene = CaseScene()
    scene.answer("www.test. A", ["www.test. 300 A \(address)"], at: 1) {
      ($0.server, $0.transaction, $0.match) = ("203.0.113.9", .unsolicited, match)
    }
    if answered { scene.answer("www.test. A", ["www.test. 300 A 192.0.2.1"], at: 2) }
    prepare(&scene)
    return scene.charges(SourceMismatchRule.self)
  }

  @Test("an answer from a host that was not asked is accused when the asked one says otherwise")
  func forgedSource() {
    let charges = fromElsewhere("203.0.113.66")
    #expect(
      charges.map(\.standing) == [.accuses] && charges.first?.records == [0] && charges.first?.genuine == [1])
  }

  @Test("a server with several addresses is a low finding, and a stray answer that does not fit none")
  func multihomed() {
    for charges in [fromElsewhere("192.0.2.1"), fromElsewhere("203.0.113.66", answered: false)] {
      #expect(charges.map(\.standing) == [.stands] && charges.first?.severity == .low)
    }
    #expect(fromElsewhere("203.0.113.66", match: [.questionOpen, .portOpen]).isEmpty)
    #expect(fromElsewhere("203.0.113.66", match: [.questionOpen, .portOpen, .idFits, .serverAsked]).isEmpty)
  }

  @Test(
    "other data of a resolver that the host asks too, or in a capture that lost packets, are a low finding")
  func lostQuery() {
    let asked = { (isRecursive: Bool) in
      self.fromElsewhere("203.0.113.66") { scene in
        scene.answer("mail.test. A", ["mail.test. 300 A 192.0.2.3"], at: 3) {
          ($0.server, $0.isRecursive) = ("203.0.113.9", isRecursive)
        }
      }
    }
    let isLossy = fromElsewhere("203.0.113.66") { $0.quality.drops = 1 }
    for charges in [asked(true), isLossy] {
      #expect(charges.map(\.severity) == [.low] && charges.first?.standing != .accuses)
    }
    #expect(asked(false).map(\.standing) == [.accuses])
  }

  @Test(
    "an answer of a resolver that is fast and has other flags is accused, but for zones that resolvers serve themselves",
    arguments: ["localhost", "10.in-addr.arpa", "www.test"])
  func ownZone(_ name: String) {
    var scene = CaseScene()
    let resolve = { (scene: inout CaseScene, name: String, change: (inout CaseScene.Response) -> Void) in
      scene.answer("\(name). A", ["\(name). 300 A 192.0.2.1"], at: 1) {
        ($0.isRecursive, $0.isAuthoritative) = (true, false)
        change(&$0)
      }
    }
    for number in 0..<10 { _ = resolve(&scene, "h\(number).test") { _ in } }
    let odd = resolve(&scene, name) { ($0.isAuthoritative, $0.trip) = (true, 1_000) }
    #expect(scene.charges(InjectorFingerprintRule.self).map(\.records) == (name == "www.test" ? [[odd]] : []))
  }

  /// Answers of a resolver to two clients, and of a box in its name to one of them, with an address for each.
  private func box(_ address: String, ttl: UInt8) -> [Charge] {
    var scene = CaseScene()
    let answer = { (scene: inout CaseScene, client: String, name: String, address: String, ttl: UInt8) in
      _ = scene.answer("\(name).test. A", ["\(name).test. 300 A \(address)"], at: 1) {
        ($0.server, $0.client, $0.isRecursive, $0.isAuthoritative) = ("192.0.2.53", client, true, false)
        $0.network = NetworkTraits(ipTTL: ttl)
      }
    }
    for client in ["192.0.2.2", "192.0.2.3"] { answer(&scene, client, "a", "198.51.100.1", 64) }
    for name in ["b", "c", "d"] {
      answer(&scene, "192.0.2.3", name, name == "b" ? address : "198.51.100.1", ttl)
    }
    for name in ["b", "c", "d"] { answer(&scene, "192.0.2.2", name, "198.51.100.1", 64) }
    return scene.charges(InterceptionRule.self)
  }

  @Test("answers to one client that are sent otherwise are low, and accused when one of them is false")
  func interception() {
    let policy = box("198.51.100.1", ttl: 128)
    #expect(policy.map(\.standing) == [.stands] && policy.first?.severity == .low)
    let attack = box("203.0.113.66", ttl: 128)
    #expect(attack.map(\.standing) == [.accuses] && attack.first?.records == [2, 3, 4])
    #expect(attack.first?.kind == .interception && attack.first?.genuine == [5])
    #expect(box("203.0.113.66", ttl: 64).isEmpty, "the sender is the same")
  }
}
