/// Tunnels: headers between one IP packet and the one inside it.
enum Tunnel {
  /// Whether packets of a protocol over IP are looked into for another one.
  static func carries(_ transport: IPProtocol) -> Bool {
    TunnelSigns.protocols.contains(transport.rawValue)
  }

  /// The IP packet inside one whose payload is a tunnel.
  @_lifetime(copy packet)
  static func packet(in packet: borrowing IPPacket) throws(PacketFate) -> IPPacket {
    let bytes = packet.payload
    let carrier = try packet.carrier.entering(packet.source.isIPv6 ? .ipv6 : .ipv4)
    switch packet.transport {
    case .ipv4InIP: return try IPv4.packet(in: bytes, carrier)
    case .ipv6InIP: return try IPv6.packet(in: bytes, carrier)
    case .gre: return try GRE.packet(in: bytes, carrier)
    case .authentication: return try AuthenticationHeader.packet(in: packet)
    case .mpls: return try MPLS.packet(in: bytes, carrier)
    case .etherIP: return try EtherIP.packet(in: bytes, carrier)
    case .l2tp: return try L2TP.packetOfVersion3(in: bytes, carrier)
    default: throw .otherTransport
    }
  }

  /// The IP packet inside a UDP datagram between two ports, of which one is a tunnel's; nil when neither is.
  @_lifetime(copy datagram)
  static func packet(in datagram: borrowing UDPDatagram, _ carrier: Carrier, isIPv6: Bool)
    throws(PacketFate) -> IPPacket?
  {
    let bytes = datagram.payload
    guard let layer = layer(datagram.sourcePort, datagram.destinationPort) else { return nil }
    let inner = try carrier.entering(isIPv6 ? .ipv6 : .ipv4).entering(.udp)
    switch layer {
    case .vxlan: return try VXLAN.packet(in: bytes, inner)
    case .vxlanGPE: return try VXLAN.genericPacket(in: bytes, inner)
    case .geneve: return try Geneve.packet(in: bytes, inner)
    case .gtp: return try GTP.packet(in: bytes, inner)
    case .teredo: return try Teredo.packet(in: bytes, inner)
    case .l2tp: return try L2TP.packet(in: bytes, inner)
    case .ayiya: return try AYIYA.packet(in: bytes, inner)
    case .lisp: return try LISP.packet(in: bytes, inner)
    case .tzsp: return try TZSP.packet(in: bytes, inner)
    case .mpls: return try MPLS.packet(in: bytes, inner)
    case .gre: return try GRE.packet(in: bytes, inner)
    default: return nil
    }
  }

  /// The tunnel on either of two ports; the lower one decides, as in other readers.
  static func layer(_ source: UInt16, _ destination: UInt16) -> CarrierLayer? {
    layer(min(source, destination)) ?? layer(max(source, destination))
  }

  /// The tunnel on a port.
  private static func layer(_ port: UInt16) -> CarrierLayer? {
    TunnelSigns.ports.first { $0.port == port }?.layer
  }
}

/// What tells a packet that may carry another one.
package enum TunnelSigns {
  /// UDP ports (IANA "Service Name and Port Number Registry"; 8472 is Linux's older one for VXLAN, 37008 that of
  /// sniffing access points).
  package static let ports: [(port: UInt16, layer: CarrierLayer)] = [
    (1_701, .l2tp), (2_152, .gtp), (4_754, .gre), (3_544, .teredo), (4_341, .lisp), (4_789, .vxlan),
    (4_790, .vxlanGPE),
    (5_072, .ayiya), (6_081, .geneve), (6_635, .mpls), (8_472, .vxlan), (37_008, .tzsp),
  ]
  /// Protocols over IP: IPv4, IPv6, GRE, AH, EtherIP, L2TP, MPLS (IANA "Assigned Internet Protocol Numbers").
  package static let protocols: [UInt8] = [4, 41, 47, 51, 97, 115, 137]
}
