import Bytes

/// The one's complement sum of RFC 1071, as UDP and TCP use it.
struct InternetChecksum {
  /// The sum so far, in 64 bits: 2^32 additions of 32 bits fit before it could overflow.
  private var sum: UInt64 = 0

  /// The pseudo-header of RFC 768 and RFC 8200 §8.1; `length` is that of the transport's header and data.
  init(pseudoHeaderOf packet: borrowing IPPacket, length: Int) {
    sum = Self.sum(packet.source) &+ Self.sum(packet.destination)
    sum &+= UInt64(packet.transport.rawValue) &+ UInt64(truncatingIfNeeded: length)
  }

  /// Adds bytes from an even offset; an odd last byte counts as if a zero followed.
  mutating func add(_ bytes: Span<UInt8>) {
    var offset = 0, total = sum
    while bytes.count &- offset >= 8 {
      let word = bytes.uint64(at: offset)
      total &+= (word &>> 32) &+ (word & 0xffff_ffff)
      offset &+= 8
    }
    while bytes.count &- offset >= 2 {
      total &+= UInt64(bytes.uint16(at: offset))
      offset &+= 2
    }
    if offset < bytes.count { total &+= UInt64(bytes[offset]) &<< 8 }
    sum = total
  }

  /// The sum folded to 16 bits; 0xffff over data that contain their right checksum.
  var folded: UInt16 {
    var value = sum
    while value > 0xffff { value = (value & 0xffff) &+ (value &>> 16) }
    return UInt16(truncatingIfNeeded: value)
  }

  /// The sum of an address, 32 bits at a time.
  private static func sum(_ address: IPAddress) -> UInt64 {
    (address.high &>> 32) &+ (address.high & 0xffff_ffff) &+ (address.low &>> 32)
      &+ (address.low & 0xffff_ffff)
  }

  /// What the checksum of a UDP datagram or TCP segment says: `bytes` are its header and data as far as they are
  /// here, `length` is their length on the wire, `field` the checksum in the header.
  static func state(
    of bytes: Span<UInt8>, length: Int, field: UInt16, in packet: borrowing IPPacket
  ) -> ChecksumState {
    if field == 0, packet.transport == .udp { return .absent }
    guard bytes.count == length, packet.hasFinalDestination else { return .unknown }
    let pseudoHeader = InternetChecksum(pseudoHeaderOf: packet, length: length)
    var whole = pseudoHeader
    whole.add(bytes)
    if whole.folded == 0xffff { return .right }
    return field == pseudoHeader.folded ? .offloaded : .wrong
  }
}
