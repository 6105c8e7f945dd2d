/// Version 2 of Linux's "cooked" captures: no real link header, but protocol, interface, types and address in 20 bytes
/// (tcpdump.org, LINKTYPE_LINUX_SLL2). Version 1 ends with its protocol, as other headers do.
enum LinuxCooked2 {
  /// Bytes of the header, whose first field is the protocol.
  static let headerLength = 20

  /// The IP packet behind the header.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= headerLength else { throw .cutLinkHeader }
    return try EtherType(rawValue: bytes.uint16(at: 0)).packet(in: bytes, at: headerLength, carrier)
  }
}
