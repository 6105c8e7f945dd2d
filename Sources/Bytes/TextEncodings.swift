/// Base 16 (RFC 4648 §8).
package enum Hex {
  private static let upper = Array("0123456789ABCDEF".utf8)
  private static let lower = Array("0123456789abcdef".utf8)

  /// Two digits a byte.
  package static func encode(_ bytes: some Sequence<UInt8>, uppercase: Bool = true) -> String {
    let digits = uppercase ? upper : lower
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The bytes of a string of digit pairs in either case; nil for anything else.
  package static func decode(_ text: String) -> [UInt8]? {
    let digits = text.utf8.map(value)
    guard digits.count % 2 == 0, !digits.contains(nil) else { return nil }
    let values = digits.compactMap(\.self)
    return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
  }

  /// The value of one digit.
  private static func value(_ character: UInt8) -> UInt8? {
    switch character {
    case 0x30...0x39: character - 0x30
    case 0x41...0x46: character - 0x41 + 10
    case 0x61...0x66: character - 0x61 + 10
    default: nil
    }
  }
}

/// Base 32 with the extended hex alphabet, without padding, as NSEC3 owner names use it (RFC 5155 §3.3).
package enum Base32Hex {
  private static let lower = Array("0123456789abcdefghijklmnopqrstuv".utf8)
  private static let upper = Array("0123456789ABCDEFGHIJKLMNOPQRSTUV".utf8)

  /// Five bits a character, most significant first.
  package static func encode(_ bytes: some Sequence<UInt8>, uppercase: Bool = false) -> String {
    let digits = uppercase ? upper : lower
    // A list of octets is gone through without asking any sequence for each.
    let bytes = Array(bytes)
    var out: [UInt8] = [], buffer: UInt32 = 0, bits = 0
    out.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      buffer = (buffer << 8 | UInt32(byte)) & 0xfff
      bits += 8
      while bits >= 5 {
        bits -= 5
        out.append(digits[Int(buffer >> UInt32(bits) & 31)])
      }
    }
    if bits > 0 { out.append(digits[Int(buffer << UInt32(5 - bits) & 31)]) }
    return String(decoding: out, as: UTF8.self)
  }

  /// The bytes of text in either case; nil for other characters, impossible lengths and left-over bits.
  package static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
    let text = Array(text)
    var out: [UInt8] = [], buffer: UInt32 = 0, bits = 0
    out.reserveCapacity(text.count)
    for character in text {
      guard let digit = value(character) else { return nil }
      buffer = (buffer << 5 | UInt32(digit)) & 0x1fff
      bits += 5
      if bits >= 8 {
        bits -= 8
        out.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
      }
    }
    guard bits < 5, buffer & (1 << UInt32(bits) - 1) == 0 else { return nil }
    return out
  }

  /// The value of one digit.
  private static func value(_ character: UInt8) -> UInt8? {
    switch character {
    case 0x30...0x39: character - 0x30
    case 0x41...0x56: character - 0x41 + 10
    case 0x61...0x76: character - 0x61 + 10
    default: nil
    }
  }
}

/// Base 64 (RFC 4648 §4).
package enum Base64 {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// With padding.
  package static func encode(_ bytes: some Sequence<UInt8>) -> String {
    var out: [UInt8] = [], buffer: UInt32 = 0, bits = 0
    for byte in bytes {
      buffer = (buffer << 8 | UInt32(byte)) & 0xffff
      bits += 8
      while bits >= 6 {
        bits -= 6
        out.append(digits[Int(buffer >> UInt32(bits) & 63)])
      }
    }
    if bits > 0 { out.append(digits[Int(buffer << UInt32(6 - bits) & 63)]) }
    while out.count % 4 != 0 { out.append(0x3d) }
    return String(decoding: out, as: UTF8.self)
  }

  /// The bytes of text with or without padding, white space passed over; nil for anything else.
  package static func decode(_ text: String) -> [UInt8]? {
    var out: [UInt8] = [], buffer: UInt32 = 0, bits = 0, padded = false
    for character in text.utf8 where character != 0x20 && character != 0x09 {
      if character == 0x3d {
        padded = true
        continue
      }
      guard !padded, let digit = value(character) else { return nil }
      buffer = (buffer << 6 | UInt32(digit)) & 0x3fff
      bits += 6
      if bits >= 8 {
        bits -= 8
        out.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
      }
    }
    return bits < 6 ? out : nil
  }

  /// The value of one digit.
  private static func value(_ character: UInt8) -> UInt8? {
    switch character {
    case 0x41...0x5a: character - 0x41
    case 0x61...0x7a: character - 0x61 + 26
    case 0x30...0x39: character - 0x30 + 52
    case 0x2b: 62
    case 0x2f: 63
    default: nil
    }
  }
}
