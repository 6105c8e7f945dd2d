import Bytes

/// Bytes that stay: appended once, never moved, in blocks of one mebibyte, each behind its count. Full blocks go to a
/// storage, where there is one, since most of what a run holds is not read again for a long time.
package struct ByteArena: Sendable {
  /// Where bytes lie in an arena: its own number for each word of four bytes, which is enough for 16 GiB.
  package struct Place: Sendable {
    fileprivate let word: UInt32
  }

  /// The blocks that the storage has, from the first on, and those behind them.
  private var stored: [StoredBlock] = [], blocks: [[UInt8]] = []
  private let storage: (any BlockStorage)?
  /// Bytes held, without counts.
  package private(set) var byteCount = 0

  /// Bytes of a block; longer content gets a block of its own.
  static let blockSize = 1 << 20
  /// Bytes of a word, and of the count before the content: that of an RRset can be above 16 bits.
  private static let wordSize = 4
  /// Words of a block, as a power of two.
  private static let blockShift: UInt32 = 18

  /// Blocks that were stored last and have probably been read once more since, by whoever verifies while a capture is read:
  /// with each further block their memory is given back again.
  private static let recentCount = 4

  /// An empty arena.
  /// - Parameter storage: what takes full blocks; without any they stay in memory.
  package init(storage: (any BlockStorage)? = nil) { self.storage = storage }

  /// Copies bytes into the arena.
  package mutating func append(_ bytes: Span<UInt8>) -> Place {
    let room = ByteArena.wordSize + bytes.count
    if blocks.isEmpty || blocks[blocks.count - 1].count + room > ByteArena.blockSize { addBlock(room) }
    let last = blocks.count - 1, number = stored.count + last
    // Beyond the last number it stops here: a place must never be that of other bytes.
    let place = UInt32(number << Int(ByteArena.blockShift) + blocks[last].count / ByteArena.wordSize)
    let count = UInt32(bytes.count)
    for byte in 0..<UInt32(ByteArena.wordSize) {
      blocks[last].append(UInt8(truncatingIfNeeded: count &>> (byte &* 8)))
    }
    unsafe bytes.withUnsafeBufferPointer { unsafe blocks[last].append(contentsOf: $0) }
    while blocks[last].count % ByteArena.wordSize != 0 { blocks[last].append(0) }
    byteCount += bytes.count
    return Place(word: place)
  }

  /// Begins a block for so many bytes at least.
  private mutating func addBlock(_ room: Int) {
    if let block = storeLast() {
      for recent in stored.suffix(ByteArena.recentCount) { recent.letGo() }
      stored.append(block)
      // The memory of the old block serves the new one.
      blocks[0].removeAll(keepingCapacity: true)
    } else {
      blocks.append([])
    }
    blocks[blocks.count - 1].reserveCapacity(max(ByteArena.blockSize, room + ByteArena.wordSize))
  }

  /// Hands the last block to the storage; nil when it stays here. Once the storage has refused one there are several here,
  /// and all further ones stay.
  private func storeLast() -> StoredBlock? {
    guard let storage, blocks.count == 1 else { return nil }
    let block = blocks[0]
    return storage.store(block.span)
  }

  /// Gives back the memory that stored blocks take because they were read.
  package func letGo() { for block in stored { block.letGo() } }

  /// The bytes at a place.
  @inline(__always)
  @_lifetime(borrow self)
  package func bytes(_ place: Place) -> Span<UInt8> {
    let block = Int(place.word &>> ByteArena.blockShift)
    let start = Int(place.word & (1 &<< ByteArena.blockShift &- 1)) &* ByteArena.wordSize
    // Subscripting the array ends the borrow too early for the compiler; the block stays where it is for as long as
    // self is borrowed, since only `append` touches it.
    let elements =
      block < stored.count
      ? unsafe ByteArena.content(stored[block].octets, start)
      : unsafe blocks[block &- stored.count].withUnsafeBufferPointer { unsafe ByteArena.content($0, start) }
    return unsafe _overrideLifetime(Span(_unsafeElements: elements), borrowing: self)
  }

  /// The bytes behind the count at an offset of a block.
  @inline(__always)
  private static func content(_ block: UnsafeBufferPointer<UInt8>, _ start: Int) -> UnsafeBufferPointer<UInt8>
  {
    let first = start &+ ByteArena.wordSize
    let count = unsafe UnsafeRawBufferPointer(block.extracting(start..<first)).loadUnaligned(as: UInt32.self)
    return block.extracting(first..<(first + Int(UInt32(littleEndian: count))))
  }
}
