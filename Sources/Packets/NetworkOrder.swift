/// Integers in network order at offsets that the caller has checked; a wrong offset stops the program, as any
/// subscript does, so each header checks its length once before it reads its fields.
extension Span<UInt8> {
  /// Two bytes.
  @inline(__always)
  func uint16(at offset: Int) -> UInt16 { UInt16(self[offset]) &<< 8 | UInt16(self[offset &+ 1]) }

  /// Four bytes.
  @inline(__always)
  func uint32(at offset: Int) -> UInt32 {
    UInt32(uint16(at: offset)) &<< 16 | UInt32(uint16(at: offset &+ 2))
  }

  /// Eight bytes.
  @inline(__always)
  func uint64(at offset: Int) -> UInt64 {
    UInt64(uint32(at: offset)) &<< 32 | UInt64(uint32(at: offset &+ 4))
  }
}
