import Bytes

extension RDataTextWriter {
  /// The mnemonics of the types in window blocks; nothing for no blocks. Zeros at a block's end are not
  /// allowed (RFC 4034 §4.1.2).
  mutating func appendTypeBitmap(to text: inout [UInt8]) throws(DecodingError) {
    var lastWindow = -1, separator = false
    while reader.remaining > 0 {
      let start = reader.offset
      let window = try reader.readUInt8(), length = Int(try reader.readUInt8())
      guard Int(window) > lastWindow, (1...32).contains(length) else {
        throw DecodingError(.badRData, at: start)
      }
      lastWindow = Int(window)
      let bitmap = try reader.readBytes(length)
      guard bitmap[length - 1] != 0 else { throw DecodingError(.badRData, at: start) }
      forEachBit(of: bitmap) { bit in
        if separator { text.append(0x20) }
        separator = true
        text.append(text: RecordType(rawValue: UInt16(window) << 8 | UInt16(bit)).mnemonicInRData)
      }
    }
  }

  /// The mnemonics of the types in NXT's bitmap: at most 128 bits, the first of them clear, zeros at the end
  /// left out (RFC 2535 §5.2).
  mutating func appendOldTypeBitmap(to text: inout [UInt8]) throws(DecodingError) {
    let start = reader.offset, bitmap = try readRest(orEmpty: true)
    guard !bitmap.isEmpty else { return }
    guard bitmap.count <= 16, bitmap[0] & 0x80 == 0, bitmap[bitmap.count - 1] != 0 else {
      throw DecodingError(.badRData, at: start)
    }
    var separator = false
    forEachBit(of: bitmap) { bit in
      if separator { text.append(0x20) }
      separator = true
      text.append(text: RecordType(rawValue: UInt16(bit)).mnemonicInRData)
    }
  }

  /// The port numbers in WKS's bitmap: at most 65,536 bits, zeros at the end left out.
  mutating func appendServices(to text: inout [UInt8]) throws(DecodingError) {
    let start = reader.offset, bitmap = try readRest(orEmpty: true)
    guard !bitmap.isEmpty else { return }
    guard bitmap.count <= 8192, bitmap[bitmap.count - 1] != 0 else {
      throw DecodingError(.badRData, at: start)
    }
    var separator = false
    forEachBit(of: bitmap) { bit in
      if separator { text.append(0x20) }
      separator = true
      text.append(decimal: UInt(bit))
    }
  }

  /// Hands over the number of every bit that is set, the first octet's highest bit being 0.
  private func forEachBit(of bitmap: Span<UInt8>, _ body: (Int) -> Void) {
    for index in bitmap.indices where bitmap[index] != 0 {
      for bit in 0..<8 where bitmap[index] & 0x80 >> UInt8(bit) != 0 { body(index * 8 + bit) }
    }
  }
}
