/// VLAN tags: 2 bytes of priority and VLAN, then the EtherType of what follows (IEEE 802.1Q §9.6).
enum VLANTag {
  /// Bytes of a tag behind its own EtherType.
  static let length = 4
  /// The VLAN's bits.
  static let identifierMask: UInt16 = 0x0fff

  /// The IP packet behind the tag.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= length else { throw .cutLinkHeader }
    let inner = try carrier.entering(.vlan, vlan: bytes.uint16(at: 0) & identifierMask)
    return try EtherType(rawValue: bytes.uint16(at: 2)).packet(in: bytes, at: length, inner)
  }
}

/// Tags of other kinds: some bytes, then the EtherType of what follows.
enum OtherTag {
  /// The IP packet behind a tag of so many bytes, its last two the EtherType.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, length: Int, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard length >= 2, bytes.count >= length else { throw .cutLinkHeader }
    let type = EtherType(rawValue: bytes.uint16(at: length - 2))
    return try type.packet(in: bytes, at: length, carrier.entering(.tag))
  }
}

/// A provider's backbone (IEEE 802.1ah §9.7): flags and service instance, then the customer's Ethernet frame.
enum BackboneTag {
  /// Bytes of the tag.
  static let length = 4

  /// The IP packet in the customer's frame.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= length else { throw .cutLinkHeader }
    let inner = try carrier.entering(.tag, id: bytes.uint32(at: 0) & 0x00ff_ffff).entering(.ethernet)
    return try Ethernet.packet(in: bytes.extracting(length...), inner)
  }
}
