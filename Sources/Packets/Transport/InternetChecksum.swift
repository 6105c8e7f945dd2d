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
  ///
  /// A block of four words has one check for all. Its bytes are added reversed, as most machines load them, and the sum
  /// is turned once (RFC 1071 §2 (B)).
  mutating func add(_ bytes: Span<UInt8>) {
    var offset = 0, reversed: UInt64 = 0
    while bytes.count &- offset >= 32 {
      let block = bytes.extracting(offset..<(offset &+ 32))
      for place in 0..<4 { reversed &+= Self.halves(block.uint64(at: place &* 8).byteSwapped) }
      offset &+= 32
    }
    while bytes.count &- offset >= 8 {
      reversed &+= Self.halves(bytes.uint64(at: offset).byteSwapped)
      offset &+= 8
    }
    sum &+= UInt64(Self.fold(reversed).byteSwapped) &+ Self.halves(Self.lastWord(of: bytes, from: offset))
  }

  /// The last 0...7 bytes as the front of eight, zeros behind them.
  @inline(__always)
  private static func lastWord(of bytes: Span<UInt8>, from offset: Int) -> UInt64 {
    guard bytes.count >= 8 else {
      var word: UInt64 = 0
      for index in bytes.indices { word |= UInt64(bytes[index]) &<< UInt64(56 &- 8 &* index) }
      return word
    }
    // Behind a whole word one load takes them with bytes that were added before, and a shift drops those.
    return bytes.uint64(at: bytes.count &- 8) << UInt64(64 &- 8 &* (bytes.count &- offset))
  }

  /// The sum folded to 16 bits; 0xffff over data that contain their right checksum.
  var folded: UInt16 { Self.fold(sum) }

  /// A sum folded to 16 bits.
  private static func fold(_ sum: UInt64) -> UInt16 {
    var value = sum
    while value > 0xffff { value = (value & 0xffff) &+ (value &>> 16) }
    return UInt16(truncatingIfNeeded: value)
  }

  /// The two halves of eight bytes added.
  @inline(__always)
  private static func halves(_ word: UInt64) -> UInt64 { (word &>> 32) &+ (word & 0xffff_ffff) }

  /// The sum of an address, 32 bits at a time.
  private static func sum(_ address: IPAddress) -> UInt64 {
    halves(address.high) &+ halves(address.low)
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
