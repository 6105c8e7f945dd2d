import Bytes

/// Bytes that stay: appended once, never moved, in blocks of one mebibyte.
package struct ByteArena: Sendable {
  /// Where bytes lie in an arena.
  package struct Place: Sendable {
    /// Number of the block, offset and count in bytes.
    let block: UInt32, offset: UInt32
    /// How many bytes.
    package let count: UInt32
  }

  private var blocks: [[UInt8]] = []
  /// Bytes held.
  package private(set) var byteCount = 0

  /// Bytes of a block; longer content gets a block of its own.
  static let blockSize = 1 << 20

  /// An empty arena.
  package init() {}

  /// Copies bytes into the arena.
  package mutating func append(_ bytes: Span<UInt8>) -> Place {
    if blocks.isEmpty || blocks[blocks.count - 1].count + bytes.count > ByteArena.blockSize {
      var block: [UInt8] = []
      block.reserveCapacity(max(ByteArena.blockSize, bytes.count))
      blocks.append(block)
    }
    let last = blocks.count - 1
    let offset = blocks[last].count
    unsafe bytes.withUnsafeBufferPointer { unsafe blocks[last].append(contentsOf: $0) }
    byteCount += bytes.count
    return Place(
      block: UInt32(truncatingIfNeeded: last), offset: UInt32(truncatingIfNeeded: offset),
      count: UInt32(truncatingIfNeeded: bytes.count))
  }

  /// The bytes at a place.
  @inline(__always)
  @_lifetime(borrow self)
  package func bytes(_ place: Place) -> Span<UInt8> {
    let start = Int(place.offset)
    // Subscripting the array ends the borrow too early for the compiler; the block stays where it is for as long as
    // self is borrowed, since only `append` touches it.
    let elements = unsafe blocks[Int(place.block)].withUnsafeBufferPointer {
      $0.extracting(start..<(start + Int(place.count)))
    }
    return unsafe _overrideLifetime(Span(_unsafeElements: elements), borrowing: self)
  }
}
