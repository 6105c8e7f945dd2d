import Bytes

/// Keeps distinct byte strings once and numbers them.
struct ByteStringStore: Sendable {
  private var arena: ByteArena, places: [ByteArena.Place] = [], table = InternTable()

  /// An empty store.
  /// - Parameter storage: see `ByteArena`.
  init(storage: (any BlockStorage)? = nil) { arena = ByteArena(storage: storage) }

  /// How many there are.
  var count: Int { places.count }

  /// The number of a byte string.
  mutating func intern(_ bytes: [UInt8]) -> UInt32 {
    let hash = table.key.hash(bytes.span)
    if let known = table.find(hash, matches: { equalBytes(arena.bytes(places[Int($0)]), bytes.span) }) {
      return known
    }
    places.append(arena.append(bytes.span))
    return table.insert(hash)
  }

  /// The number of a byte string that was interned before; nil for another.
  func find(_ bytes: [UInt8]) -> UInt32? {
    table.find(table.key.hash(bytes.span), matches: { equalBytes(arena.bytes(places[Int($0)]), bytes.span) })
  }

  /// Gives back what finds a string, when no more are interned.
  mutating func endInterning() { table.end() }

  /// Gives back memory; see `ByteArena`.
  func letGo() { arena.letGo() }

  /// Bytes beside a string, nearly: its count and what fills up the last word, its place, and two slots of the table.
  static let bytesBeside = 10 + 2 * InternTable.bytesPerSlot

  /// Bytes held, nearly.
  var byteCount: Int { arena.byteCount + places.count * ByteStringStore.bytesBeside }

  /// The byte string of a number that this store gave, as it lies.
  @_lifetime(borrow self)
  func bytes(_ number: UInt32) -> Span<UInt8> { arena.bytes(places[Int(number)]) }

  /// The byte string of a number that this store gave.
  func copy(_ number: UInt32) -> [UInt8] {
    unsafe arena.bytes(places[Int(number)]).withUnsafeBufferPointer { unsafe Array($0) }
  }
}
