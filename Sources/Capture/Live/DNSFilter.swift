import Packets

/// The filter of the kernel in a live capture, `pcap-filter(7)`; a user's own chooses among what it lets through.
///
/// `port 53` alone would lose what has no port to look at: the later fragments of IPv4, everything behind an IPv6
/// extension header (fragments too), and all that has a VLAN tag. The filter keeps a little more than is needed; the
/// decoder counts it.
package enum DNSFilter {
  /// VLAN tags that are looked behind: IEEE 802.1ad has two.
  package static let tags = 2
  /// Next-header values behind which libpcap does not look for ports: hop-by-hop options, routing, fragment,
  /// authentication, destination options; and those of tunnels and SCTP.
  private static let headers6 = [0, 43, 44, 51, 60] + tunnelProtocols
  /// Protocols that carry other packets, or DNS without UDP and TCP: IPv4, IPv6, GRE, AH, EtherIP, L2TP, SCTP, MPLS.
  private static let tunnelProtocols = [4, 41, 47, 51, 97, 115, 132, 137]
  /// UDP ports of tunnels: L2TP, GTP-U, Teredo, LISP, VXLAN, AYIYA, Geneve, MPLS, VXLAN on Linux, TZSP.
  private static let tunnelPorts = [
    1_701, 2_152, 3_544, 4_341, 4_789, 4_790, 5_072, 6_081, 6_635, 8_472, 37_008,
  ]
  /// Ports of encrypted DNS that is counted; HTTPS is left out, which would be most of what a host says.
  private static let opaquePorts = [784, 853, 5_443, 8_853]

  /// The expression for the ports and the link type; it takes everything when DNS is told by its content.
  package static func expression(ports: [UInt16], isAnyPort: Bool = false, linkType: LinkType) -> String {
    if isAnyPort { return "" }
    var tests = (ports.map { Int($0) } + opaquePorts).map { "port \($0)" }
    tests += tunnelPorts.map { "udp port \($0)" }
    if linkType != .ipv6 {
      tests += tunnelProtocols.map { "ip proto \($0)" }
      // Later fragments.
      tests.append("((ip proto 17 or ip proto 6) and ip[6:2] & 0x1fff != 0)")
    }
    if linkType != .ipv4 {
      tests.append("(ip6 and (\(headers6.map { "ip6[6] = \($0)" }.joined(separator: " or "))))")
    }
    let untagged = tests.joined(separator: " or ")
    guard linkType == .ethernet else { return untagged }
    // "vlan", "pppoes" and "mpls" move every test behind them, so the tests are repeated inside the first and stand in
    // front of the others.
    let tagged = (0..<tags).reduce(untagged) { expression, _ in "\(untagged) or (vlan and (\(expression)))" }
    return "(\(tagged)) or ether proto 0x8864 or ether proto 0x8847"
  }
}
