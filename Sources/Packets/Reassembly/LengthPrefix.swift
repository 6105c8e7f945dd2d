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

  /// Bytes of a prefix, a header and the shortest name behind it, and of the longest with what stands behind a name in
  /// a question or a record (RFC 1035 §4.1.2, §4.1.3): enough to recognise a message.
  static let recognisedLength = length + shortestMessage + 1
  static let longestRecognised = length + shortestMessage + MessageSigns.longestName + 10

  /// Whether bytes are a prefix with a message behind it that shows itself by its question or its first record.
  static func isRecognised(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count > recognisedLength, isPlausible(bytes) else { return false }
    let messageLength = Int(bytes.uint16(at: 0))
    let message = bytes.extracting(length..<min(bytes.count, length + messageLength))
    return MessageSigns.areMessage(message, ofLength: messageLength)
      || MessageSigns.areContinuation(message, ofLength: messageLength)
  }

  /// Whether the whole message is here.
  static func isWhole(_ bytes: Span<UInt8>) -> Bool {
    bytes.count >= length && bytes.count - length >= Int(bytes.uint16(at: 0))
  }

  /// Whether a message may be here as a whole, and behind it the end, or the next prefix as far as it reaches.
  static func isFollowed(_ bytes: Span<UInt8>) -> Bool {
    guard isPlausible(bytes), isWhole(bytes) else { return false }
    let rest = bytes.extracting((length + Int(bytes.uint16(at: 0)))...)
    return rest.count < length || isPlausible(rest)
  }

  /// Whether bytes are a prefix and just as many bytes as it says.
  static func isExact(_ bytes: Span<UInt8>) -> Bool {
    bytes.count >= length + shortestMessage && bytes.count - length == Int(bytes.uint16(at: 0))
  }
}
