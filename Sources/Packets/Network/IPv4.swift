import Bytes

/// IPv4 (RFC 791 §3.1).
///
///     |Version|  IHL  |Type of Service|          Total Length         |
///     |         Identification        |Flags|      Fragment Offset    |
///     |  Time to Live |    Protocol   |         Header Checksum       |
///     |                       Source Address                          |
///     |                    Destination Address                        |
///     |                    Options                    |    Padding    |
enum IPv4 {
  static let version: UInt8 = 4
  /// Bytes of a header without options.
  static let minimumHeaderLength = 20
  /// "Fragment Offset", in units of 8 bytes.
  static let offsetMask: UInt16 = 0x1fff
  /// "More Fragments".
  static let moreFragments: UInt16 = 0x2000

  /// The header's fields and the payload behind it.
  @inline(__always)
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= minimumHeaderLength else { throw .cutIPHeader }
    guard bytes[0] >> 4 == version else { throw .badIPVersion }
    let headerLength = Int(bytes[0] & 0x0f) &* 4
    guard headerLength >= minimumHeaderLength else { throw .badIPLength }
    guard headerLength <= bytes.count else { throw .cutIPHeader }
    // Segmentation offload leaves the field 0 in captures on the sender; the frame then is the packet.
    let field = Int(bytes.uint16(at: 2))
    let totalLength = field == 0 ? bytes.count : field
    guard totalLength >= headerLength else { throw .badIPLength }
    let fragment = bytes.uint16(at: 6)
    // What follows the total length is the padding of short Ethernet frames.
    let end = min(totalLength, bytes.count)
    return IPPacket(
      source: IPAddress(v4: bytes.uint32(at: 12)), destination: IPAddress(v4: bytes.uint32(at: 16)),
      transport: IPProtocol(rawValue: bytes[9]), network: traits(bytes, fragment, carrier),
      identification: UInt32(bytes.uint16(at: 4)),
      fragment: position(fragment), bytes: bytes.extracting(..<end),
      payload: bytes.extracting(headerLength..<end), declaredLength: totalLength &- headerLength,
      carrier: carrier)
  }

  /// What the header says beside addresses and lengths; `field` is the one with "Don't Fragment" in bit 14.
  @inline(__always)
  private static func traits(_ bytes: Span<UInt8>, _ field: UInt16, _ carrier: Carrier) -> NetworkTraits {
    // The flag is moved to its place here, without a branch.
    let flags = NetworkFlags.hasIdentification.rawValue | UInt8(truncatingIfNeeded: field &>> 13) & 2
    return NetworkTraits(
      ipTTL: bytes[8], identification: bytes.uint16(at: 4), flags: NetworkFlags(rawValue: flags),
      trafficClass: bytes[1], station: carrier.station)
  }

  /// The place of a fragment; nil for a whole datagram.
  @inline(__always)
  private static func position(_ field: UInt16) -> FragmentPosition? {
    guard field & (offsetMask | moreFragments) != 0 else { return nil }
    return FragmentPosition(offset: Int(field & offsetMask) &* 8, isFollowed: field & moreFragments != 0)
  }
}
