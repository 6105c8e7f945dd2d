/// UDP (RFC 768).
///
///     |          Source Port          |       Destination Port        |
///     |            Length             |           Checksum            |
struct UDPDatagram: ~Escapable {
  /// Bytes of the header.
  static let headerLength = 8

  let sourcePort: UInt16
  let destinationPort: UInt16
  /// The checksum field.
  let checksum: UInt16
  /// Header and data, as far as they are here.
  let bytes: Span<UInt8>
  /// Length of header and data as the header has it.
  let length: Int
  /// Whether `length` promises more than the IP packet holds.
  let isLongerThanPacket: Bool

  /// Reads the header; throws the packet's fate when it is none.
  @inline(__always)
  @_lifetime(copy packet)
  init(_ packet: borrowing IPPacket) throws(PacketFate) {
    let payload = packet.payload
    guard payload.count >= Self.headerLength else { throw .cutTransportHeader }
    sourcePort = payload.uint16(at: 0)
    destinationPort = payload.uint16(at: 2)
    checksum = payload.uint16(at: 6)
    // 0 stands for a jumbogram, over IPv6 alone (RFC 2675 §4): the IP packet then is the datagram.
    let field = Int(payload.uint16(at: 4))
    length = field == 0 && packet.source.isIPv6 ? packet.declaredLength : field
    guard length >= Self.headerLength else { throw .badUDPLength }
    bytes = payload.extracting(0..<min(length, payload.count))
    isLongerThanPacket = length > packet.declaredLength
  }

  /// Whether bytes that the header promises are not here.
  var isCut: Bool { bytes.count < length }

  /// The data.
  var payload: Span<UInt8> {
    @_lifetime(copy self) get { bytes.extracting(Self.headerLength...) }
  }
}
