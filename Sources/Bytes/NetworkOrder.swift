/// Integers in network order at offsets that the caller has checked; a wrong offset stops the program, as any
/// subscript does, so each header checks its length once before it reads its fields.
///
/// Each goes through a view of just its bytes: with one check for all, the compiler makes a single load of them.
extension Span<UInt8> {
  /// Two bytes.
  @inlinable @inline(__always)
  package func uint16(at offset: Int) -> UInt16 {
    let b = extracting(offset..<(offset &+ 2))
    return UInt16(b[0]) &<< 8 | UInt16(b[1])
  }

  /// Four bytes.
  @inlinable @inline(__always)
  package func uint32(at offset: Int) -> UInt32 {
    let b = extracting(offset..<(offset &+ 4))
    return UInt32(b[0]) &<< 24 | UInt32(b[1]) &<< 16 | UInt32(b[2]) &<< 8 | UInt32(b[3])
  }

  /// Eight bytes.
  @inlinable @inline(__always)
  package func uint64(at offset: Int) -> UInt64 {
    let b = extracting(offset..<(offset &+ 8))
    let high = UInt64(b[0]) &<< 56 | UInt64(b[1]) &<< 48 | UInt64(b[2]) &<< 40 | UInt64(b[3]) &<< 32
    return high | UInt64(b[4]) &<< 24 | UInt64(b[5]) &<< 16 | UInt64(b[6]) &<< 8 | UInt64(b[7])
  }
}

/// What is written to the end of a buffer.
extension [UInt8] {
  /// Appends two bytes in network order.
  @inlinable @inline(__always)
  package mutating func append(networkOrder value: UInt16) {
    append(UInt8(truncatingIfNeeded: value &>> 8))
    append(UInt8(truncatingIfNeeded: value))
  }

  /// Appends the bytes of a view.
  @inlinable @inline(__always)
  package mutating func append(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
