/// Generic routing encapsulation (RFC 2784 §2.1, RFC 2890 §2, with RFC 1701's routing; version 1 is PPTP's, RFC 2637
/// §4.1).
///
///     |C|R|K|S|s|Recur|A| Flags | Ver |         Protocol Type         |
///     |      Checksum (optional)      |       Offset (optional)       |
///     |                         Key (optional)                        |
///     |                   Sequence Number (optional)                  |
///     |       Acknowledgment Number (optional, version 1 alone)       |
enum GRE {
  static let checksumFlag: UInt16 = 0x8000
  static let routingFlag: UInt16 = 0x4000
  static let keyFlag: UInt16 = 0x2000
  static let sequenceFlag: UInt16 = 0x1000
  static let acknowledgmentFlag: UInt16 = 0x0080
  static let versionMask: UInt16 = 0x0007
  /// Cisco's redirected packets (WCCP): IP, for version 2 behind 4 bytes.
  static let redirected = EtherType(rawValue: 0x883e)
  /// Mirrored frames: types I and II, and III (draft-foschiano-erspan §4).
  static let mirrored = EtherType(rawValue: 0x88be), mirroredIII = EtherType(rawValue: 0x22eb)
  /// Source routes that are passed over: RFC 1701 names no bound, and routers of today send none.
  static let maximumRoutes = 8

  /// The IP packet inside.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= 4 else { throw .cutTunnelHeader }
    let flags = bytes.uint16(at: 0), type = EtherType(rawValue: bytes.uint16(at: 2))
    guard flags & versionMask <= 1 else { throw .badTunnel }
    var offset = 4, key: UInt32?
    if flags & (checksumFlag | routingFlag) != 0 { offset += 4 }
    if flags & keyFlag != 0 {
      guard bytes.count >= offset + 4 else { throw .cutTunnelHeader }
      key = bytes.uint32(at: offset)
      offset += 4
    }
    if flags & sequenceFlag != 0 { offset += 4 }
    if flags & acknowledgmentFlag != 0, flags & versionMask == 1 { offset += 4 }
    if flags & routingFlag != 0 { offset = try endOfRoutes(bytes, from: offset) }
    guard bytes.count > offset else { throw .cutTunnelHeader }
    let inner = try carrier.entering(.gre, id: key), rest = bytes.extracting(offset...)
    switch type {
    case mirrored: return try ERSPAN.packet(in: rest, isNumbered: flags & sequenceFlag != 0, inner)
    case mirroredIII: return try ERSPAN.packetOfType3(in: rest, inner)
    case redirected:
      let isVersion2 = rest[0] >> 4 != IPv4.version
      guard !isVersion2 || rest.count > 4 else { throw .cutTunnelHeader }
      return try RawIP.packet(in: isVersion2 ? rest.extracting(4...) : rest, inner)
    default: return try type.packet(in: rest, at: 0, inner)
    }
  }

  /// Where RFC 1701's list of source routes ends: each has family, offset and length, the last one none of them.
  private static func endOfRoutes(_ bytes: Span<UInt8>, from start: Int) throws(PacketFate) -> Int {
    var offset = start
    for _ in 0...maximumRoutes {
      guard bytes.count - offset >= 4 else { throw .cutTunnelHeader }
      let (family, length) = (bytes.uint16(at: offset), Int(bytes[offset + 3]))
      offset += 4
      if family == 0, length == 0 { return offset }
      offset += length
    }
    throw .badTunnel
  }
}

/// Frames that a switch mirrors (draft-foschiano-erspan §4.1 to §4.3).
enum ERSPAN {
  /// Bytes of the headers of type II and III.
  static let headerLength = 8, headerLengthOfType3 = 12
  /// Bytes of the sub-header of platforms that type III may have, and the bit that says so.
  static let subheaderLength = 8, subheaderFlag: UInt8 = 0x01

  /// The IP packet in a frame of type I, which has no header and no number in GRE, or of type II.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, isNumbered: Bool, _ carrier: Carrier) throws(PacketFate)
    -> IPPacket
  {
    guard isNumbered else {
      return try Ethernet.packet(in: bytes, carrier.entering(.erspan1).entering(.ethernet))
    }
    guard bytes.count >= headerLength else { throw .cutTunnelHeader }
    let inner = try carrier.entering(.erspan2, id: session(bytes))
    return try Ethernet.packet(in: bytes.extracting(headerLength...), inner.entering(.ethernet))
  }

  /// The IP packet in a frame of type III; its frame type 2 is a bare IP packet.
  @_lifetime(copy bytes)
  static func packetOfType3(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= headerLengthOfType3 else { throw .cutTunnelHeader }
    let inner = try carrier.entering(.erspan3, id: session(bytes))
    let hasSubheader = bytes[11] & subheaderFlag != 0
    let length = headerLengthOfType3 + (hasSubheader ? subheaderLength : 0)
    guard bytes.count > length else { throw .cutTunnelHeader }
    let rest = bytes.extracting(length...), frameType = bytes[10] >> 2 & 0x1f
    if frameType == 2 { return try RawIP.packet(in: rest, inner) }
    return try Ethernet.packet(in: rest, inner.entering(.ethernet))
  }

  /// The session's number, 10 bits.
  private static func session(_ bytes: Span<UInt8>) -> UInt32 { UInt32(bytes.uint16(at: 2) & 0x03ff) }
}
