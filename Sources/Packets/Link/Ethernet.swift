/// Ethernet II: destination and source address, 6 bytes each, then the EtherType, or a length with an LLC header behind
/// it (IEEE 802.3 §3.2).
enum Ethernet {
  /// Bytes of the header.
  static let headerLength = 14

  /// Offset of the source address.
  static let sourceOffset = 6

  /// The IP packet behind the header.
  @inline(__always)
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= headerLength else { throw .cutLinkHeader }
    let sender = carrier.from(source(in: bytes, at: sourceOffset))
    return try EtherType(rawValue: bytes.uint16(at: 12)).packet(in: bytes, at: headerLength, sender)
  }

  /// The address of 6 bytes at an offset, in two loads.
  @inline(__always)
  static func source(in bytes: Span<UInt8>, at offset: Int) -> UInt64 {
    UInt64(bytes.uint32(at: offset)) &<< 16 | UInt64(bytes.uint16(at: offset &+ 4))
  }
}
