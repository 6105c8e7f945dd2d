@testable import Findings
import TestSupport
import Testing

/// How well drawn numbers resist guessing.
@Suite struct NumberSpreadTests {
  /// The spread of numbers with their own standard deviation.
  private func spread(_ numbers: [UInt16], flaws: [String] = []) -> NumberSpread {
    let mean = numbers.reduce(0.0) { $0 + Double($1) } / Double(numbers.count)
    let variance =
      numbers.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(numbers.count)
    return NumberSpread(numbers, of: 1 << 16, deviation: variance.squareRoot(), flaws: flaws)
  }

  @Test("random numbers are great, and have as many distinct ones as chance gives")
  func random() {
    var random = SeededRandom(seed: 53)
    for _ in 0..<50 {
      let found = spread((0..<128).map { _ in UInt16.random(in: 0...UInt16.max, using: &random) })
      #expect(found.grade == .great && found.flaws.isEmpty)
      #expect(found.expected > 127.8 && Double(found.distinct) > found.expected - 5)
    }
  }

  @Test(
    "the classes are those of the standard deviation",
    arguments: [(3_980.0, NumberSpread.Grade.great), (3_979, .good), (296, .good), (295, .poor)])
  func classes(deviation: Double, grade: NumberSpread.Grade) {
    let found = NumberSpread(
      (0..<30).map { UInt16($0) * 2_000 }, of: 1 << 16, deviation: deviation, flaws: [])
    #expect(found.grade == grade)
  }

  @Test("one number is poor, and so are few ones far apart and any flaw")
  func poor() {
    let one = spread(Array(repeating: 5_353, count: 40))
    #expect(one.grade == .poor && one.pool == 1 && one.flaws == ["always 5353"])
    var random = SeededRandom(seed: 4)
    let few = spread((0..<128).map { _ in UInt16.random(in: 0..<16, using: &random) * 4_000 })
    #expect(few.grade == .poor && few.deviation > 3_980 && few.pool < 32, "\(few.pool)")
    #expect(spread((0..<128).map { UInt16($0) * 500 }, flaws: ["counting up"]).grade == .poor)
  }

  @Test("two queries in a row from one port are no repetition: A and AAAA often come from one socket")
  func pairs() {
    var random = SeededRandom(seed: 6)
    let pairs = (0..<64).flatMap { _ in
      Array(repeating: UInt16.random(in: 1_024...UInt16.max, using: &random), count: 2)
    }
    #expect(spread(pairs).grade == .great)
  }

  @Test("the chance of so many guesses is that of RFC 5452")
  func power() {
    #expect(abs(1 - raised(1 - 1 / 65_536, to: 65_536) - 0.632) < 0.001)
    #expect(raised(0.5, to: 0) == 1 && raised(0.5, to: 3) == 0.125 && raised(0.5, to: -1) == 1)
  }
}
