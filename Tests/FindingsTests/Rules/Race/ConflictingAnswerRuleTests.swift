import DNSSEC
import Packets
import Testing

@testable import Findings
@testable import Transactions

/// Races: answers to one query whose data differ, and which of them is false.
@Suite("Conflicting answers") struct ConflictingAnswerRuleTests {
  private static let forged = ["www.bank.test. 300 A 203.0.113.66"],
    genuine = ["www.bank.test. 3600 A 198.51.100.7"]

  /// A scene with ten ordinary answers of the server.
  private func warm() -> CaseScene {
    var scene = CaseScene()
    for number in 0..<10 {
      scene.answer(
        "h\(number).bank.test. A", ["h\(number).bank.test. 3600 A 198.51.100.\(number + 20)"],
        at: Double(number))
    }
    return scene
  }

  /// Two answers to one query, the second one a tenth of a second later.
  private func race(
    _ scene: inout CaseScene, _ first: (inout CaseScene.Response) -> Void = { _ in },
    _ second: (inout CaseScene.Response) -> Void = { _ in }
  ) -> (first: Int, second: Int) {
    let one = scene.answer("www.bank.test. A", ConflictingAnswerRuleTests.forged, at: 20) {
      $0.conflict = 0
      first(&$0)
    }
    let two = scene.answer("www.bank.test. A", ConflictingAnswerRuleTests.genuine, at: 20.1) {
      ($0.conflict, $0.transaction) = (0, .conflicting)
      second(&$0)
    }
    return (one, two)
  }

  @Test("the word of DNSSEC decides first, whichever came first and whatever its headers say")
  func word() throws {
    var scene = warm()
    let (first, second) = race(&scene, { $0.word = .secure }, { $0.word = .bogus })
    let charge = try #require(scene.charges(ConflictingAnswerRule.self).first)
    #expect(charge.records == [second] && charge.genuine == [first] && charge.isProven)
  }

  @Test("without signatures the server's habits decide, whichever came first", arguments: [true, false])
  func habits(_ isFirst: Bool) throws {
    var scene = warm()
    let odd = { (response: inout CaseScene.Response) in response.network = NetworkTraits(ipTTL: 44) }
    let (first, second) = isFirst ? race(&scene, odd) : race(&scene, { _ in }, odd)
    let charge = try #require(scene.charges(ConflictingAnswerRule.self).first)
    #expect(charge.records == [isFirst ? first : second] && charge.genuine == [isFirst ? second : first])
    #expect(charge.arithmetic.contains { $0.family == .network })
  }

  @Test("a habit of one IP TTL more or less is the same one")
  func nearTTL() throws {
    var scene = warm()
    _ = race(&scene, { $0.network = NetworkTraits(ipTTL: 56) })
    let charge = try #require(scene.charges(ConflictingAnswerRule.self).first)
    #expect(!charge.arithmetic.contains { $0.family == .network })
  }

  @Test("other answers with the same data speak for a side")
  func history() throws {
    var scene = warm()
    let (first, second) = race(&scene)
    scene.answer("www.bank.test. A", ConflictingAnswerRuleTests.forged, at: 60)
    let charge = try #require(scene.charges(ConflictingAnswerRule.self).first)
    #expect(charge.records == [second] && charge.genuine == [first])
    #expect(charge.arithmetic.contains { $0.family == .history })
  }

  @Test("what the deceived host itself repeats speaks for nothing")
  func ownWord() throws {
    var scene = warm()
    let (first, _) = race(&scene)
    scene.answer("www.bank.test. A", ConflictingAnswerRuleTests.forged, at: 21) {
      ($0.server, $0.client, $0.isAuthoritative, $0.isRecursive) = (
        CaseScene.resolver, "192.0.2.2", false, true
      )
    }
    #expect(scene.charges(ConflictingAnswerRule.self).first?.records == [first])
  }

  @Test("where nothing decides, the order does, and the charge says that nothing else did")
  func order() throws {
    var scene = warm()
    let (first, _) = race(&scene)
    let charge = try #require(scene.charges(ConflictingAnswerRule.self).first)
    #expect(
      charge.records == [first] && charge.severity == .medium
        && charge.summary.contains("nothing but the order"))
  }

  @Test(
    "shapes that honest servers have are low: a failure beside the answer, a pool in one network, packets lost"
  )
  func honest() {
    var failing = warm(), pool = warm(), lossy = warm()
    _ = race(&failing, { ($0.answer, $0.rcode) = ([], .servFail) })
    _ = race(&pool, { $0.answer = ["www.bank.test. 3600 A 198.51.100.9"] })
    _ = race(&lossy)
    lossy.quality.drops = 3
    for scene in [failing, pool, lossy] {
      let charge = scene.charges(ConflictingAnswerRule.self).first
      #expect(charge?.severity == .low && charge?.isHonestShape == true && charge?.benign.isEmpty == false)
    }
  }

  @Test("equal data, and packets that a host would have dropped, are no race")
  func noRace() {
    var same = warm(), damaged = warm()
    _ = race(&same, { $0.answer = ConflictingAnswerRuleTests.genuine })
    _ = race(&damaged, { $0.traits.insert(.damaged) })
    #expect(
      same.charges(ConflictingAnswerRule.self).isEmpty && damaged.charges(ConflictingAnswerRule.self).isEmpty)
  }

  @Test(
    "a server that is hardly known is compared with its rival: hops, RA, EDNS, an address that is not public")
  func comparison() throws {
    let marks: [(inout CaseScene.Response) -> Void] = [
      { $0.network = NetworkTraits(ipTTL: 64) }, { $0.hasEDNS = false },
      { $0.answer = ["www.bank.test. 300 A 10.6.6.6"] },
    ]
    for mark in marks {
      var scene = CaseScene()
      let (_, second) = race(&scene, { $0.answer = ["www.bank.test. 300 A 8.8.8.8"] }, mark)
      let charge = try #require(scene.charges(ConflictingAnswerRule.self).first)
      #expect(charge.records == [second])
    }
  }
}
