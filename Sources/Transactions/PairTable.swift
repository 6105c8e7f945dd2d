import DNSWire

/// Numbers pairs of 64-bit words from 0 in order of arrival: open addressing, no allocation once it has grown.
///
/// The hash has keys that are random for each table, so that whoever writes the packets cannot choose pairs that collide.
/// Numbers follow the order of arrival, so nothing in the output depends on them.
@usableFromInline
package struct PairTable: Sendable {
  /// A pair.
  @usableFromInline
  package struct Pair: Equatable, Sendable {
    /// The two words.
    @usableFromInline package let first: UInt64, second: UInt64

    /// From the words.
    package init(first: UInt64, second: UInt64) { (self.first, self.second) = (first, second) }
  }

  private let key = HashKey()
  /// The pairs by their number.
  @usableFromInline package private(set) var pairs: [Pair] = []
  /// Number plus one, or 0 for a free place; the count is a power of two.
  private var slots: [UInt32] = Array(repeating: 0, count: 1 << 8)

  /// None numbered.
  package init() {}

  /// How many numbers were given.
  package var count: Int { pairs.count }

  /// The number of a pair; nil when it has none.
  @inline(__always)
  package func find(_ pair: Pair) -> UInt32? {
    let mask = slots.count &- 1
    var slot = hash(pair) & mask
    while slots[slot] != 0 {
      let number = slots[slot] &- 1
      if pairs[Int(number)] == pair { return number }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// The number of a pair, given if need be.
  @inline(__always)
  package mutating func number(_ pair: Pair) -> UInt32 { find(pair) ?? add(pair) }

  /// The number that the first place of a pair holds: likely, and not more, the pair's own. Reading it brings that place
  /// near; nil where it is free.
  @inline(__always)
  func guess(_ pair: Pair) -> UInt32? {
    let slot = slots[hash(pair) & (slots.count &- 1)]
    return slot == 0 ? nil : slot &- 1
  }

  /// The number of a pair, given if need be, of which a number is guessed.
  @inline(__always)
  mutating func number(_ pair: Pair, guess: UInt32?) -> UInt32 {
    if let guess, Int(guess) < pairs.count, pairs[Int(guess)] == pair { return guess }
    return number(pair)
  }

  /// Gives the next number.
  private mutating func add(_ pair: Pair) -> UInt32 {
    if pairs.count * 3 >= slots.count * 2 { grow() }
    let number = UInt32(truncatingIfNeeded: pairs.count)
    pairs.append(pair)
    place(number, pair)
    return number
  }

  /// Puts a number into the first free slot of its chain.
  private mutating func place(_ number: UInt32, _ pair: Pair) {
    let mask = slots.count &- 1
    var slot = hash(pair) & mask
    while slots[slot] != 0 { slot = (slot &+ 1) & mask }
    slots[slot] = number &+ 1
  }

  /// Doubles the slots.
  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for (number, pair) in pairs.enumerated() { place(UInt32(truncatingIfNeeded: number), pair) }
  }

  /// The keyed hash of a pair.
  @inline(__always)
  private func hash(_ pair: Pair) -> Int { Int(truncatingIfNeeded: key.hash(pair.first, pair.second)) }
}
