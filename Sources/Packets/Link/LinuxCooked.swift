/// Linux's "cooked" captures: no real link header, but 16 bytes that end with the sender's address and the protocol
/// (tcpdump.org, LINKTYPE_LINUX_SLL).
///
///     |          Packet type          |          ARPHRD_ type         |
///     |         Address length        |      Address, 8 bytes ...     |
///     |                                                               |
///     |                               |            Protocol           |
enum LinuxCooked {
  /// Bytes of the header.
  static let headerLength = 16

  /// The IP packet behind the header.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= headerLength else { throw .cutLinkHeader }
    let sender = carrier.from(address(bytes.uint64(at: 6), ofLength: Int(bytes.uint16(at: 4))))
    return try EtherType(rawValue: bytes.uint16(at: 14)).packet(in: bytes, at: headerLength, sender)
  }

  /// The bytes in use of the field with the address.
  static func address(_ field: UInt64, ofLength length: Int) -> UInt64 {
    length < 8 ? field >> UInt64(64 - 8 * length) : field
  }
}

/// Their version 2: protocol, interface, types and address in 20 bytes (tcpdump.org, LINKTYPE_LINUX_SLL2).
enum LinuxCooked2 {
  /// Bytes of the header, whose first field is the protocol.
  static let headerLength = 20

  /// The IP packet behind the header.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= headerLength else { throw .cutLinkHeader }
    let sender = carrier.from(LinuxCooked.address(bytes.uint64(at: 12), ofLength: Int(bytes[11])))
    return try EtherType(rawValue: bytes.uint16(at: 0)).packet(in: bytes, at: headerLength, sender)
  }
}
