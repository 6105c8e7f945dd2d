/// Linux "cooked" captures: no real link header, but packet type, device type, address and protocol
/// (tcpdump.org, LINKTYPE_LINUX_SLL and LINKTYPE_LINUX_SLL2).
enum LinuxCooked {
  /// Bytes of a version 1 header: the protocol is its last field.
  static let headerLength = 16
  /// Bytes of a version 2 header: the protocol is its first field.
  static let headerLengthOfVersion2 = 20

  /// The IP packet behind a version 1 header.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>) throws(PacketFate) -> IPPacket {
    guard bytes.count >= headerLength else { throw .cutLinkHeader }
    return try EtherType(rawValue: bytes.uint16(at: 14)).packet(in: bytes, at: headerLength)
  }

  /// The IP packet behind a version 2 header.
  @_lifetime(copy bytes)
  static func packetOfVersion2(in bytes: Span<UInt8>) throws(PacketFate) -> IPPacket {
    guard bytes.count >= headerLengthOfVersion2 else { throw .cutLinkHeader }
    return try EtherType(rawValue: bytes.uint16(at: 0)).packet(in: bytes, at: headerLengthOfVersion2)
  }
}
