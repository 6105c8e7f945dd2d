/// Chooses packets as a filter of libpcap's language does; `PacketDecoder` asks it about whole datagrams and segments,
/// behind tags and tunnels, so that a conversation that matches is there with all its fragments.
package protocol PacketSelector: AnyObject {
  /// Whether the expression looks at link-layer headers (`vlan`, `ether host`), so that only frames can be asked about.
  var needsLinkLayer: Bool { get }

  /// Whether a frame matches as it was captured.
  func selects(_ frame: borrowing Frame) -> Bool

  /// Whether an IP packet matches: the innermost one, whole, beginning with its IPv4 or IPv6 header.
  func selects(packet: Span<UInt8>) -> Bool
}
