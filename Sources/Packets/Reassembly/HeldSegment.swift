import Bytes

/// A TCP segment that came before its turn.
struct HeldSegment {
  let sequence: UInt32
  private(set) var bytes: [UInt8]
  /// Length on the wire.
  let length: Int
  private(set) var piece: MessageStream.Piece

  /// A copy of a segment's data.
  /// - Parameter sequence: that of the first byte.
  init(_ segment: borrowing TCPSegment, _ sequence: UInt32, _ piece: MessageStream.Piece) {
    let payload = segment.payload
    bytes = payload.indices.map { payload[$0] }
    (self.sequence, length, self.piece) = (sequence, segment.length, piece)
  }

  /// Where another segment begins in this one, modulo 2^32.
  private func offset(of other: HeldSegment) -> Int { Int(Int32(bitPattern: other.sequence &- sequence)) }

  /// Whether both have bytes for the same place.
  func overlaps(_ other: HeldSegment) -> Bool {
    let offset = offset(of: other)
    return offset < bytes.count && offset + other.bytes.count > 0
  }

  /// Whether all of another segment is in this one, with a checksum that is no worse.
  func covers(_ other: HeldSegment) -> Bool {
    let offset = offset(of: other)
    return offset >= 0 && offset + other.length <= bytes.count && piece.checksum <= other.piece.checksum
  }

  /// Whether an overlapping segment has other bytes for the same place. Where one has a wrong checksum and the other a
  /// right one, both have the right bytes afterwards.
  mutating func settle(with other: inout HeldSegment) -> Bool {
    let offset = offset(of: other)
    let range = max(0, offset)..<min(bytes.count, offset + other.bytes.count)
    guard range.contains(where: { bytes[$0] != other.bytes[$0 - offset] }) else { return false }
    if piece.isWorse(than: other.piece) {
      for i in range { bytes[i] = other.bytes[i - offset] }
      if range.count == length { piece = other.piece }
    } else if other.piece.isWorse(than: piece) {
      for i in range { other.bytes[i - offset] = bytes[i] }
      if range.count == other.length { other.piece = piece }
    }
    return true
  }
}
