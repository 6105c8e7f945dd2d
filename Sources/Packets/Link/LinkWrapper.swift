/// Headers that name another link type for what follows; wrappers in wrappers are not followed.
enum LinkWrapper {
  /// Bytes of a PPI header without fields.
  private static let bytesOfPPI = 8
  /// Bytes of Apple's header up to the fields that are read here.
  private static let bytesOfPKTAP = 12

  /// PPI: version, flags, length and link type in little-endian order (CACE "Per-Packet Information Header").
  @_lifetime(copy bytes)
  static func ppi(in bytes: Span<UInt8>) throws(PacketFate) -> IPPacket {
    guard bytes.count >= bytesOfPPI else { throw .cutLinkHeader }
    let length = Int(bytes.uint16(at: 2).byteSwapped)
    let type = LinkType(rawValue: Int(bytes.uint32(at: 4).byteSwapped))
    return try inner(bytes, length, minimum: bytesOfPPI, type)
  }

  /// Apple's PKTAP: length, record type and link type, each 4 bytes in little-endian order, then the rest of the header.
  @_lifetime(copy bytes)
  static func pktap(in bytes: Span<UInt8>) throws(PacketFate) -> IPPacket {
    guard bytes.count >= bytesOfPKTAP else { throw .cutLinkHeader }
    let length = Int(bytes.uint32(at: 0).byteSwapped)
    // Record type 1 is a packet.
    guard bytes.uint32(at: 4).byteSwapped == 1 else { throw .notIP }
    return try inner(
      bytes, length, minimum: bytesOfPKTAP, LinkType(rawValue: Int(bytes.uint32(at: 8).byteSwapped)))
  }

  /// Hands on what follows the header.
  @_lifetime(copy bytes)
  private static func inner(_ bytes: Span<UInt8>, _ length: Int, minimum: Int, _ type: LinkType)
    throws(PacketFate) -> IPPacket
  {
    guard length >= minimum, length < bytes.count else { throw .cutLinkHeader }
    guard !type.isWrapper else { throw .tooManyLayers }
    return try LinkLayer.packet(in: bytes.extracting(length...), of: type)
  }
}
