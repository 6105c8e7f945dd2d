/// The ports that tell DNS and the protocols with its format (IANA "Service Name and Port Number Registry").
struct DNSPorts: Sendable {
  static let dns: UInt16 = 53
  static let mdns: UInt16 = 5353
  static let llmnr: UInt16 = 5355
  static let nbns: UInt16 = 137

  /// The ports taken for DNS.
  private let ports: [UInt16]
  /// Whether DNS is also told by its content on ports that say nothing.
  let isAnyPort: Bool

  /// DNS on these ports, the other protocols on their own.
  init(_ ports: [UInt16], isAnyPort: Bool = false) { (self.ports, self.isAnyPort) = (ports, isAnyPort) }

  /// The protocol of a packet between two ports; nil when it is none of these. A port of DNS decides first: a client
  /// may well ask from port 5353.
  @inline(__always)
  func protocolName(_ source: UInt16, _ destination: UInt16, over transport: Transport) -> ProtocolName? {
    for port in ports where port == source || port == destination { return .dns }
    return otherName(source, destination, over: transport)
  }

  /// The same for the protocols beside DNS; only LLMNR uses TCP as well (RFC 4795 §2.5).
  private func otherName(_ source: UInt16, _ destination: UInt16, over transport: Transport) -> ProtocolName?
  {
    if source == Self.llmnr || destination == Self.llmnr { return .llmnr }
    guard transport == .udp else { return nil }
    if source == Self.mdns || destination == Self.mdns { return .mdns }
    if source == Self.nbns || destination == Self.nbns { return .nbns }
    return nil
  }
}
