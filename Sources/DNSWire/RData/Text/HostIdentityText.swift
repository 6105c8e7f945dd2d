import Bytes

extension RDataTextWriter {
  /// HIP (RFC 8005 §5, §6): `ALGORITHM HIT KEY [SERVER ...]`, the names uncompressed on the wire.
  ///
  ///     | HIT LENGTH (8) | PK ALGORITHM (8) | PK LENGTH (16) | HIT | PUBLIC KEY | SERVERS |
  mutating func appendHostIdentity(to text: inout [UInt8]) throws(DecodingError) {
    let start = reader.offset
    let tagLength = Int(try reader.readUInt8()), algorithm = try reader.readUInt8()
    let keyLength = Int(try reader.readUInt16())
    guard tagLength > 0, keyLength > 0 else { throw DecodingError(.badRData, at: start) }
    text.append(decimal: algorithm)
    text.append(0x20)
    text.append(hexOf: try reader.readBytes(tagLength))
    text.append(0x20)
    text.append(base64Of: try reader.readBytes(keyLength))
    while reader.remaining > 0 {
      text.append(0x20)
      try appendUncompressedName(to: &text)
    }
  }
}
