/// Tells DNS by its content, where no port does.
enum MessageSigns {
  /// Bytes of a header (RFC 1035 §4.1.1), and of the shortest question behind it: the root, type and class.
  static let headerLength = 12, shortestQuestion = 5
  /// Octets of a label, and of a name (RFC 1035 §2.3.4).
  static let longestLabel = 63, longestName = 255
  /// The opcodes in use but for DSO, whose messages have no question: QUERY, IQUERY, STATUS, NOTIFY, UPDATE.
  static let opcodes: [UInt8] = [0, 1, 2, 4, 5]
  /// Classes of questions: IN, CH, HS, NONE and ANY, with the bit that mDNS has in it or without.
  static let classes: [UInt16] = [1, 3, 4, 254, 255]

  /// Whether bytes are a message with one question that can be read: data at random passes about once in 10^9 times.
  /// - Parameter length: that of the whole message when `bytes` may be only its beginning.
  static func areMessage(_ bytes: Span<UInt8>, ofLength length: Int? = nil) -> Bool {
    guard bytes.count >= headerLength + shortestQuestion else { return false }
    let flags = bytes.uint16(at: 2), isResponse = flags & 0x8000 != 0
    guard opcodes.contains(UInt8(flags >> 11 & 0x0f)), bytes.uint16(at: 4) == 1 else { return false }
    let answers = Int(bytes.uint16(at: 6)), rest = Int(bytes.uint16(at: 8)) + Int(bytes.uint16(at: 10))
    // A query has the rcode 0, and no answers but for UPDATE and the SOA of a NOTIFY or IXFR.
    if !isResponse, flags & 0x0f != 0 || answers > 1 && flags >> 11 & 0x0f != 5 { return false }
    guard let end = endOfName(bytes, from: headerLength), bytes.count - end >= 4 else { return false }
    // Each record takes 11 bytes at least.
    guard (answers + rest) * 11 <= (length ?? bytes.count) - end - 4 || flags & 0x0200 != 0 else {
      return false
    }
    return bytes.uint16(at: end) != 0 && classes.contains(bytes.uint16(at: end + 2))
  }

  /// Whether bytes are a response without a question whose first record can be read, as the later messages of a zone
  /// transfer are (RFC 5936 §2.2.1): data at random passes about once in 10^9 times.
  /// - Parameter length: that of the whole message when `bytes` may be only its beginning.
  static func areContinuation(_ bytes: Span<UInt8>, ofLength length: Int) -> Bool {
    guard bytes.count > headerLength, bytes.uint16(at: 2) & 0xf80f == 0x8000, bytes.uint16(at: 4) == 0,
      bytes.uint16(at: 6) > 0, let end = endOfName(bytes, from: headerLength), bytes.count - end >= 10
    else { return false }
    return bytes.uint16(at: end) != 0 && classes.contains(bytes.uint16(at: end + 2))
      && Int(bytes.uint16(at: end + 8)) <= length - end - 10
  }

  /// Where a name without pointers ends, which the first one of a message is.
  private static func endOfName(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    var offset = start
    while offset < bytes.count, offset - start < longestName {
      let length = Int(bytes[offset])
      if length == 0 { return offset + 1 }
      guard length <= longestLabel else { return nil }
      offset += 1 + length
    }
    return nil
  }
}
