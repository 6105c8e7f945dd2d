/// Keeps distinct lists of 32-bit words once and numbers them, in blocks of 64 KiB, each behind its count.
struct WordLists: Sendable {
  private var blocks: [[UInt32]] = [], table = InternTable()
  /// Where the words of each list begin: number of the block, and offset in it.
  private var places: [UInt32] = []
  /// Words of all lists.
  private var wordCount = 0

  /// Words of a block, as a power of two; a longer list gets a block of its own.
  private static let blockShift: UInt32 = 14

  /// How many lists there are.
  var count: Int { places.count }

  /// Bytes held, nearly: the words, and for each list its count, its place and two slots of the table.
  var byteCount: Int { wordCount * 4 + count * (8 + 2 * InternTable.bytesPerSlot) }

  /// The number of a list.
  mutating func intern(_ words: [UInt32]) -> UInt32 {
    let hash = table.key.hash(words.span)
    if let known = table.find(hash, matches: { equals($0, words.span) }) { return known }
    append(words)
    return table.insert(hash)
  }

  /// The block that holds the list of a number, and where in it the list begins.
  func place(_ number: UInt32) -> (block: [UInt32], start: UInt32) {
    let place = places[Int(number)]
    let start = place & (1 &<< WordLists.blockShift &- 1)
    return (blocks[Int(place &>> WordLists.blockShift)], start + 1)
  }

  /// Gives back what finds a list, when no more are interned.
  mutating func endInterning() { table.end() }

  /// Copies a list behind the others.
  private mutating func append(_ words: [UInt32]) {
    let size = 1 << Int(WordLists.blockShift)
    if blocks.isEmpty || blocks[blocks.count - 1].count + words.count + 1 > size {
      var block: [UInt32] = []
      block.reserveCapacity(max(size, words.count + 1))
      blocks.append(block)
    }
    let last = blocks.count - 1
    // Beyond the last number it stops here: a place must never be that of another list.
    places.append(UInt32(last << Int(WordLists.blockShift) + blocks[last].count))
    blocks[last].append(UInt32(words.count))
    blocks[last].append(contentsOf: words)
    wordCount += words.count
  }

  /// Whether the list of a number has these words.
  @inline(__always)
  private func equals(_ number: UInt32, _ words: Span<UInt32>) -> Bool {
    let place = places[Int(number)]
    let block = Int(place &>> WordLists.blockShift)
    let start = Int(place & (1 &<< WordLists.blockShift &- 1))
    guard Int(blocks[block][start]) == words.count else { return false }
    for index in words.indices where blocks[block][start &+ 1 &+ index] != words[index] { return false }
    return true
  }
}
