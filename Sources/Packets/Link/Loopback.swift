/// BSD loopback: an address family in 4 bytes, in network order (LOOP) or that of the capturing machine (NULL).
enum Loopback {
  /// Bytes of the header.
  static let headerLength = 4
  /// AF_INET, the same everywhere.
  static let ipv4: UInt32 = 2
  /// AF_INET6 of Linux, of NetBSD and OpenBSD, of FreeBSD, of macOS.
  static let ipv6: [UInt32] = [10, 24, 28, 30]

  /// The IP packet behind the header. Families are below 256, so the order of the bytes shows by itself.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= headerLength else { throw .cutLinkHeader }
    let field = bytes.uint32(at: 0)
    let family = field < 0x100 ? field : field.byteSwapped
    if family == ipv4 { return try IPv4.packet(in: bytes.extracting(headerLength...), carrier) }
    if ipv6.contains(family) { return try IPv6.packet(in: bytes.extracting(headerLength...), carrier) }
    throw .notIP
  }
}
