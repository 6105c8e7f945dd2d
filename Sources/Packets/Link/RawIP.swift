/// Packets without a link header: the version field tells IPv4 from IPv6.
enum RawIP {
  /// The packet itself.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count > 0 else { throw .cutIPHeader }
    switch bytes[0] >> 4 {
    case IPv4.version: return try IPv4.packet(in: bytes, carrier)
    case IPv6.version: return try IPv6.packet(in: bytes, carrier)
    default: throw .badIPVersion
    }
  }
}
