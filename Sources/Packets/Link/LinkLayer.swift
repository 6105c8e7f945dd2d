/// The link layer: reads the header that the link type names and hands on an IP packet.
enum LinkLayer {
  /// The IP packet in a frame; throws the frame's fate when there is none.
  @inline(__always)
  @_lifetime(copy frame)
  static func packet(in frame: Frame) throws(PacketFate) -> IPPacket {
    switch frame.linkType {
    case .ethernet: try Ethernet.packet(in: frame.bytes)
    case .linuxCooked: try LinuxCooked.packet(in: frame.bytes)
    case .linuxCooked2: try LinuxCooked.packetOfVersion2(in: frame.bytes)
    case .null, .loop: try Loopback.packet(in: frame.bytes)
    case .rawIP, .rawIPInFiles: try RawIP.packet(in: frame.bytes)
    case .ipv4: try IPv4.packet(in: frame.bytes)
    case .ipv6: try IPv6.packet(in: frame.bytes)
    default: throw .unknownLinkType
    }
  }
}

/// Protocol numbers of link-layer headers (IEEE 802 numbers, IANA "ETHER TYPES").
struct EtherType: RawRepresentable, Equatable {
  /// The number, host order.
  let rawValue: UInt16

  static let ipv4 = EtherType(rawValue: 0x0800)
  static let ipv6 = EtherType(rawValue: 0x86dd)
  /// IEEE 802.1Q customer tag.
  static let customerTag = EtherType(rawValue: 0x8100)
  /// IEEE 802.1ad service tag.
  static let serviceTag = EtherType(rawValue: 0x88a8)
  /// The outer tag of switches older than 802.1ad.
  static let oldServiceTag = EtherType(rawValue: 0x9100)

  /// Whether a VLAN tag follows.
  var isTag: Bool { self == .customerTag || self == .serviceTag || self == .oldServiceTag }

  /// Hands on the bytes at `offset` to the protocol, behind any VLAN tags.
  @inline(__always)
  @_lifetime(copy bytes)
  func packet(in bytes: Span<UInt8>, at offset: Int) throws(PacketFate) -> IPPacket {
    if self == .ipv4 { return try IPv4.packet(in: bytes.extracting(offset...)) }
    if self == .ipv6 { return try IPv6.packet(in: bytes.extracting(offset...)) }
    guard isTag else { throw .notIP }
    return try VLANTag.packet(in: bytes, at: offset)
  }
}
