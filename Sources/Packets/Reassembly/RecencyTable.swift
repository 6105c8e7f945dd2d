/// A hash table whose entries also stand in a row, from the one least recently put at the end to the newest.
///
/// It is never walked by hash, so what it does is the same in every run.
struct RecencyTable<Key: Hashable, Value> {
  /// An entry; its place in the row is told by the slots beside it, -1 at the ends.
  private struct Slot {
    var key: Key, value: Value
    var older = -1, newer = -1
  }

  private var slots: [Slot?] = []
  private var free: [Int] = []
  private var index: [Key: Int] = [:]
  /// The slots at both ends of the row, -1 when it is empty.
  private var first = -1, last = -1

  /// Number of entries.
  var count: Int { index.count }

  /// The slot of the entry that has been in the row for longest; nil when there is none.
  var oldest: Int? { first < 0 ? nil : first }

  /// The slot of a key.
  func slot(of key: Key) -> Int? { index[key] }

  /// The key in a slot that is in use.
  func key(at slot: Int) -> Key? { slots[slot]?.key }

  /// Changes the value in a slot in place; nil when the slot is not in use.
  mutating func withValue<Result>(
    at slot: Int, _ body: (inout Value) -> Result
  ) -> Result? {
    guard var entry = slots[slot] else { return nil }
    // Out of the table while it changes: a second reference would make its arrays copy themselves.
    slots[slot] = nil
    defer { slots[slot] = entry }
    return body(&entry.value)
  }

  /// Adds an entry at the end of the row and answers with its slot; the key must be new.
  mutating func insert(_ key: Key, _ value: Value) -> Int {
    let slot = free.popLast() ?? slots.count
    if slot == slots.count { slots.append(nil) }
    slots[slot] = Slot(key: key, value: value)
    index[key] = slot
    append(slot)
    return slot
  }

  /// Moves an entry to the end of the row.
  mutating func touch(_ slot: Int) {
    guard slot != last, slots[slot] != nil else { return }
    unlink(slot)
    append(slot)
  }

  /// Takes an entry out.
  mutating func remove(_ slot: Int) -> Value? {
    guard let entry = slots[slot] else { return nil }
    unlink(slot)
    index[entry.key] = nil
    slots[slot] = nil
    free.append(slot)
    return entry.value
  }

  /// Puts a slot at the end of the row.
  private mutating func append(_ slot: Int) {
    slots[slot]?.older = last
    slots[slot]?.newer = -1
    if last < 0 { first = slot } else { slots[last]?.newer = slot }
    last = slot
  }

  /// Takes a slot out of the row.
  private mutating func unlink(_ slot: Int) {
    guard let entry = slots[slot] else { return }
    if entry.older < 0 { first = entry.newer } else { slots[entry.older]?.newer = entry.newer }
    if entry.newer < 0 { last = entry.older } else { slots[entry.newer]?.older = entry.older }
  }
}
