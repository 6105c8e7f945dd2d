import Bytes

extension RDataTextWriter {
  /// IPSECKEY without its key (RFC 4025 §2, §3): `PRECEDENCE TYPE ALGORITHM GATEWAY`.
  ///
  ///     | PRECEDENCE (8) | GATEWAY TYPE (8) | ALGORITHM (8) | GATEWAY / PUBLIC KEY |
  mutating func appendGateway(to text: inout [UInt8]) throws(DecodingError) {
    text.append(decimal: try reader.readUInt8())
    text.append(0x20)
    let type = try reader.readUInt8()
    text.append(decimal: type)
    text.append(0x20)
    text.append(decimal: try reader.readUInt8())
    text.append(0x20)
    try appendGateway(of: type, to: &text)
  }

  /// AMTRELAY (RFC 8777 §4): `PRECEDENCE DISCOVERY-OPTIONAL TYPE RELAY`.
  ///
  ///     | PRECEDENCE (8) | D (1) | TYPE (7) | RELAY |
  mutating func appendRelay(to text: inout [UInt8]) throws(DecodingError) {
    text.append(decimal: try reader.readUInt8())
    let octet = try reader.readUInt8()
    text.append(text: octet & 0x80 == 0 ? " 0 " : " 1 ")
    text.append(decimal: octet & 0x7f)
    text.append(0x20)
    try appendGateway(of: octet & 0x7f, to: &text)
  }

  /// A gateway of one of the four types: none, IPv4, IPv6, an uncompressed name.
  private mutating func appendGateway(of type: UInt8, to text: inout [UInt8]) throws(DecodingError) {
    switch type {
    case 0: text.append(0x2e)
    case 1: text.append(address: try reader.readBytes(4))
    case 2: text.append(address: try reader.readBytes(16))
    case 3: try appendUncompressedName(to: &text)
    default: throw DecodingError(.badRData, at: reader.offset)
    }
  }
}
