/// The two bytes in front of each message in a TCP stream, its length (RFC 1035 §4.2.2).
enum LengthPrefix {
  /// Bytes of the prefix.
  static let length = 2
  /// Bytes of a DNS header, the shortest message there can be (RFC 1035 §4.1.1).
  static let shortestMessage = 12

  /// Whether bytes may be a prefix with a message behind it, as far as they reach; the test for finding the way back
  /// into a stream. Data at random passes about once in 10^5 times.
  static func isPlausible(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count >= length else { return false }
    let messageLength = Int(bytes.uint16(at: 0))
    guard messageLength >= shortestMessage else { return false }
    guard bytes.count >= length + shortestMessage else { return true }
    // The opcodes in use: QUERY, IQUERY, STATUS, NOTIFY, UPDATE, DSO.
    let opcode = bytes[4] >> 3 & 0x0f
    guard opcode <= 6, opcode != 3 else { return false }
    // At most one question (RFC 9619): 5 bytes at least, and 11 for each record.
    let questions = Int(bytes.uint16(at: 6))
    let records = Int(bytes.uint16(at: 8)) + Int(bytes.uint16(at: 10)) + Int(bytes.uint16(at: 12))
    return questions <= 1 && questions * 5 + records * 11 <= messageLength - shortestMessage
  }
}
