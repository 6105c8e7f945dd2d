import DNSWire

/// Number of a name that chains of trust are asked about.
struct NameID: RawRepresentable, Hashable, Sendable {
  /// The number, from 0 in order of arrival; every name comes behind those above it.
  let rawValue: UInt32
}

/// Numbers names, each once, with all names above them: what is known of a name is found by its number then, without
/// hashing it again and without making the names above it.
struct NameTable: Sendable {
  /// A name: its parent (the root's is itself), some bits of its hash, and where its wire form lies, in 48 bits: 16 bytes.
  private struct Entry: Sendable {
    private let low: UInt32, high: UInt16
    let length: UInt8, labels: UInt8, parent: UInt32, hash: UInt32

    /// From the parts.
    init(start: Int, parent: UInt32, hash: UInt32, length: UInt8, labels: UInt8) {
      (low, high) = (UInt32(truncatingIfNeeded: start), UInt16(truncatingIfNeeded: start >> 32))
      (self.parent, self.hash, self.length, self.labels) = (parent, hash, length, labels)
    }

    /// Where the wire form begins.
    var start: Int { Int(high) << 32 | Int(low) }
  }

  /// The wire forms, in lower case.
  private var bytes: [UInt8] = []
  private var entries: [Entry] = []
  /// Number plus one, or 0 for a free place; the count is a power of two.
  private var slots: [UInt32] = Array(repeating: 0, count: 1 << 8)

  /// How many names there are.
  var count: Int { entries.count }

  /// The number of a name, whatever its letter case.
  mutating func id(of name: Name) -> NameID {
    id(of: name.folded.wire.span)
  }

  /// The number of a name in lower case. It goes up one label at a time, 127 at most (RFC 1035 §2.3.4).
  mutating func id(of wire: Span<UInt8>) -> NameID {
    let hash = UInt32(truncatingIfNeeded: HashKey.process.hash(wire))
    if let known = find(wire, hash) { return known }
    guard wire.count > 1 else { return add(wire, parent: nil, hash) }
    return add(wire, parent: id(of: wire.extracting((Int(wire[0]) + 1)..<wire.count)), hash)
  }

  /// The number of a name in lower case with this hash; nil when it has none.
  @inline(__always)
  private func find(_ wire: Span<UInt8>, _ hash: UInt32) -> NameID? {
    let mask = slots.count &- 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let number = slots[slot] &- 1, entry = entries[Int(number)]
      if entry.hash == hash, equalBytes(bytes.span.extracting(range(entry)), wire) {
        return NameID(rawValue: number)
      }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// Gives the next number.
  private mutating func add(_ wire: Span<UInt8>, parent: NameID?, _ hash: UInt32) -> NameID {
    if entries.count * 3 >= slots.count * 2 { grow() }
    let number = UInt32(truncatingIfNeeded: entries.count)
    let labels = parent.map { entries[Int($0.rawValue)].labels &+ 1 } ?? 0
    entries.append(
      Entry(
        start: bytes.count, parent: parent?.rawValue ?? number, hash: hash,
        length: UInt8(truncatingIfNeeded: wire.count), labels: labels))
    for offset in wire.indices { bytes.append(wire[offset]) }
    place(number, hash)
    return NameID(rawValue: number)
  }

  /// Puts a number into the first free slot of its chain.
  private mutating func place(_ number: UInt32, _ hash: UInt32) {
    let mask = slots.count &- 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 { slot = (slot &+ 1) & mask }
    slots[slot] = number &+ 1
  }

  /// Doubles the slots.
  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for (number, entry) in entries.enumerated() { place(UInt32(truncatingIfNeeded: number), entry.hash) }
  }

  /// Lets go of the names from a number on.
  mutating func forget(from count: Int) {
    guard count < entries.count else { return }
    bytes.removeSubrange(entries[count].start...)
    entries.removeSubrange(count...)
    bytes = Array(bytes)
    entries = Array(entries)
    slots = Array(repeating: 0, count: 1 << 7)
    while entries.count * 3 >= slots.count * 2 { slots = Array(repeating: 0, count: slots.count * 2) }
    grow()
  }

  /// Where the wire form of a name lies.
  private func range(_ entry: Entry) -> Range<Int> { entry.start..<(entry.start + Int(entry.length)) }
}

extension NameTable {
  /// The name of a number, in lower case.
  func name(_ id: NameID) -> Name {
    Name(wire: Array(bytes[range(entries[Int(id.rawValue)])])) ?? .root
  }

  /// The name above; nil for the root.
  func parent(of id: NameID) -> NameID? {
    let parent = entries[Int(id.rawValue)].parent
    return parent == id.rawValue ? nil : NameID(rawValue: parent)
  }

  /// How many labels a name has, the root label not counted.
  func labelCount(_ id: NameID) -> Int { Int(entries[Int(id.rawValue)].labels) }

  /// Whether the leftmost label is `*` (RFC 4592 §2.1.1).
  func isWildcard(_ id: NameID) -> Bool {
    let entry = entries[Int(id.rawValue)]
    return entry.length > 2 && bytes[entry.start] == 1 && bytes[entry.start + 1] == 0x2a
  }

  /// The name at or above one that has so many labels; the name itself when it has no more.
  func ancestor(of id: NameID, labels: Int) -> NameID {
    var number = id.rawValue
    while Int(entries[Int(number)].labels) > labels { number = entries[Int(number)].parent }
    return NameID(rawValue: number)
  }

  /// Whether a name is another one or below it.
  func isSubdomain(_ id: NameID, of above: NameID) -> Bool {
    ancestor(of: id, labels: labelCount(above)) == above
  }
}
