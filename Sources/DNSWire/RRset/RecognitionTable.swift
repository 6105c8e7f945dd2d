import Bytes

/// Recognises byte strings that came before, and gives back what was made of them then.
///
/// A byte string is known by 128 bits of hash with a key that is random in each process: nobody can write packets that
/// collide, and among a thousand million strings two collide by chance once in 10^20 runs. Keeping the bytes to compare
/// them would cost a cache miss or several for every message, and their memory.
struct RecognitionTable<Value: Sendable>: Sendable {
  /// What belongs to a byte string with this hash.
  private struct Entry: Sendable {
    let hash: WideHash, value: Value
  }

  /// Part of the hash, and number of the entry plus one; 0 for a free place.
  private var slots: [(tag: UInt32, entry: UInt32)] = Array(repeating: (0, 0), count: 1 << 10)
  private var entries: [Entry] = []
  /// The most entries kept; what comes later is decoded again each time, and nothing else changes.
  let limit: Int

  /// An empty table.
  init(limit: Int) { self.limit = limit }

  /// Bytes held, nearly: an entry and a slot and a half each.
  var byteCount: Int { entries.count * (MemoryLayout<Entry>.stride + 12) }

  /// Reads the slot where a hash would be, so that it is near when `find` looks there: the number of the entry that is
  /// likely to be found, or 0. Independent reads of many hashes wait for main memory together.
  @inline(__always)
  func slot(_ hash: WideHash) -> UInt32 { slots[hash.first & (slots.count &- 1)].entry }

  /// Reads the entry that a slot names, for the same reason.
  @inline(__always)
  func entry(_ slot: UInt32) -> UInt64 {
    slot == 0 || slot > entries.count ? 0 : entries[Int(slot &- 1)].hash.second
  }

  /// What the entry that a slot names was kept for: likely, and not more, what `find` will give.
  @inline(__always)
  func guess(_ slot: UInt32) -> Value? {
    slot == 0 || slot > entries.count ? nil : entries[Int(slot &- 1)].value
  }

  /// What was kept for a byte string with this hash.
  @inline(__always)
  func find(_ hash: WideHash) -> Value? {
    let mask = slots.count &- 1, tag = RecognitionTable.tag(hash)
    var slot = hash.first & mask
    while slots[slot].entry != 0 {
      if slots[slot].tag == tag {
        let number = Int(slots[slot].entry &- 1)
        if entries[number].hash == hash { return entries[number].value }
      }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// Keeps a value for a byte string that `find` did not find, unless the bound is reached.
  mutating func keep(_ value: Value, for hash: WideHash) {
    guard entries.count < limit else { return }
    if entries.count * 5 >= slots.count * 4 { grow() }
    entries.append(Entry(hash: hash, value: value))
    place(UInt32(truncatingIfNeeded: entries.count), hash)
  }

  /// The part of a hash that tells most strangers apart without a look at their entry.
  @inline(__always)
  private static func tag(_ hash: WideHash) -> UInt32 { UInt32(truncatingIfNeeded: hash.first >> 32) }

  /// Puts an entry into the first free slot of its chain.
  private mutating func place(_ entry: UInt32, _ hash: WideHash) {
    let mask = slots.count &- 1
    var slot = hash.first & mask
    while slots[slot].entry != 0 { slot = (slot &+ 1) & mask }
    slots[slot] = (RecognitionTable.tag(hash), entry)
  }

  /// Doubles the slots.
  private mutating func grow() {
    slots = Array(repeating: (0, 0), count: slots.count * 2)
    for (index, entry) in entries.enumerated() { place(UInt32(truncatingIfNeeded: index + 1), entry.hash) }
  }
}
