/// VLAN tags: 2 bytes of priority and VLAN, then the EtherType of what follows (IEEE 802.1Q §9.6).
enum VLANTag {
  /// Bytes of a tag behind its own EtherType.
  static let length = 4

  /// The IP packet behind all the tags, the first of which is at `offset`.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, at offset: Int) throws(PacketFate) -> IPPacket {
    var offset = offset
    for _ in 0..<PacketLimits.tags {
      guard bytes.count - offset >= length else { throw .cutLinkHeader }
      let type = EtherType(rawValue: bytes.uint16(at: offset + 2))
      offset += length
      if !type.isTag { return try type.packet(in: bytes, at: offset) }
    }
    throw .tooManyTags
  }
}
