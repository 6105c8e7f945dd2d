import Packets
import TestSupport
import Testing

@testable import Findings
@testable import Transactions

/// What is usual for servers, learned from runs of like answers, and seen at a glance.
@Suite struct HabitsTests {
  /// Answers of servers, most of them alike; about one in so many is different in one way or another.
  private func scene(seed: UInt64, oneIn rarity: Int) -> CaseScene {
    var random = SeededRandom(seed: seed), scene = CaseScene()
    for number in 0..<300 {
      let isOdd = Int.random(in: 0..<rarity, using: &random) == 0
      let way = isOdd ? Int.random(in: 0..<9, using: &random) : 9
      let server = "198.51.100.\(number % 4)", type = ["A", "AAAA", "MX"][number % 3]
      let trip = UInt32.random(in: 20_000...22_000, using: &random)
      scene.answer("w\(number).test. \(type)", ["w\(number).test. 60 A 192.0.2.1"], at: Double(number)) {
        ($0.server, $0.trip) = (server, trip)
        HabitsTests.change(&$0, in: way)
      }
    }
    return scene
  }

  /// Makes an answer different.
  private static func change(_ response: inout CaseScene.Response, in way: Int) {
    switch way {
    case 0: response.network = NetworkTraits(ipTTL: 250)
    case 1: response.network = NetworkTraits(ipTTL: 57, identification: 9, flags: .hasIdentification)
    case 2: response.network = NetworkTraits(ipTTL: 57, flags: [.dontFragment, .checksumAbsent])
    case 3: response.trip = 300
    case 4: response.hasEDNS = false
    case 5: response.match = [.queryHadEDNS, .cookieWrong]
    case 6: response.match = [.queryHadEDNS, .caseDiffers]
    case 7: response.isAuthoritative = false
    case 8: response.transaction = .duplicate
    default: break
    }
  }

  @Test(
    "a glance at an answer passes over none that departs from what is usual",
    arguments: 1...12 as ClosedRange<UInt64>)
  func glance(seed: UInt64) {
    let caseFile = scene(seed: seed, oneIn: [3, 12, 30][Int(seed) % 3]).caseFile()
    let habits = Investigation(caseFile).habits
    let expected = caseFile.responses.compactMap { index -> String? in
      let record = caseFile.records[index], facts = caseFile.facts[Int(record.body)]
      let deviation = habits.server(of: index).deviation(
        of: record, edns: facts.edns, kind: facts.shape, isLearned: record.isOrdinary && record.isUDP)
      return deviation.isEmpty ? nil : "\(index) \(deviation.rawValue)"
    }
    #expect(habits.deviants.map { "\($0.record) \($0.deviation.rawValue)" } == expected)
    #expect(!expected.isEmpty)
  }

  @Test("ways that come by turns make the same habits as one after the other")
  func turns() {
    let ttls: [UInt8] = [57, 58, 250]
    let orders = [(0..<90).map { ttls[$0 % 3] }, (0..<90).map { ttls[$0 / 30] }]
    let habits = orders.map { order in
      var scene = CaseScene()
      for (number, ttl) in order.enumerated() {
        scene.answer("w.test. A", ["w.test. 60 A 192.0.2.1"], at: Double(number)) {
          $0.network = NetworkTraits(ipTTL: ttl)
          $0.hasEDNS = ttl < 100
        }
      }
      return Investigation(scene.caseFile()).habits.server(of: 0)
    }
    for habit in habits {
      #expect(habit.count == 90 && habit.usualTTLs == [57, 58, 250] && habit.ttls.near(57) == 60)
      #expect(habit.sizes.of(1_232) == 60 && habit.trips == 90 && habit.shortest == 20_000)
    }
  }
}
