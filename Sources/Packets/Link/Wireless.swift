/// IEEE 802.11 §9.2: frame control, duration, addresses, then for data an LLC header.
enum Wireless {
  /// Bytes of the header with three addresses.
  static let headerLength = 24
  /// The type of data frames.
  static let dataType: UInt8 = 2

  /// The IP packet in a data frame; `isPadded` when the driver aligned the header to 4 bytes.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, isPadded: Bool = false, _ carrier: Carrier) throws(PacketFate)
    -> IPPacket
  {
    guard bytes.count >= headerLength else { throw .cutLinkHeader }
    let (control, flags) = (bytes[0], bytes[1])
    // Version 0; bit 6 of the subtype marks frames without data.
    guard control & 0x03 == 0, control >> 2 & 0x03 == dataType, control & 0x40 == 0 else { throw .notIP }
    guard flags & 0x40 == 0 else { throw .encrypted }
    var length = headerLength
    if flags & 0x03 == 0x03 { length += 6 }
    let isQoS = control & 0x80 != 0
    var isAggregate = false
    if isQoS {
      guard bytes.count >= length + 2 else { throw .cutLinkHeader }
      isAggregate = bytes[length] & 0x80 != 0
      length += 2
      // +HTC: a control field follows.
      if flags & 0x80 != 0 { length += 4 }
    }
    if isPadded { length = (length + 3) & ~3 }
    guard isAggregate else { return try payload(bytes, at: length, carrier.from(source(bytes, flags))) }
    // The first frame of an aggregate (IEEE 802.11 §9.3.2.2): two addresses and a length, padded to 4 bytes.
    guard bytes.count >= length + Ethernet.headerLength else { throw .cutLinkHeader }
    let first = Int(bytes.uint16(at: length + Ethernet.headerLength - 2))
    let isFollowed = bytes.count - length > (Ethernet.headerLength + first + 3) & ~3 + Ethernet.headerLength
    let sender = carrier.from(Ethernet.source(in: bytes, at: length + Ethernet.sourceOffset))
    return try payload(bytes, at: length + Ethernet.headerLength, isFollowed ? sender.aggregated : sender)
  }

  /// The source address: where it stands depends on "To DS" and "From DS" (IEEE 802.11 §9.3.2.1); 0 when it is not here.
  private static func source(_ bytes: Span<UInt8>, _ flags: UInt8) -> UInt64 {
    let offset = flags & 0x02 == 0 ? 10 : flags & 0x01 == 0 ? 16 : 24
    return bytes.count >= offset + 6 ? Ethernet.source(in: bytes, at: offset) : 0
  }

  /// The IP packet behind an LLC header.
  @_lifetime(copy bytes)
  private static func payload(_ bytes: Span<UInt8>, at offset: Int, _ carrier: Carrier) throws(PacketFate)
    -> IPPacket
  {
    guard bytes.count > offset else { throw .cutLinkHeader }
    return try LLC.packet(in: bytes.extracting(offset...), carrier)
  }
}

/// Radiotap: version, length and presence bits in little-endian order, fields, then an 802.11 frame (radiotap.org).
enum Radiotap {
  /// Bytes in front of the first field, with one word of presence bits.
  static let minimumLength = 8
  /// "Data padding": the 802.11 header is aligned to 4 bytes.
  static let paddingFlag: UInt8 = 0x20
  /// Words of presence bits that are followed: each stands for another antenna; drivers have up to five.
  static let maximumPresenceWords = 16

  /// The IP packet behind the header.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= minimumLength else { throw .cutLinkHeader }
    let length = Int(bytes.uint16(at: 2).byteSwapped)
    guard length >= minimumLength, length < bytes.count else { throw .cutLinkHeader }
    let isPadded = flags(bytes.extracting(..<length)).map { $0 & paddingFlag != 0 } ?? false
    return try Wireless.packet(in: bytes.extracting(length...), isPadded: isPadded, carrier)
  }

  /// The field "flags", the second one there can be; nil when it is not there.
  private static func flags(_ header: Span<UInt8>) -> UInt8? {
    let present = header.uint32(at: 4).byteSwapped
    guard present & 0x2 != 0 else { return nil }
    var offset = 4, words = 0
    while words < maximumPresenceWords, offset + 4 <= header.count {
      let isFollowed = header.uint32(at: offset).byteSwapped & 0x8000_0000 != 0
      offset += 4
      words += 1
      if !isFollowed { break }
    }
    // The first field, a time of 8 bytes, is aligned to 8.
    if present & 0x1 != 0 { offset = (offset + 7) & ~7 + 8 }
    return offset < header.count ? header[offset] : nil
  }
}

/// Headers that drivers put in front of 802.11 frames, older than radiotap.
enum WirelessMonitor {
  /// The message code of AVS headers, at the start of the packet.
  static let avsCode: UInt32 = 0x8021_1000

  /// Prism: message code, then the header's length, in the order of the capturing machine; or AVS in its place.
  @_lifetime(copy bytes)
  static func packet(in bytes: Span<UInt8>, _ carrier: Carrier) throws(PacketFate) -> IPPacket {
    guard bytes.count >= 8 else { throw .cutLinkHeader }
    let field = bytes.uint32(at: 4)
    let isAVS = bytes.uint32(at: 0) & 0xffff_f000 == avsCode
    // Headers are far below 64 KiB, so the order of the bytes shows by itself.
    let length = Int(isAVS || field <= 0xffff ? field : field.byteSwapped)
    guard length >= 8, length < bytes.count else { throw .cutLinkHeader }
    return try Wireless.packet(in: bytes.extracting(length...), carrier)
  }
}
