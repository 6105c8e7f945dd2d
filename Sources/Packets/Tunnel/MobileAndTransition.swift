/// GTP-U: flags, message type, length and tunnel endpoint (3GPP TS 29.281 §5.1).
///
///     |Ver|P|*|E|S|N|  Message Type |            Length             |
///     |                   Tunnel Endpoint Identifier                  |
///     |   Sequence Number (optional)  | N-PDU number  |Next Extension |
enum GTP {
  /// Bytes of the header without its optional part, and of that.
  static let headerLength = 8, optionalLength = 4
  /// The message that carries a user's packet.
  static let userPacket: UInt8 = 255
  /// Extension headers that are passed over: the specification has eight.
  static let maximumExtensions = 8

  /// The IP packet of the user.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= headerLength else { throw .cutTunnelHeader }
    // Version 1, protocol type GTP.
    guard bytes[0] >> 5 == 1, bytes[0] & 0x10 != 0 else { throw .badTunnel }
    guard bytes[1] == userPacket else { throw .notIP }
    let inner = try carrier.entering(.gtp, id: bytes.uint32(at: 4))
    var offset = headerLength
    if bytes[0] & 0x07 != 0 {
      guard bytes.count >= headerLength + optionalLength else { throw .cutTunnelHeader }
      offset += optionalLength
      if bytes[0] & 0x04 != 0 { offset = try endOfExtensions(bytes, first: bytes[offset - 1], from: offset) }
    }
    guard bytes.count > offset else { throw .cutTunnelHeader }
    return try RawIP.packet(in: bytes.extracting(offset...), inner)
  }

  /// Where the extension headers end: each has its length in words first, and the type of the next one last.
  private static func endOfExtensions(_ bytes: Span<UInt8>, first: UInt8, from start: Int)
    throws(PacketFate) -> Int
  {
    var type = first, offset = start
    for _ in 0...maximumExtensions {
      if type == 0 { return offset }
      guard bytes.count > offset else { throw .cutTunnelHeader }
      let length = Int(bytes[offset]) * 4
      guard length > 0 else { throw .badTunnel }
      guard bytes.count > offset + length else { throw .cutTunnelHeader }
      type = bytes[offset + length - 1]
      offset += length
    }
    throw .badTunnel
  }
}

/// Teredo: IPv6 over UDP over IPv4, behind an authentication and an origin header that are told by their first two
/// bytes (RFC 4380 §5.1.1).
enum Teredo {
  static let authentication: UInt16 = 1, origin: UInt16 = 0
  /// Bytes of the origin header, and of the authentication header around its two variable fields.
  static let originLength = 8, authenticationLength = 13

  /// The IPv6 packet inside.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    let inner = try carrier.entering(.teredo)
    var offset = 0
    if bytes.count >= 4, bytes.uint16(at: 0) == authentication {
      offset = authenticationLength + Int(bytes[2]) + Int(bytes[3])
    }
    if bytes.count >= offset + 2, bytes.uint16(at: offset) == origin { offset += originLength }
    guard bytes.count > offset else { throw .cutTunnelHeader }
    return try IPv6.packet(in: bytes.extracting(offset...), inner)
  }
}

/// AYIYA: lengths of identity and signature in the first bytes, the protocol in the fourth, then a time of 4 bytes
/// (draft-massar-v6ops-ayiya §3).
enum AYIYA {
  /// Bytes in front of identity and signature.
  static let headerLength = 8

  /// The IP packet inside.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= headerLength else { throw .cutTunnelHeader }
    let length = headerLength + (1 << Int(bytes[0] >> 4)) + Int(bytes[1] >> 4) * 4
    // Operation 1 forwards what is inside.
    guard bytes[2] & 0x0f == 1 else { throw .notIP }
    guard bytes.count > length else { throw .cutTunnelHeader }
    let inner = try carrier.entering(.ayiya), rest = bytes.extracting(length...)
    switch IPProtocol(rawValue: bytes[3]) {
    case .ipv4InIP: return try IPv4.packet(in: rest, inner)
    case .ipv6InIP: return try IPv6.packet(in: rest, inner)
    default: throw .notIP
    }
  }
}

