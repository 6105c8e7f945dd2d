/// A bounds-checked cursor over borrowed bytes; multi-byte integers are in network order.
///
/// A read past the end throws `DecodingFault.truncated` with the offset of the field and moves nothing.
@usableFromInline
package struct ByteReader: ~Escapable {
  /// The bytes that offsets count in.
  @usableFromInline package let bytes: Span<UInt8>
  /// Offset of the next byte to read, 0...end.
  @usableFromInline package internal(set) var offset: Int
  /// Offset at which reading ends, at most `bytes.count`.
  @usableFromInline package let end: Int

  /// Reads all of `bytes`, or the part of it from `offset` to `end`; both are clamped to the bytes.
  @inlinable @inline(__always)
  @_lifetime(copy bytes)
  package init(_ bytes: Span<UInt8>, from offset: Int = 0, to end: Int? = nil) {
    self.bytes = bytes
    self.end = min(max(end ?? bytes.count, 0), bytes.count)
    self.offset = min(max(offset, 0), self.end)
  }

  /// Number of bytes left.
  @inlinable package var remaining: Int { end - offset }

  /// Throws unless `count` bytes are left.
  @inlinable @inline(__always)
  func require(_ count: Int) throws(DecodingError) {
    guard count >= 0, end - offset >= count else { throw DecodingError(.truncated, at: offset) }
  }

  /// The next byte.
  @inlinable @inline(__always)
  package mutating func readUInt8() throws(DecodingError) -> UInt8 {
    try require(1)
    let value = bytes[offset]
    offset &+= 1
    return value
  }

  /// The next two bytes, network order.
  @inlinable @inline(__always)
  package mutating func readUInt16() throws(DecodingError) -> UInt16 {
    try require(2)
    let value = bytes.uint16(at: offset)
    offset &+= 2
    return value
  }

  /// The next four bytes, network order.
  @inlinable @inline(__always)
  package mutating func readUInt32() throws(DecodingError) -> UInt32 {
    try require(4)
    let value = bytes.uint32(at: offset)
    offset &+= 4
    return value
  }

  /// The next `count` bytes as a view.
  @inlinable @inline(__always)
  @_lifetime(copy self)
  package mutating func readBytes(_ count: Int) throws(DecodingError) -> Span<UInt8> {
    try require(count)
    let view = bytes.extracting(offset..<(offset &+ count))
    offset &+= count
    return view
  }

  /// Passes over `count` bytes.
  @inlinable @inline(__always)
  package mutating func skip(_ count: Int) throws(DecodingError) {
    try require(count)
    offset &+= count
  }

  /// Moves to an absolute offset at or before `end`.
  @inlinable package mutating func seek(to newOffset: Int) throws(DecodingError) {
    guard newOffset >= 0, newOffset <= end else { throw DecodingError(.truncated, at: offset) }
    offset = newOffset
  }
}
