import Packets

/// The filter of the kernel in a live capture, `pcap-filter(7)`; a user's own chooses among what it lets through.
///
/// `port 53` alone would lose what has no port to look at: the later fragments of IPv4, everything behind an IPv6
/// extension header (fragments too), and all that has a VLAN tag. The filter keeps a little more than is needed; the
/// decoder counts it.
package enum DNSFilter {
  /// EtherTypes of what stands between Ethernet and IP: VLAN tags, PPPoE, MPLS. All of it is kept. Linux takes the outer
  /// tag out of a frame before the filter sees it, so that this is about frames with several; and libpcap's "vlan",
  /// which would look behind them, makes programs that the kernel refuses when they are long.
  private static let wrappers = [0x8100, 0x88a8, 0x9100, 0x8864, 0x8847]
  /// Protocols that carry other packets, and SCTP, which carries DNS without UDP and TCP.
  private static let protocols = TunnelSigns.protocols + [132]
  /// Next-header values behind which libpcap does not look for ports: routing, fragment, destination options; and those
  /// protocols.
  private static let headers6 = [43, 44, 60] + protocols
  /// Hop-by-hop options, but for those in front of ICMPv6: hosts tell of their multicast groups so (RFC 3810).
  private static let hopByHop = "(ip6[6] = 0 and ip6[40] != 58)"
  /// Ports of encrypted DNS that is counted; HTTPS is left out, which would be most of what a host says.
  private static let opaquePorts = [784, 853, 5_443, 8_853]

  /// The expression for the ports and the link type; it takes everything when DNS is told by its content.
  package static func expression(ports: [UInt16], isAnyPort: Bool = false, linkType: LinkType) -> String {
    if isAnyPort { return "" }
    var tests = (ports.map { Int($0) } + opaquePorts).map { "port \($0)" }
    tests += TunnelSigns.ports.map { "udp port \($0.port)" }
    if linkType != .ipv6 {
      tests += protocols.map { "ip proto \($0)" }
      // Later fragments.
      tests.append("((ip proto 17 or ip proto 6) and ip[6:2] & 0x1fff != 0)")
    }
    if linkType != .ipv4 {
      tests.append(
        "(ip6 and (\(headers6.map { "ip6[6] = \($0)" }.joined(separator: " or ")) or \(hopByHop)))")
    }
    let untagged = tests.joined(separator: " or ")
    guard linkType == .ethernet else { return untagged }
    return untagged + wrappers.map { " or ether proto 0x\(String($0, radix: 16))" }.joined()
  }
}
