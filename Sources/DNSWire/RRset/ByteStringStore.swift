import Bytes

/// Keeps distinct byte strings once and numbers them.
package struct ByteStringStore: Sendable {
  private var arena: ByteArena, places: [ByteArena.Place] = [], table = InternTable()

  /// An empty store.
  /// - Parameter storage: see `ByteArena`.
  package init(storage: (any BlockStorage)? = nil) { arena = ByteArena(storage: storage) }

  /// How many there are.
  package var count: Int { places.count }

  /// The number of a byte string, given if need be.
  package mutating func intern(_ bytes: Span<UInt8>) -> UInt32 {
    let hash = table.key.hash(bytes)
    if let known = table.find(hash, matches: { equalBytes(arena.bytes(places[Int($0)]), bytes) }) {
      return known
    }
    places.append(arena.append(bytes))
    return table.insert(hash)
  }

  /// The same for bytes that stand in a field beside the store, of which a view cannot be lent while the store changes.
  mutating func intern(_ bytes: [UInt8]) -> UInt32 { intern(bytes.span) }

  /// The number of a byte string that was interned before; nil for another.
  package func find(_ bytes: Span<UInt8>) -> UInt32? {
    table.find(table.key.hash(bytes), matches: { equalBytes(arena.bytes(places[Int($0)]), bytes) })
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
  package func bytes(_ number: UInt32) -> Span<UInt8> { arena.bytes(places[Int(number)]) }

  /// The byte string of a number that this store gave.
  func copy(_ number: UInt32) -> [UInt8] {
    unsafe arena.bytes(places[Int(number)]).withUnsafeBufferPointer { unsafe Array($0) }
  }
}
