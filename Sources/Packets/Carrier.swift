/// What an IP packet was carried in, between the frame and its own header: tags, labels and tunnels, outermost first.
///
/// Each header that is passed is entered here, and there is room for twelve: so the record is the bound on nesting too.
package struct Carrier: Hashable, Sendable {
  /// Headers around one IP packet that are followed. Real stacks (VLAN in VXLAN in GRE) have six or seven.
  package static let maximumDepth = 12
  /// Bits of one layer's code.
  private static let codeBits = 5

  /// The codes, the outermost in the lowest bits; 0 stands for no layer.
  private var codes: UInt64 = 0
  /// The VLAN of the innermost tag (IEEE 802.1Q §9.6); nil without tags.
  package private(set) var vlan: UInt16?
  /// The number by which the innermost tunnel that has one tells its networks apart: VNI, key, session, TEID, label.
  package private(set) var tunnelID: UInt32?

  /// The fold of the link-layer source address and the VLANs; 0 when there are none.
  package private(set) var station: UInt16 = 0

  /// Whether further packets stood beside this one in its frame.
  private(set) var isAggregate = false

  /// Nothing around the packet.
  package init() {}

  /// Whether the frame held the packet itself.
  package var isEmpty: Bool { codes == 0 }

  /// How many headers there are.
  package var depth: Int {
    (UInt64.bitWidth - codes.leadingZeroBitCount + Carrier.codeBits - 1) / Carrier.codeBits
  }

  /// The headers, outermost first.
  package var layers: [CarrierLayer] {
    (0..<depth).compactMap { index in
      CarrierLayer(rawValue: UInt8(truncatingIfNeeded: codes >> UInt64(index * Carrier.codeBits)) & 0x1f)
    }
  }

  /// The same for a packet that is the first of several in its frame.
  var aggregated: Carrier {
    var carrier = self
    carrier.isAggregate = true
    return carrier
  }

  /// The same for a packet that a station sent, by its link-layer address; it stands for those around it.
  @inline(__always)
  func from(_ address: UInt64) -> Carrier {
    var carrier = self
    carrier.station = StationHash.fold(address)
    return carrier
  }

  /// With one more header inside the others; throws when there is no room for it.
  func entering(_ layer: CarrierLayer, vlan: UInt16? = nil, id: UInt32? = nil) throws(PacketFate) -> Carrier {
    let depth = depth
    guard depth < Carrier.maximumDepth else { throw .tooManyLayers }
    var inner = self
    inner.codes |= UInt64(layer.rawValue) << UInt64(depth * Carrier.codeBits)
    if let vlan {
      inner.vlan = vlan
      inner.station = StationHash.fold(station, vlan: vlan)
    }
    if let id { inner.tunnelID = id }
    return inner
  }
}

/// The headers that may stand around an IP packet.
package enum CarrierLayer: UInt8, Sendable, CaseIterable {
  /// A VLAN tag, of the customer or the provider (IEEE 802.1Q).
  case vlan = 1
  /// One or more MPLS labels (RFC 3032).
  case mpls
  /// A PPPoE session (RFC 2516).
  case pppoe
  /// PPP (RFC 1661).
  case ppp
  /// IEEE 802.2 LLC, with or without SNAP (RFC 1042).
  case llc
  /// An Ethernet frame inside a tunnel.
  case ethernet
  /// An IPv4 or IPv6 header with a tunnel in it (RFC 2003, RFC 2473, RFC 4213).
  case ipv4, ipv6
  /// UDP with a tunnel in it.
  case udp
  /// Generic routing encapsulation (RFC 2784, RFC 2890; RFC 2637 in its own version).
  case gre
  /// Mirrored frames of Cisco's switches (draft-foschiano-erspan).
  case erspan1, erspan2, erspan3
  /// VXLAN (RFC 7348) and its generic extension.
  case vxlan, vxlanGPE
  /// Geneve (RFC 8926).
  case geneve
  /// GTP-U (3GPP TS 29.281).
  case gtp
  /// Teredo (RFC 4380).
  case teredo
  /// L2TP (RFC 2661, RFC 3931).
  case l2tp
  /// The authentication header (RFC 4302).
  case ah
  /// EtherIP (RFC 3378).
  case etherIP
  /// Network service header (RFC 8300).
  case nsh
  /// AYIYA (draft-massar-v6ops-ayiya).
  case ayiya
  /// LISP's data packets (RFC 9300 §5).
  case lisp
  /// TaZmen sniffer protocol: mirrored frames of access points.
  case tzsp
  /// IEEE 802.11, inside another header.
  case wlan
  /// A tag of another kind: VN-Tag, IEEE 802.1BR, 802.1ah, HSR, Cisco's metadata.
  case tag

  /// The name in the output.
  package var name: String { kebabCase("\(self)") }
}
