import Bytes

/// Bytes that stay: appended once, never moved, in blocks of one mebibyte, each behind its count.
package struct ByteArena: Sendable {
  /// Where bytes lie in an arena: its own number for each word of four bytes, which is enough for 16 GiB.
  package struct Place: Sendable {
    fileprivate let word: UInt32
  }

  private var blocks: [[UInt8]] = []
  /// Bytes held, without counts.
  package private(set) var byteCount = 0

  /// Bytes of a block; longer content gets a block of its own.
  static let blockSize = 1 << 20
  /// Bytes of a word, and of the count before the content: that of an RRset can be above 16 bits.
  private static let wordSize = 4
  /// Words of a block, as a power of two.
  private static let blockShift: UInt32 = 18

  /// An empty arena.
  package init() {}

  /// Copies bytes into the arena.
  package mutating func append(_ bytes: Span<UInt8>) -> Place {
    let room = ByteArena.wordSize + bytes.count
    if blocks.isEmpty || blocks[blocks.count - 1].count + room > ByteArena.blockSize {
      var block: [UInt8] = []
      block.reserveCapacity(max(ByteArena.blockSize, room + ByteArena.wordSize))
      blocks.append(block)
    }
    let last = blocks.count - 1
    // Beyond the last number it stops here: a place must never be that of other bytes.
    let place = UInt32(last << Int(ByteArena.blockShift) + blocks[last].count / ByteArena.wordSize)
    let count = UInt32(bytes.count)
    for byte in 0..<UInt32(ByteArena.wordSize) {
      blocks[last].append(UInt8(truncatingIfNeeded: count &>> (byte &* 8)))
    }
    unsafe bytes.withUnsafeBufferPointer { unsafe blocks[last].append(contentsOf: $0) }
    while blocks[last].count % ByteArena.wordSize != 0 { blocks[last].append(0) }
    byteCount += bytes.count
    return Place(word: place)
  }

  /// The bytes at a place.
  @inline(__always)
  @_lifetime(borrow self)
  package func bytes(_ place: Place) -> Span<UInt8> {
    let block = Int(place.word &>> ByteArena.blockShift)
    let start = Int(place.word & (1 &<< ByteArena.blockShift &- 1)) &* ByteArena.wordSize
    // Subscripting the array ends the borrow too early for the compiler; the block stays where it is for as long as
    // self is borrowed, since only `append` touches it.
    let elements = unsafe blocks[block].withUnsafeBufferPointer { block in
      let first = start &+ ByteArena.wordSize
      let count = unsafe UnsafeRawBufferPointer(block.extracting(start..<first)).loadUnaligned(
        as: UInt32.self)
      return block.extracting(first..<(first + Int(UInt32(littleEndian: count))))
    }
    return unsafe _overrideLifetime(Span(_unsafeElements: elements), borrowing: self)
  }
}
