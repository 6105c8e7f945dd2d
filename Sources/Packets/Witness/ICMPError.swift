import Bytes

/// An ICMP or ICMPv6 error that quotes a packet from or to a DNS port: the packet was sent, and did not arrive, or the
/// sender of the error wants somebody to think so.
package struct ICMPError: Equatable, Sendable {
  /// The error's packet, and when it was captured.
  package let packet: PacketID, time: Timestamp
  /// Who sent it to whom, and what it says.
  package let quote: ICMPQuote
  /// The last 4 bytes of its header, which depend on the type.
  package let detail: UInt32
  /// The flow of the quoted packet.
  package let quoted: Flow
  /// The DNS message ID in the quoted packet, when so much of a UDP datagram is here.
  package let quotedID: UInt16?
  /// What the error's own headers say.
  package let network: NetworkTraits

  /// Of a packet that quotes another one, and that one's flow.
  init(
    _ packet: borrowing IPPacket, quoting quoted: borrowing IPPacket, _ flow: Flow, _ origin: MessageOrigin
  ) {
    (self.packet, time, network) = (origin.packet, origin.time, origin.network)
    quote = ICMP.quote(of: packet)
    detail = packet.payload.uint32(at: 4)
    self.quoted = flow
    let bytes = quoted.payload, start = UDPDatagram.headerLength
    quotedID = flow.transport == .udp && bytes.count >= start + 2 ? bytes.uint16(at: start) : nil
  }

  /// The MTU of the next hop: of "fragmentation needed" (RFC 1191 §4, where old routers leave it 0), and of "packet too
  /// big" (RFC 4443 §3.2); else nil.
  package var nextHopMTU: Int? {
    if quote.source.isIPv6 { return quote.type == 2 ? Int(detail) : nil }
    let mtu = Int(detail & 0xffff)
    return quote.type == 3 && quote.code == 4 && mtu > 0 ? mtu : nil
  }

  /// The router that a redirect names (RFC 792); else nil.
  package var gateway: IPAddress? {
    quote.type == 5 && !quote.source.isIPv6 ? IPAddress(v4: detail) : nil
  }
}
