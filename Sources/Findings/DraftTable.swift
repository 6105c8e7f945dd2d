/// Drafts by key, in order of first sight, within a bound.
struct DraftTable<Key: Hashable & Sendable>: Sendable {
  private var keys: [Key] = []
  /// The parts of the drafts: those that every packet touches lie together.
  private var pulses: [DraftPulse] = [], contents: [DraftContent] = []
  private var index: [Key: Int] = [:], ofKind = KindLinks()
  /// Responses that belong to findings beyond the limit.
  private(set) var leftOut = 0

  /// The drafts with their keys.
  var entries: [(key: Key, draft: FindingDraft)] {
    keys.indices.map { (keys[$0], FindingDraft(pulses[$0], contents[$0])) }
  }

  /// The most findings of one rule. A report of more is read by programs, and those can read the responses.
  static var limit: Int { 10_000 }

  /// Adds a packet to the drafts that its kind of response went to.
  mutating func addAgain(_ packet: JudgedPacket) {
    var link = ofKind.first(packet.kind)
    while let (entry, next) = ofKind[link] {
      add(packet, to: entry)
      link = next
    }
  }

  /// Adds a packet to a draft.
  @inline(__always)
  private mutating func add(_ packet: JudgedPacket, to entry: Int) {
    let news = pulses[entry].add(packet)
    if !news.isEmpty { contents[entry].add(packet, news) }
  }

  /// Forgets which kinds were seen, and who: their numbers begin anew.
  mutating func forgetKinds() {
    ofKind = KindLinks()
    for index in pulses.indices { pulses[index].forgetNumbers() }
  }

  /// Adds a response to the draft of a key, and remembers its kind.
  /// - Returns: whether it is the first one in a draft.
  @discardableResult
  mutating func add(_ response: JudgedResponse, to key: Key) -> Bool {
    let known = index[key]
    guard let entry = known ?? makeDraft(key) else {
      leftOut += 1
      return false
    }
    ofKind.add(entry, to: response.kind)
    add(JudgedPacket(response), to: entry)
    contents[entry].note(response)
    return known == nil
  }

  /// Begins the draft of a key; nil beyond the limit.
  private mutating func makeDraft(_ key: Key) -> Int? {
    guard keys.count < Self.limit else { return nil }
    index[key] = keys.count
    keys.append(key)
    pulses.append(DraftPulse())
    contents.append(DraftContent())
    return keys.count - 1
  }
}

/// Which drafts each kind of response went to, because there is a kind for every distinct response and most went to one
/// draft or none: that one, or a chain of links in one array.
private struct KindLinks: Sendable {
  /// For every kind the number of its draft, one more; or the place of its first link, one more, and the highest bit.
  /// 0 for none.
  private var heads: [UInt32] = []
  private var links: [(entry: UInt32, next: UInt32)] = []
  /// Set in a head that names a link. (A rule has far fewer drafts, and links, than this.)
  private static let isLink: UInt32 = 1 << 31

  /// The first step of a kind; 0 where there is none.
  @inline(__always)
  func first(_ kind: Int) -> UInt32 { kind < heads.count ? heads[kind] : 0 }

  /// The draft of a step, and the step after it; nil behind the last.
  @inline(__always)
  subscript(step: UInt32) -> (entry: Int, next: UInt32)? {
    guard step > 0 else { return nil }
    if step & KindLinks.isLink == 0 { return (Int(step) - 1, 0) }
    let (entry, next) = links[Int(step & ~KindLinks.isLink) - 1]
    return (Int(entry), next)
  }

  /// Adds a draft to those of a kind, once.
  mutating func add(_ entry: Int, to kind: Int) {
    if kind >= heads.count { heads += repeatElement(0, count: kind + 1 - heads.count) }
    let first = heads[kind], new = UInt32(truncatingIfNeeded: entry)
    if first == 0 { return heads[kind] = new + 1 }
    var step = first, last: UInt32 = 0
    while let (known, next) = self[step] {
      if known == entry { return }
      (last, step) = (step, next)
    }
    if last & KindLinks.isLink == 0 {
      last = append(first - 1)
      heads[kind] = last
    }
    links[Int(last & ~KindLinks.isLink) - 1].next = append(new)
  }

  /// Appends a link to a draft, and returns the step to it.
  private mutating func append(_ entry: UInt32) -> UInt32 {
    links.append((entry, 0))
    return UInt32(truncatingIfNeeded: links.count) | KindLinks.isLink
  }
}