/// L2TP with PPP inside (RFC 2661 §3.1), and version 3 with Ethernet inside (RFC 3931 §4.1).
///
///     |T|L|x|x|S|x|O|P|x|x|x|x|  Ver  |          Length (opt)         |
///     |           Tunnel ID           |           Session ID          |
///     |             Ns (opt)          |             Nr (opt)          |
///     |      Offset Size (opt)        |    Offset pad... (opt)
enum L2TP {
  static let controlFlag: UInt16 = 0x8000, lengthFlag: UInt16 = 0x4000
  static let sequenceFlag: UInt16 = 0x0800, offsetFlag: UInt16 = 0x0200

  /// The IP packet in a data message over UDP.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= 6 else { throw .cutTunnelHeader }
    let flags = bytes.uint16(at: 0)
    guard flags & controlFlag == 0 else { throw .notIP }
    // Version 3 over UDP has a reserved word in place of length and tunnel.
    guard flags & 0x0f == 2 else { return try packetOfVersion3(in: bytes.extracting(4...), carrier) }
    var offset = flags & lengthFlag == 0 ? 2 : 4
    guard bytes.count >= offset + 4 else { throw .cutTunnelHeader }
    let inner = try carrier.entering(.l2tp, id: bytes.uint32(at: offset))
    offset += flags & sequenceFlag == 0 ? 4 : 8
    if flags & offsetFlag != 0 {
      guard bytes.count >= offset + 2 else { throw .cutTunnelHeader }
      offset += 2 + Int(bytes.uint16(at: offset))
    }
    guard bytes.count > offset else { throw .cutTunnelHeader }
    return try PPP.packet(in: bytes.extracting(offset...), inner)
  }

  /// The IP packet in a data message of version 3. What a session carries, and whether there are a cookie and a
  /// sublayer in front, is agreed on elsewhere: the places there can be are tried for an Ethernet frame with IP.
  @_lifetime(copy bytes)
  static func packetOfVersion3(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= 4 else { throw .cutTunnelHeader }
    let session = bytes.uint32(at: 0)
    // Session 0 is the control channel.
    guard session != 0 else { throw .notIP }
    let inner = try carrier.entering(.l2tp, id: session).entering(.ethernet)
    for offset in [4, 8, 12, 16] where bytes.count > offset {
      do throws(PacketFate) { return try Ethernet.packet(in: bytes.extracting(offset...), inner) } catch {
        continue
      }
    }
    throw .tunnel
  }
}

/// EtherIP: a version of 4 bits and 12 zero bits, then an Ethernet frame (RFC 3378 §3).
enum EtherIP {
  /// Bytes of the header.
  static let headerLength = 2

  /// The IP packet in the frame.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count > headerLength else { throw .cutTunnelHeader }
    return try Ethernet.packet(
      in: bytes.extracting(headerLength...), carrier.entering(.etherIP).entering(.ethernet))
  }
}

/// The authentication header over IPv4: next header, length in words less 2, SPI, sequence number, value (RFC 4302 §2).
/// Over IPv6 it is one of the extension headers.
enum AuthenticationHeader {
  /// Bytes up to the value.
  static let minimumLength = 12

  /// The packet as if its payload stood behind the IP header.
  @_lifetime(copy outer)
  static func packet(in outer: borrowing IPPacket) throws(PacketFate) -> IPPacket {
    let bytes = outer.payload
    guard bytes.count >= minimumLength else { throw .cutTunnelHeader }
    let length = (Int(bytes[1]) + 2) * 4
    guard length >= minimumLength, outer.declaredLength >= length else { throw .badTunnel }
    guard bytes.count >= length else { throw .cutTunnelHeader }
    return try IPPacket(
      source: outer.source, destination: outer.destination, transport: IPProtocol(rawValue: bytes[0]),
      network: outer.network, identification: outer.identification, fragment: nil, bytes: outer.bytes,
      payload: bytes.extracting(length...), declaredLength: outer.declaredLength - length,
      carrier: outer.carrier.entering(.ah, id: bytes.uint32(at: 4)))
  }
}
