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
  /// authentication, destination options.
  private static let extensionHeaders = [0, 43, 44, 51, 60]

  /// The expression for the ports and the link type.
  package static func expression(ports: [UInt16], linkType: LinkType) -> String {
    let portTests = ports.map { "port \($0)" }.joined(separator: " or ")
    let laterFragment = "((ip proto 17 or ip proto 6) and ip[6:2] & 0x1fff != 0)"
    let extended = extensionHeaders.map { "ip6[6] = \($0)" }.joined(separator: " or ")
    var tests: [String] = ports.isEmpty ? [] : [portTests]
    if linkType != .ipv6 { tests.append(laterFragment) }
    if linkType != .ipv4 { tests.append("(ip6 and (\(extended)))") }
    let untagged = tests.joined(separator: " or ")
    guard linkType == .ethernet else { return untagged }
    // "vlan" moves every test behind it by one tag, so the tests are repeated inside it.
    return (0..<tags).reduce(untagged) { expression, _ in "\(untagged) or (vlan and (\(expression)))" }
  }
}
