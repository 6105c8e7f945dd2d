/// Ethernet II: destination and source address, 6 bytes each, then the EtherType, or a length with an LLC header behind
/// it (IEEE 802.3 §3.2).
enum Ethernet {
  /// Bytes of the header.
  static let headerLength = 14

  /// The IP packet behind the header.
  @inline(__always)
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= headerLength else { throw .cutLinkHeader }
    return try EtherType(rawValue: bytes.uint16(at: 12)).packet(in: bytes, at: headerLength, carrier)
  }
}
