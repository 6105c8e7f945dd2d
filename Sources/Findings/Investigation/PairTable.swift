/// Numbers pairs of numbers in the order in which they come: open addressing, since every response asks.
///
/// An attacker has a say in the numbers, but not in the seed, so that he cannot make pairs fall together; the numbers
/// that pairs are given follow their order, so that nothing told depends on the seed.
struct PairTable {
  /// Number plus one, or 0 for a free place; the count is a power of two.
  private var slots: [UInt32] = Array(repeating: 0, count: 1 << 6)
  private var pairs: [UInt64] = []

  /// Odd, and another one in each process.
  private static let seed = UInt64.random(in: .min ... .max) | 1

  /// Pairs numbered.
  var count: Int { pairs.count }

  /// The number of a pair; nil for one that has none.
  func find(_ first: UInt32, _ second: UInt32) -> Int? {
    let pair = UInt64(first) << 32 | UInt64(second), mask = slots.count &- 1
    var slot = PairTable.mix(pair) & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) &- 1
      if pairs[number] == pair { return number }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// The number of a pair, and whether it was given just now.
  mutating func number(_ first: UInt32, _ second: UInt32) -> (number: Int, isNew: Bool) {
    if let known = find(first, second) { return (known, false) }
    if pairs.count * 3 >= slots.count * 2 { grow() }
    pairs.append(UInt64(first) << 32 | UInt64(second))
    place(pairs.count - 1)
    return (pairs.count - 1, true)
  }

  /// Puts a pair into the first free slot of its chain.
  private mutating func place(_ number: Int) {
    let mask = slots.count &- 1
    var slot = PairTable.mix(pairs[number]) & mask
    while slots[slot] != 0 { slot = (slot &+ 1) & mask }
    slots[slot] = UInt32(truncatingIfNeeded: number &+ 1)
  }

  /// Doubles the slots.
  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for number in pairs.indices { place(number) }
  }

  /// The two halves of a product, folded: every bit of the pair and of the seed has a say in every bit.
  @inline(__always)
  private static func mix(_ pair: UInt64) -> Int {
    let product = (pair ^ seed).multipliedFullWidth(by: seed &* 0x9e37_79b9_7f4a_7c15 | 1)
    return Int(truncatingIfNeeded: product.high ^ product.low ^ product.low &>> 29)
  }
}
