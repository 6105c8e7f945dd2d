import Bytes

/// Finds the number that was given to equal content before: open addressing over hashes, content kept elsewhere.
///
/// The hash has a key that is random for each table, so that nobody can write packets that collide. Numbers follow the
/// order of arrival, so nothing in the output depends on that key.
struct InternTable: Sendable {
  /// A place: 32 bits of hash, which are the place that is looked at first too, and number plus one; 0 when it is free.
  private struct Slot: Sendable {
    var tag: UInt32 = 0, number: UInt32 = 0
  }

  /// What the hashes are made with.
  let key = HashKey()
  /// The count is a power of two.
  private var slots = Array(repeating: Slot(), count: 1 << 8)
  /// How many numbers were given.
  private(set) var count = 0

  /// Bytes of a slot; seven of eight are used at most, so that a number takes 9 to 18.
  static var bytesPerSlot: Int { MemoryLayout<Slot>.stride }

  /// The number of content with this hash for which `matches` says so.
  @inline(__always)
  func find(_ hash: Int, matches: (UInt32) -> Bool) -> UInt32? {
    let mask = slots.count &- 1, tag = UInt32(truncatingIfNeeded: hash)
    var place = Int(tag) & mask
    while slots[place].number != 0 {
      if slots[place].tag == tag {
        let number = slots[place].number &- 1
        if matches(number) { return number }
      }
      place = (place &+ 1) & mask
    }
    return nil
  }

  /// Gives the next number to content with this hash, which `find` did not find.
  mutating func insert(_ hash: Int) -> UInt32 {
    if count >= slots.count &- slots.count / 8 { grow() }
    let number = UInt32(truncatingIfNeeded: count)
    count += 1
    put(Slot(tag: UInt32(truncatingIfNeeded: hash), number: number + 1))
    return number
  }

  /// Gives back the places, when nothing more is interned: whoever still does ends at the bounds of an empty array.
  mutating func end() { slots = [] }

  /// Puts a number into the first free place of its chain.
  private mutating func put(_ slot: Slot) {
    let mask = slots.count &- 1
    var place = Int(slot.tag) & mask
    while slots[place].number != 0 { place = (place &+ 1) & mask }
    slots[place] = slot
  }

  /// Doubles the places.
  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: old.count * 2)
    for slot in old where slot.number != 0 { put(slot) }
  }
}

/// Whether two views hold the same bytes.
@inline(__always)
package func equalBytes(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
  guard a.count == b.count else { return false }
  return unsafe a.withUnsafeBytes { left in
    unsafe b.withUnsafeBytes { right in
      // Eight bytes at a time: the loop over single bytes was a tenth of an audit's time.
      var offset = 0
      while offset &+ 8 <= left.count {
        let x = unsafe left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        let y = unsafe right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        if x != y { return false }
        offset &+= 8
      }
      while offset < left.count {
        if unsafe left[offset] != right[offset] { return false }
        offset &+= 1
      }
      return true
    }
  }
}
