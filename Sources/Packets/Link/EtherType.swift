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
  /// The outer tags of switches older than 802.1ad.
  static let oldServiceTags: [EtherType] = [0x9100, 0x9200, 0x9300].map { EtherType(rawValue: $0) }
  /// MPLS labels, downstream and upstream assigned (RFC 5332).
  static let mpls = EtherType(rawValue: 0x8847), mplsUpstream = EtherType(rawValue: 0x8848)
  static let pppoeSession = EtherType(rawValue: 0x8864)
  /// PPP, in GRE (RFC 2637 §4.1).
  static let ppp = EtherType(rawValue: 0x880b)
  /// "Trans Ether Bridging": an Ethernet frame, in GRE.
  static let ethernet = EtherType(rawValue: 0x6558)
  static let serviceHeader = EtherType(rawValue: 0x894f)
  /// A number up to this is the length of an LLC frame (IEEE 802.3 §3.2.6).
  static let maximumLength: UInt16 = 1_500

  /// Whether a VLAN tag follows.
  var isTag: Bool { self == .customerTag || self == .serviceTag || EtherType.oldServiceTags.contains(self) }

  /// Hands on the bytes at `offset` to the protocol, behind any tags and labels.
  @inline(__always)
  @_lifetime(copy bytes)
  func packet(in bytes: Span<UInt8>, at offset: Int, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    if self == .ipv4 { return try IPv4.packet(in: bytes.extracting(offset...), carrier) }
    if self == .ipv6 { return try IPv6.packet(in: bytes.extracting(offset...), carrier) }
    return try carriedPacket(in: bytes.extracting(offset...), carrier)
  }

  /// The same for what stands between the link and IP.
  @_lifetime(copy bytes)
  private func carriedPacket(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    switch self {
    case .mpls, .mplsUpstream: try MPLS.packet(in: bytes, carrier)
    case .pppoeSession: try PPPoE.packet(in: bytes, carrier)
    case .ppp: try PPP.packet(in: bytes, carrier)
    case .ethernet: try Ethernet.packet(in: bytes, carrier.entering(.ethernet))
    case .serviceHeader: try ServiceHeader.packet(in: bytes, carrier)
    case _ where isTag: try VLANTag.packet(in: bytes, carrier)
    case _ where rawValue <= EtherType.maximumLength: try LLC.packet(in: bytes, carrier)
    default: throw .notIP
    }
  }
}
