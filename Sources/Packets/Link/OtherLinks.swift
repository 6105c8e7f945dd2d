/// FDDI: frame control and two addresses, then LLC (ANSI X3.139).
enum FDDI {
  /// Bytes of the header.
  static let headerLength = 13

  /// The IP packet in an LLC frame.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count > headerLength else { throw .cutLinkHeader }
    return try LLC.packet(in: bytes.extracting(headerLength...), carrier)
  }
}

/// Token Ring: access and frame control, two addresses, a routing field when the source has its high bit set, then LLC
/// (IEEE 802.5).
enum TokenRing {
  /// Bytes of the header without a routing field.
  static let headerLength = 14

  /// The IP packet in an LLC frame.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count > headerLength else { throw .cutLinkHeader }
    let isRouted = bytes[8] & 0x80 != 0
    let length = headerLength + (isRouted ? Int(bytes[headerLength] & 0x1f) : 0)
    guard bytes.count > length else { throw .cutLinkHeader }
    return try LLC.packet(in: bytes.extracting(length...), carrier)
  }
}

/// ARCNET: addresses of one byte, then the protocol; RFC 1201 adds a split flag and a sequence number, RFC 1051 nothing.
enum ARCNET {
  static let ipv4: UInt8 = 212
  /// IPv4 in the older form.
  static let simpleIPv4: UInt8 = 240
  static let ipv6: UInt8 = 196

  /// The IP packet behind a header; Linux's has an offset of two bytes behind the addresses.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, isLinux: Bool, _ carrier: Carrier) throws(PacketFate) -> IPPacket
  {
    let type = isLinux ? 4 : 2
    guard bytes.count > type + 8 else { throw .cutLinkHeader }
    // 0xff as split flag marks an exception: three bytes more stand in front of the true one.
    let isException = !isLinux && bytes[type + 1] == 0xff
    switch bytes[type] {
    case ipv4: return try IPv4.packet(in: bytes.extracting((type + (isException ? 8 : 4))...), carrier)
    case ipv6: return try IPv6.packet(in: bytes.extracting((type + (isException ? 8 : 4))...), carrier)
    case simpleIPv4: return try IPv4.packet(in: bytes.extracting((type + 1)...), carrier)
    default: throw .notIP
    }
  }
}

/// Linux netfilter's log: family, version, resource, then fields of length, type and value, one of them the packet
/// (tcpdump.org, LINKTYPE_NFLOG). Numbers of the fields are in the order of the capturing machine.
enum NetfilterLog {
  /// Bytes in front of the fields.
  static let headerLength = 4
  /// The type of the field with the packet.
  static let payload: UInt16 = 9
  /// Fields that are looked at: the kernel knows 19 types.
  static let maximumFields = 64

  /// The IP packet in the payload.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= headerLength else { throw .cutLinkHeader }
    var offset = headerLength
    for _ in 0..<maximumFields {
      guard bytes.count - offset >= 4 else { break }
      // Types are below 256, so the order of the bytes shows by itself.
      let isBigEndian = bytes.uint16(at: offset + 2) < 0x100
      let (first, second) = (bytes.uint16(at: offset), bytes.uint16(at: offset + 2))
      let length = Int(isBigEndian ? first : first.byteSwapped)
      guard length >= 4 else { break }
      if (isBigEndian ? second : second.byteSwapped) == payload {
        return try RawIP.packet(
          in: bytes.extracting((offset + 4)..<min(bytes.count, offset + length)), carrier)
      }
      offset += (length + 3) & ~3
    }
    throw .notIP
  }
}

/// OpenBSD's packet filter log: its own length, padded to 4, and an address family (tcpdump.org, LINKTYPE_PFLOG).
enum PacketFilterLog {
  /// The IP packet behind the header.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count > 4 else { throw .cutLinkHeader }
    let length = (Int(bytes[0]) + 3) & ~3
    guard length >= 4, bytes.count > length else { throw .cutLinkHeader }
    return try RawIP.packet(in: bytes.extracting(length...), carrier)
  }
}

/// Headers of a fixed length in front of an IP packet or an Ethernet frame.
enum FixedHeader {
  /// The IP packet behind `length` bytes.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, behind length: Int, _ carrier: Carrier) throws(PacketFate)
    -> IPPacket
  {
    guard bytes.count > length else { throw .cutLinkHeader }
    return try RawIP.packet(in: bytes.extracting(length...), carrier)
  }

  /// The IP packet behind an EtherType at `offset`, which is the header's last field.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, etherTypeAt offset: Int, _ carrier: Carrier) throws(PacketFate)
    -> IPPacket
  {
    guard bytes.count >= offset + 2 else { throw .cutLinkHeader }
    return try EtherType(rawValue: bytes.uint16(at: offset)).packet(in: bytes, at: offset + 2, carrier)
  }
}
