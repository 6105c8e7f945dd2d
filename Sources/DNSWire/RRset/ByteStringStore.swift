import Bytes

/// Keeps distinct byte strings once and numbers them.
struct ByteStringStore: Sendable {
  private var arena = ByteArena(), places: [ByteArena.Place] = [], table = InternTable()

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

  /// Bytes held, nearly: a place and an entry of the table beside the content of each string.
  var byteCount: Int { arena.byteCount + places.count * 32 }

  /// The byte string of a number that this store gave, as it lies.
  @_lifetime(borrow self)
  func bytes(_ number: UInt32) -> Span<UInt8> { arena.bytes(places[Int(number)]) }

  /// The byte string of a number that this store gave.
  func copy(_ number: UInt32) -> [UInt8] {
    unsafe arena.bytes(places[Int(number)]).withUnsafeBufferPointer { unsafe Array($0) }
  }
}
