import Bytes

/// Text is gathered as ASCII bytes: presentation format has no other characters.
extension [UInt8] {
  /// Appends a string.
  package mutating func append(text: String) { append(contentsOf: text.utf8) }

  /// Appends a number in decimal, with zeros in front up to a width.
  package mutating func append(decimal value: some FixedWidthInteger & UnsignedInteger, width: Int = 1) {
    append(number: UInt64(truncatingIfNeeded: value), radix: 10, width: width)
  }

  /// Appends a number in lower-case hexadecimal, with zeros in front up to a width.
  mutating func append(hex value: some FixedWidthInteger & UnsignedInteger, width: Int = 1) {
    append(number: UInt64(truncatingIfNeeded: value), radix: 16, width: width)
  }

  /// Appends a number in octal.
  mutating func append(octal value: UInt16) { append(number: UInt64(value), radix: 8, width: 1) }

  /// Appends the digits of a number; 22 digits hold 64 bits in octal.
  private mutating func append(number: UInt64, radix: UInt64, width: Int) {
    let start = count
    var rest = number
    repeat {
      let digit = UInt8(truncatingIfNeeded: rest % radix)
      append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      rest /= radix
    } while rest > 0
    while count - start < width { append(0x30) }
    self[start...].reverse()
  }

  /// Appends two digits an octet.
  package mutating func append(hexOf bytes: Span<UInt8>, uppercase: Bool = true) {
    let letter: UInt8 = uppercase ? 0x37 : 0x57
    for index in bytes.indices {
      let high = bytes[index] >> 4, low = bytes[index] & 15
      append(high < 10 ? 0x30 + high : letter + high)
      append(low < 10 ? 0x30 + low : letter + low)
    }
  }

  /// Appends Base 64 with padding (RFC 4648 §4).
  mutating func append(base64Of bytes: Span<UInt8>) {
    append(bitsOf: bytes, each: 6, digits: base64Digits)
    for _ in 0..<((3 - bytes.count % 3) % 3) { append(0x3d) }
  }

  /// Appends Base 32 with the extended hex alphabet without padding (RFC 4648 §7, RFC 5155 §3.3).
  mutating func append(base32Of bytes: Span<UInt8>) {
    append(bitsOf: bytes, each: 5, digits: base32Digits)
  }

  /// Appends a digit for every group of bits, the last group filled up with zeros.
  @inline(__always)
  private mutating func append(bitsOf bytes: Span<UInt8>, each width: UInt32, digits: [UInt8]) {
    let mask: UInt32 = 1 &<< width &- 1, digits = digits.span
    // RDATA has 65,535 octets at most.
    append(addingCapacity: (bytes.count * 8 + Int(width) - 1) / Int(width)) { text in
      var buffer: UInt32 = 0, bits: UInt32 = 0
      for index in bytes.indices {
        buffer = (buffer &<< 8 | UInt32(bytes[index])) & 0xffff
        bits &+= 8
        while bits >= width {
          bits &-= width
          text.append(digits[Int(buffer &>> bits & mask)])
        }
      }
      if bits > 0 { text.append(digits[Int(buffer &<< (width &- bits) & mask)]) }
    }
  }

  /// Appends a string in quotation marks: these and backslashes escaped, what is not printable as `\DDD`.
  mutating func append(quoted bytes: Span<UInt8>) {
    append(0x22)
    for index in bytes.indices { appendCharacter(bytes[index]) }
    append(0x22)
  }

  /// Appends one octet of a string in quotation marks.
  @inline(__always)
  mutating func appendCharacter(_ octet: UInt8) {
    switch octet {
    case 0x22, 0x5c:
      append(0x5c)
      append(octet)
    case 0x20...0x7e: append(octet)
    default: appendDecimalEscape(octet, to: &self)
    }
  }

  /// Appends an address of 4 or 16 octets.
  mutating func append(address bytes: Span<UInt8>) {
    append(text: IPAddress(bytes: bytes)?.description ?? "")
  }
}

/// The digits of Base 64 and of Base 32 with the extended hex alphabet.
private let base64Digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
private let base32Digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUV".utf8)
