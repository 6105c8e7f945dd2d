import Bytes

/// Keeps distinct byte strings once and numbers them.
struct ByteStringStore: Sendable {
  private var arena = ByteArena(), places: [ByteArena.Place] = [], table = InternTable()

  /// The number of a byte string.
  mutating func intern(_ bytes: [UInt8]) -> UInt32 {
    let hash = keyedHash(bytes.span)
    if let known = table.find(hash, matches: { equalBytes(arena.bytes(places[Int($0)]), bytes.span) }) {
      return known
    }
    places.append(arena.append(bytes.span))
    return table.insert(hash)
  }

  /// The byte string of a number that this store gave.
  func copy(_ number: UInt32) -> [UInt8] {
    let bytes = arena.bytes(places[Int(number)])
    return (0..<bytes.count).map { bytes[$0] }
  }

  /// The sixteen bits that begin `count` bytes before the end of a string, network order.
  func suffix(_ number: UInt32, _ count: Int) -> UInt16 {
    let bytes = arena.bytes(places[Int(number)]), start = bytes.count - count
    return start >= 0 && count >= 2 ? UInt16(bytes[start]) << 8 | UInt16(bytes[start + 1]) : 0
  }
}
