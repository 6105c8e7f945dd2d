import Bytes

extension PacketBuilder {
  /// The bits of IPv4's fragment field: "More Fragments", and the offset in eights.
  package static func fragmentField(_ offset: Int, isFollowed: Bool) -> UInt16 {
    UInt16(offset / 8) | (isFollowed ? 0x2000 : 0)
  }

  /// A part of a transport's bytes as an IPv4 fragment.
  package static func fragment4(
    _ whole: [UInt8], _ range: Range<Int>, id: UInt16 = 0x1111, ttl: UInt8 = 64, number: UInt8 = 17,
    isFollowed: Bool? = nil
  ) -> [UInt8] {
    let isFollowed = isFollowed ?? (range.upperBound < whole.count)
    return ipv4(
      TransportBytes(number: number, bytes: Array(whole[range])), id: id, ttl: ttl,
      fragment: fragmentField(range.lowerBound, isFollowed: isFollowed))
  }

  /// A part of what follows the unfragmentable headers as an IPv6 fragment (RFC 8200 §4.5).
  package static func fragment6(
    _ whole: [UInt8], _ range: Range<Int>, id: UInt32 = 0x1234_5678, next: UInt8 = 17, isFollowed: Bool? = nil
  ) -> [UInt8] {
    let isFollowed = isFollowed ?? (range.upperBound < whole.count)
    let header: [UInt8] = [next, 0] + octets(UInt16(range.lowerBound) | (isFollowed ? 1 : 0)) + octets(id)
    return ipv6(
      TransportBytes(number: next, bytes: Array(whole[range])), first: 44, extensions: header)
  }

  /// A UDP datagram's bytes with its checksum, ready to be cut into fragments.
  package static func datagram(_ data: [UInt8], isIPv6: Bool = false) -> [UInt8] {
    filled(udp(data), isIPv6 ? Host.client6 : Host.client, isIPv6 ? Host.server6 : Host.server)
  }
}
