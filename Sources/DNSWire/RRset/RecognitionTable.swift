import Bytes

/// Recognises byte strings that came before, and gives back what was made of them then; within a bound of memory,
/// beyond which new ones are not kept.
///
/// One place in memory tells hash, bytes and value of an entry: with tables of their own each was a cache miss, for
/// every message.
struct RecognitionTable<Value: Sendable>: Sendable {
  /// A byte string and what belongs to it.
  private struct Entry: Sendable {
    let place: ByteArena.Place, value: Value
  }

  /// High half of the hash, and number of the entry plus one; 0 for a free place.
  private var slots: [(tag: UInt32, entry: UInt32)] = Array(repeating: (0, 0), count: 1 << 10)
  private var entries: [Entry] = [], arena = ByteArena()
  /// The most bytes kept.
  let limit: Int

  /// An empty table.
  init(limit: Int) { self.limit = limit }

  /// What was kept for a byte string with this keyed hash.
  @inline(__always)
  func find(_ bytes: Span<UInt8>, _ hash: Int) -> Value? {
    let mask = slots.count &- 1, tag = RecognitionTable.tag(hash)
    var slot = hash & mask
    while slots[slot].entry != 0 {
      if slots[slot].tag == tag {
        let entry = entries[Int(slots[slot].entry &- 1)]
        if equalBytes(arena.bytes(entry.place), bytes) { return entry.value }
      }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// Keeps a value for a byte string that `find` did not find, unless the bound is reached.
  mutating func keep(_ value: Value, for bytes: Span<UInt8>, _ hash: Int) {
    guard arena.byteCount + bytes.count <= limit else { return }
    if entries.count * 3 >= slots.count * 2 { grow() }
    entries.append(Entry(place: arena.append(bytes), value: value))
    place(UInt32(truncatingIfNeeded: entries.count), hash)
  }

  /// The part of a hash that tells most strangers apart without a look at their bytes.
  @inline(__always)
  private static func tag(_ hash: Int) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) }

  /// Puts an entry into the first free slot of its chain.
  private mutating func place(_ entry: UInt32, _ hash: Int) {
    let mask = slots.count &- 1
    var slot = hash & mask
    while slots[slot].entry != 0 { slot = (slot &+ 1) & mask }
    slots[slot] = (RecognitionTable.tag(hash), entry)
  }

  /// Doubles the slots.
  private mutating func grow() {
    slots = Array(repeating: (0, 0), count: slots.count * 2)
    for (index, entry) in entries.enumerated() {
      place(UInt32(truncatingIfNeeded: index + 1), keyedHash(arena.bytes(entry.place)))
    }
  }
}
