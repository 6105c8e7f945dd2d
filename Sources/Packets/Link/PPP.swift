/// PPP: a protocol number of two bytes, or one where it is compressed (RFC 1661 §2, §6.5), in HDLC-like framing behind
/// an address and a control byte (RFC 1662 §3.1).
enum PPP {
  static let ipv4: UInt16 = 0x0021
  static let ipv6: UInt16 = 0x0057
  static let mpls: UInt16 = 0x0281
  /// "All-Stations" and "Unnumbered Information".
  static let framing: (address: UInt8, control: UInt8) = (0xff, 0x03)

  /// The IP packet behind the header, with framing or without.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= 4 else { throw .cutLinkHeader }
    let isFramed = bytes[0] == framing.address && bytes[1] == framing.control
    let offset = isFramed ? 2 : 0
    // The low bit of a protocol number's last byte is 1, that of the first one 0.
    let isCompressed = bytes[offset] & 1 != 0
    let number = isCompressed ? UInt16(bytes[offset]) : bytes.uint16(at: offset)
    let rest = bytes.extracting((offset + (isCompressed ? 1 : 2))...)
    let inner = try carrier.entering(.ppp)
    switch number {
    case ipv4: return try IPv4.packet(in: rest, inner)
    case ipv6: return try IPv6.packet(in: rest, inner)
    case mpls: return try MPLS.packet(in: rest, inner)
    default: throw .notIP
    }
  }
}

/// PPPoE: version and type, code, session, length, then PPP (RFC 2516 §4).
enum PPPoE {
  /// Bytes of the header.
  static let headerLength = 6

  /// The IP packet in a session's frame.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= headerLength else { throw .cutLinkHeader }
    // Other codes are of the discovery stage.
    guard bytes[0] == 0x11, bytes[1] == 0 else { throw .notIP }
    let inner = try carrier.entering(.pppoe, id: UInt32(bytes.uint16(at: 2)))
    return try PPP.packet(in: bytes.extracting(headerLength...), inner)
  }
}

/// Cisco's HDLC: address, control, then an EtherType.
enum CiscoHDLC {
  /// Bytes of the header.
  static let headerLength = 4

  /// The IP packet behind the header.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= headerLength else { throw .cutLinkHeader }
    return try EtherType(rawValue: bytes.uint16(at: 2)).packet(in: bytes, at: headerLength, carrier)
  }
}

/// Frame relay: a Q.922 address of two to four bytes, control, then a network layer protocol identifier (RFC 2427 §4.1).
enum FrameRelay {
  /// Identifiers of IPv4, of IPv6 and of SNAP.
  static let ipv4: UInt8 = 0xcc, ipv6: UInt8 = 0x8e, snap: UInt8 = 0x80

  /// The IP packet behind the header.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    var offset = 0
    // The low bit marks the last byte of the address.
    while offset < min(bytes.count, 4), bytes[offset] & 1 == 0 { offset += 1 }
    guard bytes.count - offset >= 4 else { throw .cutLinkHeader }
    guard bytes[offset + 1] == 0x03 else {
      return try EtherType(rawValue: bytes.uint16(at: offset + 1)).packet(in: bytes, at: offset + 3, carrier)
    }
    // A pad byte may follow, to align what comes behind it.
    let identifier = bytes[offset + 2] == 0 ? offset + 3 : offset + 2
    switch bytes[identifier] {
    case ipv4: return try IPv4.packet(in: bytes.extracting((identifier + 1)...), carrier)
    case ipv6: return try IPv6.packet(in: bytes.extracting((identifier + 1)...), carrier)
    case snap: return try SNAP.packet(in: bytes.extracting((identifier + 1)...), carrier)
    default: throw .notIP
    }
  }
}
