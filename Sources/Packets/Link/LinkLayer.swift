/// The link layer: reads the header that the link type names and hands on an IP packet.
enum LinkLayer {
  /// The IP packet in a frame; throws the frame's fate when there is none.
  @inline(__always)
  @_lifetime(copy frame)
  static func packet(in frame: Frame) throws(PacketFate) -> IPPacket {
    if frame.linkType == .ethernet { return try Ethernet.packet(in: frame.bytes, Carrier()) }
    return try packet(in: frame.bytes, of: frame.linkType)
  }

  /// The IP packet in bytes that begin with a header of a link type.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, of type: LinkType) throws(PacketFate) -> IPPacket {
    let carrier = Carrier()
    switch type {
    case .ethernet: return try Ethernet.packet(in: bytes, carrier)
    case .linuxCooked: return try LinuxCooked.packet(in: bytes, carrier)
    case .linuxCooked2: return try LinuxCooked2.packet(in: bytes, carrier)
    case .null, .loop: return try Loopback.packet(in: bytes, carrier)
    case .rawIP, .rawIPOfOpenBSD, .rawIPInFiles: return try RawIP.packet(in: bytes, carrier)
    case .ipv4: return try IPv4.packet(in: bytes, carrier)
    case .ipv6: return try IPv6.packet(in: bytes, carrier)
    default: return try rarePacket(in: bytes, of: type, carrier)
    }
  }

  /// The same for the types that captures of DNS seldom have.
  @_lifetime(copy bytes)
  private static func rarePacket(in bytes: Span<UInt8>, of type: LinkType, _ carrier: Carrier)
    throws(PacketFate) -> IPPacket
  {
    switch type {
    case .ppp, .pppSerial: try PPP.packet(in: bytes, carrier)
    case .pppEthernet: try PPPoE.packet(in: bytes, carrier)
    case .ciscoHDLC: try CiscoHDLC.packet(in: bytes, carrier)
    case .frameRelay: try FrameRelay.packet(in: bytes, carrier)
    case .pppWithDirection: try PPP.packet(in: behindDirection(bytes), carrier)
    case .ciscoHDLCWithDirection: try CiscoHDLC.packet(in: behindDirection(bytes), carrier)
    case .frameRelayWithDirection: try FrameRelay.packet(in: behindDirection(bytes), carrier)
    case .wireless: try Wireless.packet(in: bytes, carrier)
    case .radiotap: try Radiotap.packet(in: bytes, carrier)
    case .prism, .avs: try WirelessMonitor.packet(in: bytes, carrier)
    case .fddi: try FDDI.packet(in: bytes, carrier)
    case .tokenRing: try TokenRing.packet(in: bytes, carrier)
    case .arcnet: try ARCNET.packet(in: bytes, isLinux: false, carrier)
    case .arcnetOfLinux: try ARCNET.packet(in: bytes, isLinux: true, carrier)
    case .atmRFC1483, .atmRFC1483InFiles: try LLC.packet(in: bytes, carrier)
    case .netfilterLog: try NetfilterLog.packet(in: bytes, carrier)
    case .packetFilterLog: try PacketFilterLog.packet(in: bytes, carrier)
    case .encapsulated: try FixedHeader.packet(in: bytes, behind: 12, carrier)
    case .appleFirewire: try FixedHeader.packet(in: bytes, etherTypeAt: 16, carrier)
    case .ppi: try LinkWrapper.ppi(in: bytes)
    case .pktap, .pktapAsUser2: try LinkWrapper.pktap(in: bytes)
    default: throw .unknownLinkType
    }
  }

  /// What follows the byte that tells the direction.
  @_lifetime(copy bytes)
  private static func behindDirection(_ bytes: Span<UInt8>) throws(PacketFate) -> Span<UInt8> {
    guard bytes.count > 0 else { throw .cutLinkHeader }
    return bytes.extracting(1...)
  }
}
