import Bytes

/// IPv6 (RFC 8200 §3).
///
///     |Version| Traffic Class |           Flow Label                  |
///     |         Payload Length        |  Next Header  |   Hop Limit   |
///     |                    Source Address, 16 bytes                   |
///     |                 Destination Address, 16 bytes                 |
enum IPv6 {
  static let version: UInt8 = 6
  /// Bytes of the header.
  static let headerLength = 40

  /// The header's fields and the payload behind the extension headers.
  @inline(__always)
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= headerLength else { throw .cutIPHeader }
    guard bytes[0] >> 4 == version else { throw .badIPVersion }
    // 0 stands for a jumbogram (RFC 2675) or segmentation offload; the frame then is the packet.
    let field = Int(bytes.uint16(at: 4))
    let end = field == 0 ? bytes.count : headerLength &+ field
    let present = bytes.extracting(headerLength..<min(end, bytes.count))
    var extensions = IPv6ExtensionHeaders(first: IPProtocol(rawValue: bytes[6]))
    let length = try extensions.pass(present)
    guard end &- headerLength >= length else { throw .badIPLength }
    var packet = IPPacket(
      source: IPAddress(v6High: bytes.uint64(at: 8), low: bytes.uint64(at: 16)),
      destination: IPAddress(v6High: bytes.uint64(at: 24), low: bytes.uint64(at: 32)),
      transport: extensions.next, network: traits(bytes, extensions, carrier),
      identification: extensions.identification,
      fragment: extensions.fragment, bytes: bytes.extracting(..<min(end, bytes.count)),
      payload: present.extracting(length...), declaredLength: end &- headerLength &- length, carrier: carrier)
    packet.hasFinalDestination = !extensions.isRouted
    return packet
  }

  /// What the headers say beside addresses and lengths.
  @inline(__always)
  private static func traits(_ bytes: Span<UInt8>, _ extensions: IPv6ExtensionHeaders, _ carrier: Carrier)
    -> NetworkTraits
  {
    var flags: NetworkFlags = .isIPv6
    if extensions.identification != nil { flags.insert(.hasIdentification) }
    return NetworkTraits(
      ipTTL: bytes[7], identification: UInt16(truncatingIfNeeded: extensions.identification ?? 0),
      flags: flags, trafficClass: bytes[0] &<< 4 | bytes[1] &>> 4, station: carrier.station)
  }
}
