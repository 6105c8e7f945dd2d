import Bytes

extension RDataTextWriter {
  /// APL (RFC 3123 §4, §5): items `[!]FAMILY:ADDRESS/PREFIX`.
  ///
  ///     | ADDRESSFAMILY (16) | PREFIX (8) | N (1) | AFDLENGTH (7) | AFDPART |
  mutating func appendAddressPrefixes(to text: inout [UInt8]) throws(DecodingError) {
    var separator = false
    while reader.remaining > 0 {
      if separator { text.append(0x20) }
      separator = true
      try appendAddressPrefix(to: &text)
    }
  }

  /// One item. Zero octets at the address's end are left out on the wire.
  private mutating func appendAddressPrefix(to text: inout [UInt8]) throws(DecodingError) {
    let start = reader.offset
    let family = try reader.readUInt16(), prefix = try reader.readUInt8(), length = try reader.readUInt8()
    let part = try reader.readBytes(Int(length & 0x7f))
    guard family == 1 || family == 2 else { throw DecodingError(.badRData, at: start) }
    let size = family == 1 ? 4 : 16
    guard part.count <= size, Int(prefix) <= size * 8, part.isEmpty || part[part.count - 1] != 0 else {
      throw DecodingError(.badRData, at: start)
    }
    let address = (0..<size).map { $0 < part.count ? part[$0] : 0 }
    if length & 0x80 != 0 { text.append(0x21) }
    text.append(decimal: family)
    text.append(0x3a)
    text.append(address: address.span)
    text.append(0x2f)
    text.append(decimal: prefix)
  }
}
