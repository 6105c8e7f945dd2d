import Bytes
import DNSWire

/// Proven RRsets by owner and type, and the prefixes of addresses that DNS64 makes. Every answer without a proof asks it,
/// and most owners have nothing: open addressing over keyed hashes of owners in wire form.
struct SecureIndex {
  /// The proven RRsets, each with the place of the next one of its owner and type, one more; 0 for none.
  private var entries: [(id: RRsetID, next: UInt32)] = []
  /// The place of the first RRset of an owner and type, one more, and 32 bits of its hash; 0 for a free place. At least
  /// half of the places are free.
  private var slots: [(place: UInt32, tag: UInt32)]
  private let key = HashKey()
  /// The first twelve octets of made addresses: the well-known prefix (RFC 6052 §2.1), and those of 96 bits that answers
  /// for ipv4only.arpa show (RFC 7050 §3).
  private(set) var prefixes: Set<[UInt8]> = [[0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]]
  /// The most prefixes taken: a network has one, and anybody can send more.
  private static let prefixLimit = 8

  /// Over the RRsets of a store, of which some are secure.
  init(_ store: RRsetStore, _ secure: SecureData) {
    let ids = secure.secureRRsets
    var size = 1 << 6
    while size < ids.count * 2 { size *= 2 }
    slots = Array(repeating: (0, 0), count: size)
    entries.reserveCapacity(ids.count)
    // Last first, so that each becomes the first of its chain and chains are in order of arrival.
    for id in ids.reversed() { enter(id, store) }
    notePrefixes(store)
  }

  /// Calls `body` with the proven RRsets of a name in lower case and a type, in order of arrival.
  func forEach(_ name: Span<UInt8>, _ type: RecordType, _ store: RRsetStore, _ body: (RRsetID) -> Void) {
    let slot = slot(name, type, store).slot
    var next = slots[slot].place
    while next > 0 {
      body(entries[Int(next) - 1].id)
      next = entries[Int(next) - 1].next
    }
  }

  /// Enters an RRset in front of others of its owner and type.
  private mutating func enter(_ id: RRsetID, _ store: RRsetStore) {
    let view = store.rrset(id), (slot, tag) = slot(view.ownerWire, view.type, store)
    entries.append((id, slots[slot].place))
    slots[slot] = (UInt32(truncatingIfNeeded: entries.count), tag)
  }

  /// The place of an owner and a type among the slots, or the free one for it, and the tag of both.
  private func slot(_ name: Span<UInt8>, _ type: RecordType, _ store: RRsetStore) -> (slot: Int, tag: UInt32)
  {
    let hash = key.hash(UInt64(truncatingIfNeeded: key.hash(name)), UInt64(type.rawValue))
    let tag = UInt32(truncatingIfNeeded: hash &>> 32), mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot].place != 0 {
      if slots[slot].tag == tag {
        let known = store.rrset(entries[Int(slots[slot].place) - 1].id)
        if known.type == type, equalBytes(known.ownerWire, name) { break }
      }
      slot = (slot &+ 1) & mask
    }
    return (slot, tag)
  }

  /// Takes the prefixes that answers show.
  private mutating func notePrefixes(_ store: RRsetStore) {
    guard let known = Name("ipv4only.arpa.") else { return }
    for number in 0..<store.rrsetCount {
      let id = RRsetID(rawValue: UInt32(truncatingIfNeeded: number)), view = store.rrset(id)
      guard view.type.rawValue == RecordType.aaaa.rawValue, equalBytes(view.ownerWire, known.wire.span) else {
        continue
      }
      for address in store.records(of: id) where SecureIndex.isKnownHost(address) {
        if prefixes.count < SecureIndex.prefixLimit { prefixes.insert(Array(address.prefix(12))) }
      }
    }
  }

  /// Whether an address ends in 192.0.0.170 or 192.0.0.171, which ipv4only.arpa has.
  private static func isKnownHost(_ address: [UInt8]) -> Bool {
    address.count == 16 && address[12...14] == [192, 0, 0] && (address[15] == 170 || address[15] == 171)
  }
}
