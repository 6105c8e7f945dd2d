/// VXLAN: flags, and a network identifier of 24 bits (RFC 7348 §5).
enum VXLAN {
  /// Bytes of the header.
  static let headerLength = 8
  /// "I": the identifier is valid. "P": the last byte of the first word names the payload (draft-ietf-nvo3-vxlan-gpe).
  static let identifierFlag: UInt8 = 0x08, protocolFlag: UInt8 = 0x04

  /// The IP packet in the Ethernet frame inside. Group policies set other bits, which change nothing.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count > headerLength else { throw .cutTunnelHeader }
    guard bytes[0] & identifierFlag != 0 else { throw .badTunnel }
    let inner = try carrier.entering(.vxlan, id: bytes.uint32(at: 4) >> 8)
    return try Ethernet.packet(in: bytes.extracting(headerLength...), inner.entering(.ethernet))
  }

  /// The IP packet in what the generic extension names; some senders name it without setting the bit that says so.
  @_lifetime(copy bytes)
  static func genericPacket(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count > headerLength else { throw .cutTunnelHeader }
    guard bytes[0] & protocolFlag != 0 || bytes[3] != 0 else { return try packet(in: bytes, carrier) }
    let inner = try carrier.entering(.vxlanGPE, id: bytes.uint32(at: 4) >> 8)
    return try ServiceProtocol.packet(bytes[3], in: bytes.extracting(headerLength...), inner)
  }
}

/// The numbers by which VXLAN's extension and the network service header name what follows (RFC 8300 §2.2).
enum ServiceProtocol {
  static let ipv4: UInt8 = 1, ipv6: UInt8 = 2, ethernet: UInt8 = 3, serviceHeader: UInt8 = 4, mpls: UInt8 = 5

  /// The IP packet in a payload of that number.
  @_lifetime(copy bytes)
  static func packet(_ number: UInt8, in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate)
    -> IPPacket
  {
    switch number {
    case ipv4: return try IPv4.packet(in: bytes, carrier)
    case ipv6: return try IPv6.packet(in: bytes, carrier)
    case ethernet: return try Ethernet.packet(in: bytes, carrier.entering(.ethernet))
    case serviceHeader: return try ServiceHeader.packet(in: bytes, carrier)
    case mpls: return try MPLS.packet(in: bytes, carrier)
    default: throw .notIP
    }
  }
}

/// Network service header: its length in words, what follows, then the path and metadata (RFC 8300 §2).
enum ServiceHeader {
  /// Bytes of base and service path headers.
  static let minimumLength = 8

  /// The IP packet behind the header.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= minimumLength else { throw .cutTunnelHeader }
    let length = Int(bytes[1] & 0x3f) * 4
    guard length >= minimumLength else { throw .badTunnel }
    guard bytes.count > length else { throw .cutTunnelHeader }
    let inner = try carrier.entering(.nsh, id: bytes.uint32(at: 4) >> 8)
    return try ServiceProtocol.packet(bytes[3], in: bytes.extracting(length...), inner)
  }
}

/// Geneve: options' length in words, an EtherType, a network identifier of 24 bits, options (RFC 8926 §3.4).
enum Geneve {
  /// Bytes of the header without options.
  static let headerLength = 8

  /// The IP packet inside.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= headerLength else { throw .cutTunnelHeader }
    guard bytes[0] >> 6 == 0 else { throw .badTunnel }
    let length = headerLength + Int(bytes[0] & 0x3f) * 4
    guard bytes.count > length else { throw .cutTunnelHeader }
    let inner = try carrier.entering(.geneve, id: bytes.uint32(at: 4) >> 8)
    return try EtherType(rawValue: bytes.uint16(at: 2)).packet(in: bytes, at: length, inner)
  }
}

/// LISP's data packets: flags, nonce and locator bits in 8 bytes, then IP (RFC 9300 §5).
enum LISP {
  /// Bytes of the header.
  static let headerLength = 8

  /// The IP packet behind the header.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count > headerLength else { throw .cutTunnelHeader }
    return try RawIP.packet(in: bytes.extracting(headerLength...), carrier.entering(.lisp))
  }
}

/// TaZmen sniffer protocol: version, type, protocol, then tagged fields up to the one that ends them.
enum TZSP {
  /// Tags without a length: padding, and the end.
  static let padding: UInt8 = 0, end: UInt8 = 1
  /// Protocols: Ethernet and IEEE 802.11.
  static let ethernet: UInt16 = 1, wireless: UInt16 = 18
  /// Fields that are passed over; access points send about ten.
  static let maximumFields = 64

  /// The IP packet in the frame inside.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count > 4 else { throw .cutTunnelHeader }
    guard bytes[0] == 1 else { throw .badTunnel }
    let inner = try carrier.entering(.tzsp)
    var offset = 4
    for _ in 0..<maximumFields {
      guard bytes.count > offset + 1 else { throw .cutTunnelHeader }
      let tag = bytes[offset]
      offset += tag == padding || tag == end ? 1 : 2 + Int(bytes[offset + 1])
      if tag == end { break }
    }
    guard bytes.count > offset else { throw .cutTunnelHeader }
    let rest = bytes.extracting(offset...)
    switch bytes.uint16(at: 2) {
    case ethernet: return try Ethernet.packet(in: rest, inner.entering(.ethernet))
    case wireless: return try Wireless.packet(in: rest, inner.entering(.wlan))
    default: throw .notIP
    }
  }
}
