/// TCP (RFC 9293 §3.1).
///
///     |          Source Port          |       Destination Port        |
///     |                        Sequence Number                        |
///     |                    Acknowledgment Number                      |
///     | Offset| Rsrvd |    Flags      |            Window             |
///     |           Checksum            |         Urgent Pointer        |
///     |                    Options                    |    Padding    |
struct TCPSegment: ~Escapable {
  /// Bytes of a header without options.
  static let minimumHeaderLength = 20

  let sourcePort: UInt16
  let destinationPort: UInt16
  /// Sequence number of the first byte, or of the SYN in front of it.
  let sequence: UInt32
  /// The next byte that the sender expects from the other side; nil without the ACK flag.
  let acknowledgment: UInt32?
  let isSYN: Bool
  let isFIN: Bool
  let isRST: Bool
  /// The data, as far as they are here.
  let payload: Span<UInt8>
  /// Length of the data on the wire.
  let length: Int
  /// What the checksum says.
  let checksum: ChecksumState

  /// The ports, which are enough to pass a segment over.
  @inline(__always)
  static func ports(_ packet: borrowing IPPacket) throws(PacketFate) -> (source: UInt16, destination: UInt16)
  {
    guard packet.payload.count >= 4 else { throw .cutTransportHeader }
    return (packet.payload.uint16(at: 0), packet.payload.uint16(at: 2))
  }

  /// Whether a segment opens a connection: SYN without ACK (RFC 9293 §3.5).
  static func isOpening(_ packet: borrowing IPPacket) -> Bool {
    packet.payload.count >= minimumHeaderLength && packet.payload[13] & 0x12 == 0x02
  }

  /// Reads the header; throws the packet's fate when it is none.
  @_lifetime(copy packet)
  init(_ packet: borrowing IPPacket) throws(PacketFate) {
    let bytes = packet.payload
    guard bytes.count >= Self.minimumHeaderLength else { throw .cutTransportHeader }
    let headerLength = Int(bytes[12] >> 4) * 4
    guard headerLength >= Self.minimumHeaderLength, headerLength <= packet.declaredLength else {
      throw .badTCPHeaderLength
    }
    guard headerLength <= bytes.count else { throw .cutTransportHeader }
    let flags = bytes[13]
    sourcePort = bytes.uint16(at: 0)
    destinationPort = bytes.uint16(at: 2)
    sequence = bytes.uint32(at: 4)
    acknowledgment = flags & 0x10 == 0 ? nil : bytes.uint32(at: 8)
    (isFIN, isSYN, isRST) = (flags & 0x01 != 0, flags & 0x02 != 0, flags & 0x04 != 0)
    payload = bytes.extracting(headerLength...)
    length = packet.declaredLength - headerLength
    checksum = InternetChecksum.state(
      of: bytes, length: packet.declaredLength, field: bytes.uint16(at: 16), in: packet)
  }
}
