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
  /// IEEE 802.1ah: a service instance of 4 bytes, then a whole Ethernet frame.
  static let backboneTag = EtherType(rawValue: 0x88e7)
  /// LLC in frames longer than 1,500 bytes.
  static let jumboLLC = EtherType(rawValue: 0x8870)
  /// A number up to this is the length of an LLC frame (IEEE 802.3 §3.2.6).
  static let maximumLength: UInt16 = 1_500

  /// Whether a VLAN tag follows.
  var isTag: Bool { self == .customerTag || self == .serviceTag || EtherType.oldServiceTags.contains(self) }

  /// Bytes of other tags behind their own EtherType, up to the EtherType that ends them: VN-Tag, IEEE 802.1BR, Cisco's
  /// metadata, HSR (IEC 62439-3); nil for what is none of these.
  private var otherTagLength: Int? {
    switch rawValue {
    case 0x8926: 6
    case 0x893f, 0x8909: 8
    case 0x892f: 6
    default: nil
    }
  }

  /// Hands on the bytes at `offset` to the protocol, behind any tags and labels.
  @inline(__always)
  @_lifetime(copy bytes)
  func packet(in bytes: Span<UInt8>, at offset: Int, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    let isIP = self == .ipv4 || self == .ipv6, rest = bytes.extracting(offset...)
    guard isIP, rest.count > 0 else { return try carriedPacket(in: rest, carrier) }
    // The version decides, as in other readers, where the two contradict each other.
    return rest[0] >> 4 == IPv6.version
      ? try IPv6.packet(in: rest, carrier) : try IPv4.packet(in: rest, carrier)
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
    case .ipv4, .ipv6: throw .cutIPHeader
    case .backboneTag: try BackboneTag.packet(in: bytes, carrier)
    case .jumboLLC: try LLC.packet(in: bytes, carrier)
    case _ where otherTagLength != nil: try OtherTag.packet(in: bytes, length: otherTagLength ?? 0, carrier)
    case _ where isTag: try VLANTag.packet(in: bytes, carrier)
    case _ where rawValue <= EtherType.maximumLength: try LLC.packet(in: bytes, carrier)
    default: throw .notIP
    }
  }
}
