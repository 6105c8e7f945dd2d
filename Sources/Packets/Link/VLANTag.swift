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
