import Transactions

/// How well numbers that a host draws, ports or IDs, resist guessing.
package struct NumberSpread: Sendable {
  /// The three classes of DNS-OARC's port test.
  package enum Grade: String, Sendable, Comparable {
    case poor = "POOR", good = "GOOD", great = "GREAT"

    /// The worse one is the smaller one.
    package static func < (a: Grade, b: Grade) -> Bool { a.rank < b.rank }
    /// Its place from the worst on.
    private var rank: Int { self == .poor ? 0 : self == .good ? 1 : 2 }
    /// The class of a standard deviation: DNS-OARC calls 3,980 and more great and less than 296 poor, which is what 26
    /// draws from about 14,000 and 1,000 numbers in a row have.
    init(deviation: Double) { self = deviation >= 3_980 ? .great : deviation >= 296 ? .good : .poor }
  }

  /// Standard deviation over all queries.
  package let deviation: Double
  /// Queries looked at one by one, distinct numbers among them, and how many distinct ones as many draws from all
  /// numbers have on average.
  package let sampled: Int, distinct: Int, expected: Double
  /// About how many different numbers are drawn from, by the repetitions in the sample.
  package let pool: Double
  /// The class, and what is weak about it, a phrase each.
  package let grade: Grade, flaws: [String]

  /// Numbers from which a repetition in the sample is chance; see `TrafficStudy.samplesPerClient`.
  private static let smallPool = 2_048.0
  /// Repetitions that are no chance in a sample of 128 from 28,232 numbers, the ports that Linux draws from: the mean is
  /// 0.3, and five come once in 40,000 samples.
  private static let repetitions = 5

  /// Of a sample.
  /// - Parameters:
  ///   - size: how many numbers there are.
  ///   - flaws: what else is weak.
  package init(_ numbers: [UInt16], of size: Int, deviation: Double, flaws: [String]) {
    // Two queries in a row for one name, A and AAAA, often come from one socket.
    let draws = numbers.indices.filter { $0 == 0 || numbers[$0] != numbers[$0 - 1] }.map { numbers[$0] }
    let values = Set(draws), repeated = draws.count - values.count
    (self.deviation, sampled, distinct) = (deviation, numbers.count, values.count)
    let whole = Double(size)
    expected = whole * (1 - raised(1 - 1 / whole, to: values.count == 1 ? numbers.count : draws.count))
    pool = NumberSpread.pool(distinct: values.count, draws: draws.count, size: whole)
    var found = flaws
    if values.count == 1 {
      found.append("always \(numbers.first ?? 0)")
    } else if repeated >= NumberSpread.repetitions, pool < NumberSpread.smallPool {
      found.append("drawn from about \(Int(pool.rounded())) numbers only")
    }
    let spread = Grade(deviation: deviation)
    if spread == .poor, values.count > 1 { found.append("all close together") }
    self.flaws = found
    grade = found.isEmpty ? spread : .poor
  }

  /// Of how many numbers so many draws have so many distinct ones on average.
  private static func pool(distinct: Int, draws: Int, size: Double) -> Double {
    guard distinct > 1, distinct < draws else { return distinct > 1 ? size : 1 }
    var low = Double(distinct), high = size
    // Each step halves what is left of 65,536.
    for _ in 0..<24 {
      let middle = (low + high) / 2
      if middle * (1 - raised(1 - 1 / middle, to: draws)) < Double(distinct) {
        low = middle
      } else {
        high = middle
      }
    }
    return low
  }
}

/// A power with a whole exponent, by squaring.
func raised(_ base: Double, to exponent: Int) -> Double {
  var result = 1.0, factor = base, rest = max(0, exponent)
  while rest > 0 {
    if rest & 1 == 1 { result *= factor }
    factor *= factor
    rest >>= 1
  }
  return result
}
