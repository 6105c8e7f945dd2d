import Bytes
import DNSWire

/// Text on its way to a buffer that has room for it: each of these traps rather than write beyond that room, so who
/// makes the room states the most that is written.
extension OutputSpan<UInt8> {
  /// Appends text of the program.
  @inline(__always)
  mutating func append(_ text: StaticString) {
    // A literal of several characters has a pointer, and its count is its own.
    unsafe append(
      Span(_unsafeStart: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends bytes.
  @inline(__always)
  mutating func append(_ bytes: Span<UInt8>) {
    precondition(bytes.count <= freeCapacity)
    // The room was looked at, and the two cannot overlap: who holds an output span holds its bytes alone.
    unsafe withUnsafeMutableBufferPointer { buffer, count in
      unsafe bytes.withUnsafeBufferPointer { source in
        guard let from = source.baseAddress, let to = buffer.baseAddress else { return }
        unsafe to.advanced(by: count).initialize(from: from, count: source.count)
      }
      count &+= bytes.count
    }
  }

  /// Appends a word that stands for itself in JSON: mnemonics and the like.
  @inline(__always)
  mutating func append(word: String) { append(word.utf8Span.span) }

  /// Appends a whole number.
  @inline(__always)
  mutating func append(decimal value: some FixedWidthInteger) {
    if value < 0 { append(0x2d) }
    let magnitude = UInt64(truncatingIfNeeded: value.magnitude)
    var digits = 1, bound: UInt64 = 10
    // Twenty digits hold 64 bits.
    while digits < 20, magnitude >= bound {
      digits &+= 1
      bound &*= 10
    }
    append(magnitude, digits: digits)
  }

  /// Appends the last digits of a number, zeros in front.
  @inline(__always)
  mutating func append(_ value: UInt64, digits: Int) {
    precondition(digits <= freeCapacity)
    // The digits come last first, into the room that was looked at.
    unsafe withUnsafeMutableBufferPointer { buffer, count in
      var rest = value
      for place in stride(from: count &+ digits &- 1, through: count, by: -1) {
        let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
        unsafe buffer.initializeElement(at: place, to: 0x30 | UInt8(truncatingIfNeeded: digit))
        rest = quotient
      }
      count &+= digits
    }
  }

  /// Appends `true` or `false`.
  @inline(__always)
  mutating func append(_ value: Bool) { append(value ? "true" as StaticString : "false") }

  /// Appends a number, or `null`.
  @inline(__always)
  mutating func append(decimalOrNull value: (some FixedWidthInteger)?) {
    guard let value else { return append("null" as StaticString) }
    append(decimal: value)
  }

  /// Appends what stands between the quotation marks of a JSON string that holds a name in presentation format
  /// (RFC 1035 §5.1): at most `maximumNameGrowth` octets for each of its wire form.
  mutating func append(name wire: Span<UInt8>) {
    var offset = 0
    while offset < wire.count, wire[offset] != 0 {
      let end = Swift.min(offset &+ 1 &+ Int(wire[offset]), wire.count)
      for position in (offset &+ 1)..<end {
        let octet = wire[position]
        // Most octets of most names: letters, digits, hyphen, underscore.
        if octet | 0x20 &- 0x61 < 26 || octet &- 0x30 < 10 || octet == 0x2d || octet == 0x5f {
          append(octet)
        } else {
          append(escaped: octet)
        }
      }
      append(0x2e)
      offset = end
    }
    if offset == 0 { append(0x2e) }
  }

  /// Octets of JSON that an octet of a name's wire form takes at most: `\\DDD`.
  static var maximumNameGrowth: Int { 5 }

  /// Appends an octet of a label that may have to be escaped, once for presentation format and again for JSON.
  private mutating func append(escaped octet: UInt8) {
    var text: [UInt8] = []
    appendEscaped(octet, to: &text)
    for character in text {
      if character == 0x22 || character == 0x5c { append(0x5c) }
      append(character)
    }
  }

  /// Appends an address as text: at most 45 octets (`::ffff:` and IPv4 take less).
  @inline(__always)
  mutating func append(_ address: IPAddress) {
    guard !address.isIPv6 else { return address.appendIPv6(to: &self) }
    append(decimal: address.low >> 24 & 255)
    append(0x2e)
    append(decimal: address.low >> 16 & 255)
    append(0x2e)
    append(decimal: address.low >> 8 & 255)
    append(0x2e)
    append(decimal: address.low & 255)
  }
}
