import DNSWire

/// Numbers names in wire form and lower case, in the order in which they come.
struct NameBook {
  private var bytes = ByteArena(), places: [ByteArena.Place] = [], hashes: [Int] = []
  private let key = HashKey()
  /// Number plus one, or 0 for a free place; the count is a power of two.
  private var slots: [UInt32] = Array(repeating: 0, count: 1 << 6)

  /// Names numbered.
  var count: Int { places.count }

  /// The name of a number.
  func name(_ number: Int) -> Name {
    let wire = bytes.bytes(places[number])
    return Name(wire: wire.indices.map { wire[$0] }) ?? .root
  }

  /// The number of a name; nil for one that has none.
  func find(_ wire: Span<UInt8>) -> Int? { find(wire, key.hash(wire)) }

  /// The number of a name, given if need be.
  mutating func number(_ wire: Span<UInt8>) -> Int {
    let hash = key.hash(wire)
    if let known = find(wire, hash) { return known }
    if places.count * 3 >= slots.count * 2 { grow() }
    places.append(bytes.append(wire))
    hashes.append(hash)
    place(places.count - 1)
    return places.count - 1
  }

  /// Looks along the chain of a hash.
  private func find(_ wire: Span<UInt8>, _ hash: Int) -> Int? {
    let mask = slots.count &- 1
    var slot = hash & mask
    while slots[slot] != 0 {
      let number = Int(slots[slot]) &- 1
      if hashes[number] == hash, equalBytes(bytes.bytes(places[number]), wire) { return number }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// Puts a name into the first free slot of its chain.
  private mutating func place(_ number: Int) {
    let mask = slots.count &- 1
    var slot = hashes[number] & mask
    while slots[slot] != 0 { slot = (slot &+ 1) & mask }
    slots[slot] = UInt32(truncatingIfNeeded: number &+ 1)
  }

  /// Doubles the slots.
  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for number in places.indices { place(number) }
  }
}

/// Whether bytes are one name in wire form and nothing else (RFC 1035 §3.1).
func isName(_ wire: Span<UInt8>) -> Bool {
  var offset = 0
  while offset < wire.count, wire[offset] != 0 {
    guard wire[offset] <= Name.maximumLabelLength else { return false }
    offset += Int(wire[offset]) + 1
  }
  return offset == wire.count - 1 && wire.count <= Name.maximumLength
}
