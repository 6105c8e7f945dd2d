/// MPLS: labels of 4 bytes, the last one with the bottom-of-stack bit (RFC 3032 §2.1).
///
///     |                Label, 20 bits         | TC  |S|      TTL      |
enum MPLS {
  /// Bytes of a label.
  static let labelLength = 4
  /// Labels in one stack that are followed: hardware imposes ten or so (RFC 8662 §1 has examples up to there).
  static let maximumLabels = 16

  /// The IP packet behind the labels. Nothing names the payload: IP by its version, else an Ethernet pseudowire, with a
  /// control word when the first four bits are zero (RFC 4385 §2).
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    var offset = 0
    for _ in 0..<maximumLabels {
      guard bytes.count - offset > labelLength else { throw .cutLinkHeader }
      let label = bytes.uint32(at: offset)
      offset += labelLength
      guard label & 0x100 != 0 else { continue }
      return try payload(bytes.extracting(offset...), carrier.entering(.mpls, id: label >> 12))
    }
    throw .tooManyLayers
  }

  /// What follows the last label.
  @_lifetime(copy bytes)
  private static func payload(_ bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    let version = bytes[0] >> 4
    if version == IPv4.version || version == IPv6.version {
      do throws(PacketFate) { return try RawIP.packet(in: bytes, carrier) } catch {
        // The first octet of an Ethernet address may look like a version.
        return try Ethernet.packet(in: bytes, carrier.entering(.ethernet))
      }
    }
    // 1 is the associated channel of operations (RFC 5586).
    guard version != 1 else { throw .notIP }
    let inner = try carrier.entering(.ethernet)
    if version == 0, bytes.count > labelLength {
      do throws(PacketFate) {
        return try Ethernet.packet(in: bytes.extracting(labelLength...), inner)
      } catch {
        // Or an address that begins with four zero bits, without a control word.
        return try Ethernet.packet(in: bytes, inner)
      }
    }
    return try Ethernet.packet(in: bytes, inner)
  }
}
