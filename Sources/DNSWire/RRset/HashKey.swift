/// Keys of hashes, random for each holder, so that nobody can write packets that collide.
///
/// Sixteen bytes at a time go through a full product that is folded to one word (the construction of wyhash): with keys
/// that no output shows, two byte strings share a hash as rarely as its width promises. SipHash, the standard library's,
/// took three hundredths of an audit.
@usableFromInline
package struct HashKey: Sendable {
  @usableFromInline let first: UInt64, second: UInt64, third: UInt64, fourth: UInt64

  /// Fresh keys.
  package init() {
    let random = { UInt64.random(in: .min ... .max) }
    (first, second, third, fourth) = (random(), random(), random(), random())
  }

  /// Keys of the process, for those who come and go too often to draw their own.
  package static let process = HashKey()

  /// A hash of two words.
  @inlinable @inline(__always)
  package func hash(_ word: UInt64, _ other: UInt64) -> UInt64 {
    HashKey.fold(HashKey.fold(word ^ first, other ^ second) ^ third, fourth | 1)
  }

  /// A hash of bytes.
  @inlinable @inline(__always)
  package func hash(_ bytes: Span<UInt8>) -> Int {
    var state = first ^ UInt64(truncatingIfNeeded: bytes.count)
    HashKey.forEachPair(bytes) { word, other in state = HashKey.fold(word ^ second, other ^ state) }
    return Int(truncatingIfNeeded: HashKey.fold(state ^ third, fourth | 1))
  }

  /// A hash of words of 32 bits: four of them go through a product together, and those that are missing count as 0.
  @inline(__always)
  func hash(_ words: Span<UInt32>) -> Int {
    var state = first ^ UInt64(truncatingIfNeeded: words.count), index = 0
    while index < words.count {
      let left = words.count &- index
      let word = UInt64(words[index]) | (left > 1 ? UInt64(words[index &+ 1]) &<< 32 : 0)
      let third = left > 2 ? UInt64(words[index &+ 2]) : 0
      let other = third | (left > 3 ? UInt64(words[index &+ 3]) &<< 32 : 0)
      state = HashKey.fold(word ^ second, other ^ state)
      index &+= 4
    }
    return Int(truncatingIfNeeded: HashKey.fold(state ^ third, fourth | 1))
  }

  /// A hash of bytes of 128 bits, from two lanes that share no key.
  @inlinable @inline(__always)
  package func wideHash(_ bytes: Span<UInt8>) -> WideHash {
    let count = UInt64(truncatingIfNeeded: bytes.count)
    var state = first ^ count, lane = third &+ count
    HashKey.forEachPair(bytes) { word, other in
      state = HashKey.fold(word ^ second, other ^ state)
      lane = HashKey.fold(word ^ lane, other ^ fourth)
    }
    return WideHash(
      first: Int(truncatingIfNeeded: HashKey.fold(state ^ third, fourth | 1)),
      second: HashKey.fold(lane ^ second, first | 1))
  }

  /// Both halves of a product in one word.
  @inlinable @inline(__always)
  static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  /// Calls a function with the bytes, two words at a time; the last pair overlaps the one before, and of fewer than
  /// sixteen bytes the words overlap.
  @inlinable @inline(__always)
  static func forEachPair(_ bytes: Span<UInt8>, _ body: (UInt64, UInt64) -> Void) {
    unsafe bytes.withUnsafeBytes { buffer in
      let count = buffer.count
      guard count >= 16 else {
        let (word, other) = unsafe shortPair(buffer)
        return body(word, other)
      }
      var offset = 0
      while offset &+ 16 < count {
        body(
          unsafe buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self),
          unsafe buffer.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self))
        offset &+= 16
      }
      body(
        unsafe buffer.loadUnaligned(fromByteOffset: count &- 16, as: UInt64.self),
        unsafe buffer.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
    }
  }

  /// Fewer than sixteen bytes in two words; the count is hashed beside them.
  @inlinable @inline(__always)
  static func shortPair(_ buffer: UnsafeRawBufferPointer) -> (UInt64, UInt64) {
    let count = buffer.count
    if count >= 8 {
      return (
        unsafe buffer.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
        unsafe buffer.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
      )
    }
    if count >= 4 {
      return (
        UInt64(unsafe buffer.loadUnaligned(fromByteOffset: 0, as: UInt32.self)),
        UInt64(unsafe buffer.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self))
      )
    }
    var word: UInt64 = 0
    for index in 0..<count { word = unsafe word &<< 8 | UInt64(buffer[index]) }
    return (word, 0)
  }
}

/// 128 bits of keyed hash, by which a byte string is known.
@usableFromInline
package struct WideHash: Equatable, Sendable {
  /// The two halves.
  package let first: Int, second: UInt64

  /// From the halves.
  @usableFromInline
  init(first: Int, second: UInt64) { (self.first, self.second) = (first, second) }
}

/// What a message is recognised by.
package struct MessageIdentity: Sendable {
  /// The hash of its bytes behind the ID, and whether QR is set.
  package let hash: WideHash, isResponse: Bool

  /// Of a message; of one without a whole header, nothing.
  package init(_ bytes: Span<UInt8>, _ key: HashKey) {
    guard bytes.count >= Header.length else {
      (hash, isResponse) = (WideHash(first: 0, second: 0), false)
      return
    }
    hash = key.wideHash(bytes.extracting(2..<bytes.count))
    isResponse = bytes[2] & 0x80 != 0
  }
}
