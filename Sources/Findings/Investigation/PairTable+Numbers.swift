import Transactions

/// Pairs of the numbers of addresses, questions, bodies and the like.
extension PairTable {
  /// The number of a pair; nil for one that has none.
  func find(_ first: UInt32, _ second: UInt32) -> Int? { find(PairTable.pair(first, second)).map { Int($0) } }

  /// The number of a pair, and whether it was given just now.
  mutating func number(_ first: UInt32, _ second: UInt32) -> (number: Int, isNew: Bool) {
    let known = count, number = number(PairTable.pair(first, second))
    return (Int(number), count > known)
  }

  /// Both in one word.
  private static func pair(_ first: UInt32, _ second: UInt32) -> Pair {
    Pair(first: UInt64(first) << 32 | UInt64(second), second: 0)
  }
}
