@testable import Findings
import Packets
import Testing

@testable import Transactions

/// What a rule charges of data that an attacker makes up without end.
@Suite("Limits of charges") struct ChargeLimitTests {
  /// Some items of weight 0 or 1, all charged.
  private func charges(_ weights: [UInt8]) -> [Charge] {
    Charge.gravest(Array(weights.indices), weight: { weights[$0] }) { index in
      var charge = Charge(.nullGlue, .structure, .stands, .low, .low, "one of many")
      charge.records = [index]
      return charge
    }
  }

  /// How many a charge says were left out.
  private func leftOut(_ charge: Charge?) -> String? {
    charge?.facts.first { $0.name == "charges_left_out" }.map { "\($0.value)" }
  }

  @Test("as many charges as a rule may make are made, and nothing is left out")
  func atLimit() {
    let charges = charges(Array(repeating: 0, count: Charge.limit))
    #expect(charges.count == Charge.limit && charges.allSatisfy { $0.facts.isEmpty })
  }

  @Test("of more charges the gravest are kept in their order, and the last one counts those left out")
  func gravest() {
    let charges = charges(Array(repeating: 0, count: Charge.limit + 4) + [1])
    #expect(charges.count == Charge.limit && charges.first?.records == [0])
    #expect(
      charges.last?.records == [Charge.limit + 4] && charges.dropLast().last?.records == [Charge.limit - 2])
    #expect(leftOut(charges.last) == "number(5)" && leftOut(charges.first) == nil)
  }

  /// Races of one server and client, one second apart or more, of which the forged side has another IP TTL.
  private func races(_ names: [String], apart seconds: Double) -> [Charge] {
    var scene = CaseScene()
    for number in 0..<10 { scene.answer("h\(number).net. A", ["h\(number).net. 300 A 192.0.2.1"], at: 0) }
    for (number, name) in names.enumerated() {
      let time = 10 + Double(number) * seconds
      scene.answer("\(name) A", ["\(name) 300 A 203.0.113.66"], at: time) {
        ($0.conflict, $0.network) = (number, NetworkTraits(ipTTL: 44))
      }
      scene.answer("\(name) A", ["\(name) 300 A 198.51.100.7"], at: time + 0.1) {
        ($0.conflict, $0.transaction) = (number, .conflicting)
      }
    }
    return scene.charges(TTLOutlierRule.self)
  }

  @Test("odd answers in races about one zone between two hosts are one charge, and others their own")
  func habits() {
    #expect(races(["a.bank.test.", "b.bank.test."], apart: 1).map(\.records) == [[10, 12]])
    #expect(races(["a.bank.test.", "b.bank.test."], apart: 100).map(\.records) == [[10], [12]])
    #expect(races(["a.bank.test.", "a.shop.test."], apart: 1).map(\.records) == [[10], [12]])
  }
}
