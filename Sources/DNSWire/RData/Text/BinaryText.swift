import Bytes

extension RDataTextWriter {
  /// Hexadecimal, or a dash for no octets.
  func appendHexOrDash(_ bytes: Span<UInt8>, to text: inout [UInt8]) {
    if bytes.isEmpty { text.append(0x2d) }
    text.append(hexOf: bytes)
  }

  /// Hexadecimal pairs with a dash between.
  mutating func appendDashedHex(_ count: Int, to text: inout [UInt8]) throws(DecodingError) {
    let bytes = try reader.readBytes(count)
    for index in bytes.indices {
      if index > 0 { text.append(0x2d) }
      text.append(hex: bytes[index], width: 2)
    }
  }

  /// `0x` and all octets left, at least one.
  mutating func appendPrefixedHex(to text: inout [UInt8]) throws(DecodingError) {
    text.append(text: "0x")
    text.append(hexOf: try readRest(orEmpty: false))
  }

  /// Four groups of hexadecimal digits.
  mutating func appendGroups(to text: inout [UInt8]) throws(DecodingError) {
    for index in 0..<4 {
      if index > 0 { text.append(0x3a) }
      text.append(hex: try reader.readUInt16(), width: 4)
    }
  }

  /// Base 64 of the octets behind two length octets, maybe with the length in front; for none `""`, or
  /// nothing in the last field.
  mutating func appendCountedBase64(withLength: Bool, last: Bool, to text: inout [UInt8])
    throws(DecodingError)
  {
    let count = try reader.readUInt16()
    let bytes = try reader.readBytes(Int(count))
    if withLength { text.append(decimal: count) }
    if last && bytes.isEmpty { return }
    if withLength { text.append(0x20) }
    if bytes.isEmpty { text.append(text: "\"\"") }
    text.append(base64Of: bytes)
  }

  /// Base 64 of all octets left; a dash for none.
  mutating func appendBase64OrDash(to text: inout [UInt8]) throws(DecodingError) {
    let bytes = try readRest(orEmpty: true)
    if bytes.isEmpty { text.append(0x2d) }
    text.append(base64Of: bytes)
  }

  /// KEY (RFC 2535 §3.1, §7.1): `FLAGS PROTOCOL ALGORITHM [KEY]`. With both upper bits of the flags set it has no
  /// key, otherwise it has one.
  mutating func appendFormerKey(to text: inout [UInt8]) throws(DecodingError) {
    let flags = try reader.readUInt16(), hasKey = flags & 0xc000 != 0xc000
    text.append(decimal: flags)
    text.append(0x20)
    text.append(decimal: try reader.readUInt8())
    text.append(0x20)
    text.append(decimal: try reader.readUInt8())
    guard hasKey else { return }
    text.append(0x20)
    text.append(base64Of: try readRest(orEmpty: false))
  }
}
