/// A classic pcap file that a test writes packet by packet: little-endian, nanoseconds.
package struct ClassicCapture {
  /// The whole file.
  package private(set) var bytes: [UInt8]

  /// A file without packets.
  package init(linkType: UInt32 = 1, snapLength: UInt32 = 262_144) {
    bytes = ClassicCapture.words([0xa1b2_3c4d, 4 << 16 | 2, 0, 0, snapLength, linkType])
  }

  /// Adds a packet; `time` in nanoseconds since 1970.
  package mutating func add(_ packet: [UInt8], at time: Int64) {
    let (seconds, rest) = time.quotientAndRemainder(dividingBy: 1_000_000_000)
    let length = UInt32(packet.count)
    bytes += ClassicCapture.words([UInt32(seconds), UInt32(rest), length, length]) + packet
  }

  /// Words of 32 bits, least significant octet first.
  private static func words(_ values: [UInt32]) -> [UInt8] { values.flatMap { octets($0.byteSwapped) } }
}
