import Bytes

extension RDataTextWriter {
  /// A6 (RFC 2874 §3): `PREFIX-LENGTH [ADDRESS-SUFFIX] [PREFIX-NAME]`.
  ///
  ///     | PREFIX LENGTH (8) | ADDRESS SUFFIX (0...16 octets) | PREFIX NAME |
  mutating func appendA6(to text: inout [UInt8]) throws(DecodingError) {
    let start = reader.offset, prefixLength = Int(try reader.readUInt8())
    guard prefixLength <= 128 else { throw DecodingError(.badRData, at: start) }
    text.append(decimal: UInt(prefixLength))
    if prefixLength < 128 {
      let suffix = try reader.readBytes(16 - prefixLength / 8)
      guard suffix[0] & ~(0xff >> UInt8(prefixLength % 8)) == 0 else {
        throw DecodingError(.badRData, at: start)
      }
      let zeros = prefixLength / 8
      let address = (0..<16).map { $0 < zeros ? 0 : suffix[$0 - zeros] }
      text.append(0x20)
      text.append(address: address.span)
    }
    if prefixLength > 0 {
      text.append(0x20)
      try appendName(to: &text)
    }
  }

  /// ATMA (ATM Forum af-saa-0069, §5): hexadecimal for the AESA format 0, `+` and digits for E.164, format 1.
  mutating func appendATMAddress(to text: inout [UInt8]) throws(DecodingError) {
    let start = reader.offset, format = try reader.readUInt8(), address = try readRest(orEmpty: false)
    switch format {
    case 0: text.append(hexOf: address)
    case 1:
      text.append(0x2b)
      for index in address.indices {
        guard (0x30...0x39).contains(address[index]) else { throw DecodingError(.badRData, at: start) }
        text.append(address[index])
      }
    default: throw DecodingError(.badRData, at: start)
    }
  }
}
