import DNSWire

/// The servers that gave an authoritative answer without signatures, by question: no list for each, since there is one
/// for nearly every question of a capture.
struct UnsignedSources {
  /// A server, and the place of the next one of its question; 0 for none, else plus one.
  private struct Entry {
    let question: Key, server: UInt32
    var next: UInt32 = 0
  }

  /// A question as it is known: 128 bits of hash with a key that is random in each process, of which nobody can write two
  /// alike. The name itself would be kept for this alone.
  private struct Key: Equatable {
    let first: UInt64, second: UInt64

    /// Of a question, whose name is in lower case.
    init(_ question: CanonicalQuestion) {
      let hash = HashKey.process.wideHash(question.name.wire.span)
      let kind = UInt64(question.type.rawValue) &<< 16 | UInt64(question.recordClass.rawValue)
      // An odd factor spreads the kind over the word, so that the types of one name do not meet in a place.
      first = UInt64(bitPattern: Int64(hash.first)) ^ kind &* 0x9e37_79b9_7f4a_7c15
      second = hash.second
    }
  }

  private var entries: [Entry] = []
  /// Place of the first entry of a question plus one, or 0 for a free place; the count is a power of two.
  private var slots: [UInt32] = Array(repeating: 0, count: 1 << 6)
  private var questionCount = 0

  /// Servers remembered for one question: enough to find one that serves the zone.
  private static let limit = 8

  /// Files a server.
  mutating func note(_ server: UInt32, _ question: CanonicalQuestion) {
    let key = Key(question)
    guard let first = place(of: key) else { return begin(key, server) }
    var place = first, count = 1
    while entries[place].server != server {
      guard entries[place].next != 0 else {
        guard count < UnsignedSources.limit else { return }
        entries.append(Entry(question: key, server: server))
        entries[place].next = UInt32(truncatingIfNeeded: entries.count)
        return
      }
      place = Int(entries[place].next) - 1
      count += 1
    }
  }

  /// Whether a condition holds for any of a question's servers.
  func contains(_ question: CanonicalQuestion, where matches: (UInt32) -> Bool) -> Bool {
    guard var place = place(of: Key(question)) else { return false }
    while !matches(entries[place].server) {
      guard entries[place].next != 0 else { return false }
      place = Int(entries[place].next) - 1
    }
    return true
  }

  /// The place of a question's first entry; nil for one that was not met.
  private func place(of key: Key) -> Int? {
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: key.first) & mask
    while slots[slot] != 0 {
      let place = Int(slots[slot] &- 1)
      if entries[place].question == key { return place }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// Files the first server of a question.
  private mutating func begin(_ key: Key, _ server: UInt32) {
    if questionCount * 3 >= slots.count * 2 { grow() }
    entries.append(Entry(question: key, server: server))
    questionCount += 1
    fill(UInt32(truncatingIfNeeded: entries.count), key)
  }

  /// Puts a place plus one into the first free slot of its chain.
  private mutating func fill(_ place: UInt32, _ key: Key) {
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: key.first) & mask
    while slots[slot] != 0 { slot = (slot &+ 1) & mask }
    slots[slot] = place
  }

  /// Doubles the slots.
  private mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: old.count * 2)
    for place in old where place != 0 { fill(place, entries[Int(place) - 1].question) }
  }
}
