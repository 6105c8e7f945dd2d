import Packets

/// The filter of the kernel in a live capture, `pcap-filter(7)`; a user's own chooses among what it lets through.
///
/// `port 53` alone would lose what has no port to look at: the later fragments of IPv4, everything behind an IPv6
/// extension header (fragments too), and all that has a VLAN tag. The filter keeps a little more than is needed; the
/// decoder counts it.
package enum DNSFilter {
  /// VLAN tags that are looked behind: IEEE 802.1ad has two.
  package static let tags = 2
  /// Protocols that carry other packets, and SCTP, which carries DNS without UDP and TCP.
  private static let protocols = TunnelSigns.protocols + [132]
  /// Next-header values behind which libpcap finds ports, or that have none: TCP, UDP, ICMPv6. All else may hold DNS:
  /// extension headers, fragments, tunnels. (A test for each of those values is more than Linux takes in one filter.)
  private static let plainHeaders6 = [6, 17, 58]
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
      tests.append("(ip6 and \(plainHeaders6.map { "ip6[6] != \($0)" }.joined(separator: " and ")))")
    }
    let untagged = tests.joined(separator: " or ")
    guard linkType == .ethernet else { return untagged }
    // "vlan", "pppoes" and "mpls" move every test behind them, so the tests are repeated inside the first and stand in
    // front of the others.
    let tagged = (0..<tags).reduce(untagged) { expression, _ in "\(untagged) or (vlan and (\(expression)))" }
    return "ether proto 0x8864 or ether proto 0x8847 or \(tagged)"
  }
}
