import DNSWire

/// Which responses hold which of some RRsets, the first ones of each.
struct SightingLog {
  /// An RRset that a body holds: its place, and the section in which it stands.
  struct Held {
    let slot: UInt32, section: Section
  }

  /// Sightings of one RRset that are kept: a zone in motion has a few versions, and each is seen soon.
  private static let limit = 64

  /// Of a body that was not met, and of one that holds nothing of which more is wanted.
  private static let unmet = UInt32.max, done = UInt32.max - 1
  /// By the number of a body the place of the first RRset that it holds; and for each whether the body holds another.
  private var ofBody: [UInt32], held: [(item: Held, hasNext: Bool)] = []
  /// Sightings of each RRset: places in `entries`, one more, and how many there are.
  private var chains: [(first: UInt32, last: UInt32, count: UInt32)]
  private var entries: [Entry] = []

  /// A sighting, 12 octets. With the sender who asks for it need not look at its record, which may lie anywhere in what is
  /// seldom read.
  private struct Entry {
    let record: UInt32, source: UInt32
    /// The place of the next one of its RRset, one more; above it the section and whether RA is set.
    var link: UInt32

    /// The bits of a place: 536 million sightings, at most 64 for each RRset.
    static let placeBits: UInt32 = 29
    static var placeMask: UInt32 { 1 &<< placeBits &- 1 }

    /// The place of the next one, one more; 0 for the last.
    var next: UInt32 { link & Entry.placeMask }

    /// As it is told.
    var sighting: Delegations.Sighting {
      Delegations.Sighting(
        record: Int(record), source: source,
        section: Section(rawValue: UInt8(truncatingIfNeeded: link &>> Entry.placeBits & 3)) ?? .additional,
        isFromResolver: link &>> 31 == 1)
    }
  }

  /// A log with nothing in it, for so many bodies and RRsets.
  init(bodies: Int, slots: Int) {
    ofBody = Array(repeating: SightingLog.unmet, count: bodies)
    chains = Array(repeating: (0, 0, 0), count: slots)
  }

  /// Whether more of a body is wanted, and whether it was not met yet.
  @inline(__always)
  func takesMore(of body: UInt32) -> Bool { body < ofBody.count && ofBody[Int(body)] != SightingLog.done }
  func isNew(_ body: UInt32) -> Bool { ofBody[Int(body)] == SightingLog.unmet }

  /// Notes what a body holds.
  mutating func enter(_ body: UInt32, _ items: [Held]) {
    ofBody[Int(body)] = items.isEmpty ? SightingLog.done : UInt32(truncatingIfNeeded: held.count)
    for index in items.indices { held.append((items[index], index + 1 < items.count)) }
  }

  /// Adds a response with a body that was entered.
  mutating func add(_ record: Int, body: UInt32, from source: UInt32, isResolver: Bool) {
    guard ofBody[Int(body)] != SightingLog.done else { return }
    var place = Int(ofBody[Int(body)]), wantsMore = false, hasNext = true
    while hasNext {
      let item = held[place].item
      if chains[Int(item.slot)].count < SightingLog.limit { append(record, item, source, isResolver) }
      if chains[Int(item.slot)].count < SightingLog.limit { wantsMore = true }
      (hasNext, place) = (held[place].hasNext, place + 1)
    }
    if !wantsMore { ofBody[Int(body)] = SightingLog.done }
  }

  /// Adds a sighting of an RRset.
  private mutating func append(_ record: Int, _ item: Held, _ source: UInt32, _ isResolver: Bool) {
    guard entries.count < Int(Entry.placeMask) else { return }
    let facts = UInt32(item.section.rawValue) | (isResolver ? 4 : 0)
    entries.append(
      Entry(
        record: UInt32(truncatingIfNeeded: record), source: source, link: facts &<< Entry.placeBits))
    let place = UInt32(truncatingIfNeeded: entries.count), last = chains[Int(item.slot)].last
    if last > 0 { entries[Int(last) - 1].link |= place } else { chains[Int(item.slot)].first = place }
    chains[Int(item.slot)].last = place
    chains[Int(item.slot)].count += 1
  }

  /// The sightings of an RRset, in frame order.
  func sightings(of slot: Int) -> [Delegations.Sighting] {
    var found: [Delegations.Sighting] = [], next = chains[slot].first
    found.reserveCapacity(Int(chains[slot].count))
    while next > 0 {
      let entry = entries[Int(next) - 1]
      found.append(entry.sighting)
      next = entry.next
    }
    return found
  }

  /// Whether any sighting of an RRset is as asked.
  func contains(of slot: Int, _ isWanted: (Delegations.Sighting) -> Bool) -> Bool {
    var next = chains[slot].first
    while next > 0 {
      let entry = entries[Int(next) - 1]
      if isWanted(entry.sighting) { return true }
      next = entry.next
    }
    return false
  }
}
