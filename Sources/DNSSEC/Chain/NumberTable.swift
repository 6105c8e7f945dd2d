/// Finds small numbers by pairs of others, such as an RRset's and an RRSIG's: open addressing, no allocation for each.
///
/// The hash folds full products with a key that is random in each process, so that whoever writes the packets cannot
/// choose pairs that collide. Nothing in the output depends on the key.
struct NumberTable: Sendable {
  private var keys: [UInt64] = Array(repeating: 0, count: 1 << 8)
  /// Value plus one, or 0 for a free place; the count is a power of two, as that of the keys.
  private var values: [UInt32] = Array(repeating: 0, count: 1 << 8)
  /// How many pairs there are.
  private(set) var count = 0

  /// The key of this process: a multiplier, so it is odd.
  private static let multiplier = UInt64.random(in: .min ... .max) | 1

  /// The number of a pair; nil when it has none.
  func find(_ first: UInt32, _ second: UInt32) -> Int? {
    let key = NumberTable.key(first, second), mask = values.count &- 1
    var slot = NumberTable.hash(key) & mask
    while values[slot] != 0 {
      if keys[slot] == key { return Int(values[slot] &- 1) }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// Gives a number to a pair that has none.
  mutating func insert(_ first: UInt32, _ second: UInt32, _ value: Int) {
    if count * 3 >= values.count * 2 { grow() }
    count += 1
    place(NumberTable.key(first, second), UInt32(truncatingIfNeeded: value) &+ 1)
  }

  /// Puts a value into the first free slot of its chain.
  private mutating func place(_ key: UInt64, _ value: UInt32) {
    let mask = values.count &- 1
    var slot = NumberTable.hash(key) & mask
    while values[slot] != 0 { slot = (slot &+ 1) & mask }
    (keys[slot], values[slot]) = (key, value)
  }

  /// Doubles the slots.
  private mutating func grow() {
    let old = (keys, values)
    keys = Array(repeating: 0, count: old.0.count * 2)
    values = Array(repeating: 0, count: keys.count)
    for (key, value) in zip(old.0, old.1) where value != 0 { place(key, value) }
  }

  /// A pair as one word.
  private static func key(_ first: UInt32, _ second: UInt32) -> UInt64 {
    UInt64(first) &<< 32 | UInt64(second)
  }

  /// The keyed hash of a pair.
  private static func hash(_ key: UInt64) -> Int {
    let product = (key ^ multiplier &>> 7).multipliedFullWidth(by: multiplier)
    let mixed = (product.high ^ product.low).multipliedFullWidth(by: multiplier)
    return Int(truncatingIfNeeded: mixed.high ^ mixed.low)
  }
}
