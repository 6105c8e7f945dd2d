import Bytes

/// The types present at an owner, as NSEC and NSEC3 list them (RFC 4034 §4.1.2, RFC 5155 §3.2.1).
package struct TypeBitmap: Hashable, Sendable {
  /// Window blocks as on the wire: window number, length 1...32, bitmap.
  package let wire: [UInt8]

  /// Checks and copies window blocks: windows ascend, lengths are 1...32.
  package init(_ bytes: Span<UInt8>) throws(DecodingError) {
    var reader = ByteReader(bytes), last = -1, copy: [UInt8] = []
    copy.reserveCapacity(bytes.count)
    while reader.remaining > 0 {
      let offset = reader.offset
      let window = Int(try reader.readUInt8()), length = Int(try reader.readUInt8())
      guard window > last, (1...32).contains(length) else { throw DecodingError(.badRData, at: offset) }
      try reader.skip(length)
      last = window
    }
    for i in 0..<bytes.count { copy.append(bytes[i]) }
    wire = copy
  }

  /// Whether the type's bit is set.
  package func contains(_ type: RecordType) -> Bool {
    let window = UInt8(type.rawValue >> 8), octet = Int(type.rawValue & 255) / 8
    var offset = 0
    while offset + 1 < wire.count {
      let length = Int(wire[offset + 1])
      if wire[offset] == window {
        return octet < length && wire[offset + 2 + octet] & (0x80 >> UInt8(type.rawValue & 7)) != 0
      }
      offset += 2 + length
    }
    return false
  }

  /// All types whose bit is set, ascending.
  package var types: [RecordType] {
    var types: [RecordType] = [], offset = 0
    while offset + 1 < wire.count {
      for bit in 0..<(Int(wire[offset + 1]) * 8)
      where wire[offset + 2 + bit / 8] & (0x80 >> UInt8(bit % 8)) != 0 {
        types.append(RecordType(rawValue: UInt16(wire[offset]) << 8 | UInt16(bit)))
      }
      offset += 2 + Int(wire[offset + 1])
    }
    return types
  }
}
