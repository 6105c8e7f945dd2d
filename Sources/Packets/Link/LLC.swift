/// Logical link control: two service access points and a control byte (IEEE 802.2), for IP with a SNAP header behind it
/// (RFC 1042).
enum LLC {
  /// Bytes of the header with an unnumbered control field.
  static let headerLength = 3
  /// The access points of SNAP and of IP.
  static let snap: UInt8 = 0xaa, ip: UInt8 = 0x06

  /// The IP packet behind the header.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= headerLength else { throw .cutLinkHeader }
    // Unnumbered information is the only frame that carries IP.
    guard bytes[2] == 0x03 else { throw .notIP }
    let inner = try carrier.entering(.llc), rest = bytes.extracting(headerLength...)
    if bytes[0] == ip { return try RawIP.packet(in: rest, inner) }
    guard bytes[0] == snap else { throw .notIP }
    return try SNAP.packet(in: rest, inner)
  }
}

/// The subnetwork access protocol: an organization of 3 bytes and its protocol, for organization 0 an EtherType.
enum SNAP {
  /// Bytes of the header.
  static let headerLength = 5
  /// Organizations whose protocols are EtherTypes: encapsulated Ethernet, and bridged (IEEE 802.1H).
  static let etherTypeOrganizations: [UInt32] = [0x00_0000, 0x00_00f8]

  /// The IP packet behind the header.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= headerLength else { throw .cutLinkHeader }
    guard etherTypeOrganizations.contains(bytes.uint32(at: 0) >> 8) else { throw .notIP }
    return try EtherType(rawValue: bytes.uint16(at: 3)).packet(in: bytes, at: headerLength, carrier)
  }
}
