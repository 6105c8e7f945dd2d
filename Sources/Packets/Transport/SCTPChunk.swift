/// The chunks of an SCTP packet, behind a header of ports, tag and checksum (RFC 9260 §3).
///
///     |   Type        |     Flags     |            Length             |
///     |                          TSN (DATA)                           |
///     |      Stream Identifier        |    Stream Sequence Number     |
///     |                  Payload Protocol Identifier                  |
enum SCTPChunk {
  /// Bytes of the packet's header, of a chunk's, and of a DATA chunk's.
  static let packetHeaderLength = 12, headerLength = 4, dataHeaderLength = 16
  /// The type of DATA, and its flags for the first and last part of a message.
  static let data: UInt8 = 0, wholeFlags: UInt8 = 0x03
  /// Chunks in one packet that are looked at: as many as fit into 1,500 bytes.
  static let maximumChunks = 96

  /// A message in a DATA chunk, or that something else was there; nil at the end of the packet. Moves `offset` on.
  @_lifetime(copy bytes)
  static func next(in bytes: Span<UInt8>, from offset: inout Int) -> Span<UInt8>? {
    guard offset >= 0, bytes.count - offset >= headerLength else { return nil }
    let start = offset, length = Int(bytes.uint16(at: start + 2))
    guard length >= headerLength else { return nil }
    let end = min(bytes.count, start + length)
    offset = start + (length + 3) & ~3
    let isWhole = bytes[start] == data && bytes[start + 1] & wholeFlags == wholeFlags
    guard isWhole, end - start > dataHeaderLength else { return bytes.extracting(0..<0) }
    return bytes.extracting((start + dataHeaderLength)..<end)
  }

  /// Whether a chunk that gave nothing was a part of a message.
  static func isPart(_ bytes: Span<UInt8>, at offset: Int) -> Bool {
    bytes.count - offset >= headerLength && bytes[offset] == data
      && bytes[offset + 1] & wholeFlags != wholeFlags
  }
}
