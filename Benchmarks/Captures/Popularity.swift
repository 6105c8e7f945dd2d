import TestSupport

/// Draws numbers as often as names are asked for: the second half as often as the first, and so on (Zipf's law).
struct Popularity {
  /// The sums of 1 + 1/2 + ... up to each number.
  private let sums: [Double]

  /// Of the numbers below a count, which is at least 1.
  init(_ count: Int) {
    var sum = 0.0
    sums = (1...max(1, count)).map { rank in
      sum += 1 / Double(rank)
      return sum
    }
  }

  /// A number, 0 more often than all others.
  func draw(_ random: inout SeededRandom) -> Int {
    let value = Double(random.next() >> 11) / Double(1 << 53) * (sums.last ?? 1)
    var low = 0, high = sums.count - 1
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
