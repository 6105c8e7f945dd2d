import DNSWire
@testable import Findings
import Packets
import Testing

/// B4, B9 and B10: answers with data that no other answer has.
@Suite struct OddAnswerTests {
  private static let servers = ["shop.test. 3600 NS ns.shop.test."]

  /// Ordinary answers about one name at some seconds, and an odd one.
  private func scene(
    at seconds: [Double], odd second: Double, _ data: String = "www.shop.test. 300 A 203.0.113.66",
    _ change: (inout CaseScene.Response) -> Void = { _ in }
  ) -> (scene: CaseScene, odd: Int) {
    var scene = CaseScene(), odd = -1
    for time in (seconds + [second]).sorted() {
      if time == second {
        odd = scene.answer("www.shop.test. A", [data], at: time, change)
      } else {
        scene.answer("www.shop.test. A", ["www.shop.test. 3600 A 192.0.2.1"], at: time) {
          $0.authority = OddAnswerTests.servers
        }
      }
    }
    return (scene, odd)
  }

  @Test("one answer with other data, made in another way, between others that agree is accused")
  func sandwiched() {
    let (scene, odd) = scene(at: [1, 2, 4], odd: 3)
    let charges = scene.charges(SplitAnswerSetRule.self)
    #expect(charges.map(\.records) == [[odd]] && charges.first?.standing == .accuses)
    #expect(charges.first?.arithmetic.contains { $0.family == .structure } ?? false)
  }

  @Test("data that change for good, and other data in answers that are made alike, are not accused")
  func honest() {
    let alike = { (response: inout CaseScene.Response) in response.authority = OddAnswerTests.servers }
    let content = scene(at: [1, 2, 4], odd: 3, "www.shop.test. 3600 A 203.0.113.66", alike).scene
    #expect(content.charges(SplitAnswerSetRule.self).isEmpty)
    let changed = scene(at: [1, 2, 3], odd: 4).scene
    #expect(!changed.charges(SplitAnswerSetRule.self).contains { $0.standing == .accuses })
  }

  @Test("of two answers the one is odd whose sender departs from the server's habits in two families")
  func evenPair() {
    var scene = CaseScene()
    let odd = scene.answer("www.shop.test. A", ["www.shop.test. 300 A 203.0.113.66"], at: 1) {
      ($0.network, $0.trip) = (NetworkTraits(ipTTL: 243), 5_000)
    }
    scene.answer("www.shop.test. A", ["www.shop.test. 3600 A 192.0.2.1"], at: 2)
    for number in 0..<30 {
      scene.answer(
        "n\(number).shop.test. A", ["n\(number).shop.test. 3600 A 192.0.2.1"], at: 3 + Double(number))
    }
    #expect(
      scene.charges(SplitAnswerSetRule.self).filter { $0.standing == .accuses }.map(\.records) == [[odd]])
  }

  @Test("an alias in one answer alone is accused; one that the server repeats, or over TCP, is not")
  func alias() {
    let alias = "www.shop.test. 300 CNAME evil.example."
    let (scene, odd) = scene(at: [1, 2, 4], odd: 3, alias)
    #expect(scene.charges(AliasTakeoverRule.self).map(\.records) == [[odd]])
    let overTCP = self.scene(at: [1, 2, 4], odd: 3, alias) { $0.traits = .tcp }.scene
    #expect(overTCP.charges(AliasTakeoverRule.self).isEmpty)
    var repeated = scene
    repeated.answer("www.shop.test. A", [alias], at: 5)
    #expect(repeated.charges(AliasTakeoverRule.self).isEmpty)
  }

  @Test("a DNAME above names that the server answers without it is accused, a zone's real one is not")
  func tree() {
    for isForged in [true, false] {
      var scene = CaseScene()
      let dname = "shop.test. 300 DNAME evil.example."
      for (number, label) in ["a", "b", "c"].enumerated() {
        let isOdd = !isForged || label == "b"
        scene.answer(
          "\(label).shop.test. A",
          isOdd
            ? [dname, "\(label).shop.test. 300 CNAME \(label).evil.example."]
            : ["\(label).shop.test. 300 A 192.0.2.1"], at: Double(number))
      }
      #expect(scene.charges(AliasTakeoverRule.self).map(\.records) == (isForged ? [[1]] : []))
    }
  }

  @Test("a TTL of days among TTLs of minutes supports; TTLs of one order do not")
  func ttl() {
    for (ttl, count) in [(604_800, 1), (7_200, 0)] {
      var scene = CaseScene()
      for (second, value) in [(1.0, 300), (2.0, 300), (3.0, ttl), (4.0, 300)] {
        scene.answer("www.shop.test. A", ["www.shop.test. \(value) A 192.0.2.1"], at: second)
      }
      let charges = scene.charges(TTLOddityRule.self)
      #expect(charges.count == count && charges.allSatisfy { $0.records == [2] && $0.standing == .supports })
    }
  }
}
