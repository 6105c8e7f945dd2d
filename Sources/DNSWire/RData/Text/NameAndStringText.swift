import Bytes

extension RDataTextWriter {
  /// A name that may be compressed.
  mutating func appendName(to text: inout [UInt8]) throws(DecodingError) {
    try reader.seek(to: NameView(message, at: reader.offset).appendPresentation(to: &text))
  }

  /// A name where compression is not allowed.
  mutating func appendUncompressedName(to text: inout [UInt8]) throws(DecodingError) {
    let (name, end) = try readUncompressedName(message, at: reader.offset)
    try reader.seek(to: end)
    name.appendPresentation(to: &text)
  }

  /// The octets behind a length octet.
  @_lifetime(copy self)
  mutating func readCounted() throws(DecodingError) -> Span<UInt8> {
    try reader.readBytes(Int(try reader.readUInt8()))
  }

  /// The octets behind a length octet, at least one.
  @_lifetime(copy self)
  mutating func readCountedOctets() throws(DecodingError) -> Span<UInt8> {
    let count = Int(try reader.readUInt8())
    guard count > 0 else { throw DecodingError(.badRData, at: reader.offset) }
    return try reader.readBytes(count)
  }

  /// All octets left, at least one unless there may be none.
  @_lifetime(copy self)
  mutating func readRest(orEmpty: Bool) throws(DecodingError) -> Span<UInt8> {
    guard orEmpty || reader.remaining > 0 else { throw DecodingError(.badRData, at: reader.offset) }
    return try reader.readBytes(reader.remaining)
  }

  /// One or more character-strings.
  mutating func appendStrings(to text: inout [UInt8]) throws(DecodingError) {
    text.append(quoted: try readCounted())
    while reader.remaining > 0 {
      text.append(0x20)
      text.append(quoted: try readCounted())
    }
  }

  /// A string of letters and digits, at least one.
  mutating func appendTag(to text: inout [UInt8]) throws(DecodingError) {
    let start = reader.offset
    let tag = try readCountedOctets()
    for index in tag.indices {
      switch tag[index] {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: text.append(tag[index])
      default: throw DecodingError(.badRData, at: start + 1 + index)
      }
    }
  }
}
