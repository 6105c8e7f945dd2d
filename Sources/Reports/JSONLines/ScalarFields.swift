import Bytes
import DNSSEC
import DNSWire

/// Values that are written in one way wherever they stand.
extension JSONLineWriter {
  /// Writes a name in presentation format, or null.
  mutating func field(_ key: String, _ name: Name?) {
    guard let name else { return nullField(key) }
    field(key, ascii: name.appendPresentation)
  }

  /// Writes a time in RFC 3339, or null.
  mutating func field(_ key: String, _ time: Timestamp?) {
    guard let time else { return nullField(key) }
    field(key, ascii: time.appendRFC3339)
  }

  /// Writes an address.
  mutating func field(_ key: String, _ address: IPAddress) { field(key, ascii: address.appendText) }

  /// Writes an array of strings.
  mutating func field(_ key: String, _ texts: [String]) {
    array(key) { list in for text in texts { list.element(text) } }
  }

  /// Writes an array of whole numbers.
  mutating func field(_ key: String, _ numbers: [Int]) {
    array(key) { list in for number in numbers { list.element(number) } }
  }

  /// Writes `security`, `ede` and `reason`.
  mutating func verdict(_ verdict: Verdict) {
    field("security", verdict.security.word)
    field("ede", verdict.ede)
    field("reason", verdict.reason)
  }

  /// Writes `weak`, the words of classes; nothing where there are none.
  mutating func weak(_ classes: WeakClasses) {
    if !classes.isEmpty { field("weak", classes.classes.map(\.word)) }
  }

  /// Writes `key_tag` and `algorithm`.
  mutating func key(tag: UInt16, algorithm: UInt8) {
    field("key_tag", tag)
    field("algorithm", SecurityAlgorithm(rawValue: algorithm).mnemonic)
  }
}

extension Timestamp {
  /// Appends RFC 3339 in UTC with nine digits, as `rfc3339` is, without making a string.
  func appendRFC3339(to text: inout [UInt8]) {
    let civil = CivilTime(secondsSinceEpoch: seconds)
    appendDigits(civil.year, 4, to: &text)
    for (separator, value) in [(0x2d, civil.month), (0x2d, civil.day)] as [(UInt8, Int64)] {
      text.append(separator)
      appendDigits(value, 2, to: &text)
    }
    for (separator, value) in [(0x54, civil.hour), (0x3a, civil.minute), (0x3a, civil.second)]
      as [(UInt8, Int64)]
    {
      text.append(separator)
      appendDigits(value, 2, to: &text)
    }
    text.append(0x2e)
    appendDigits(fraction, 9, to: &text)
    text.append(0x5a)
  }

  /// The moment that a 32-bit count of seconds means near this one: serial number arithmetic (RFC 4034 §3.1.5)
  /// picks the turn of the count that lies less than 68 years away.
  func nearest(to serial: UInt32) -> Timestamp {
    let distance = Int32(bitPattern: serial &- UInt32(truncatingIfNeeded: seconds))
    return Timestamp(seconds: seconds &+ Int64(distance))
  }
}

extension IPAddress {
  /// Appends the address as text; IPv4, which is the most, without making a string.
  func appendText(to text: inout [UInt8]) {
    guard !isIPv6 else { return text.append(contentsOf: description.utf8) }
    for shift in [24, 16, 8, 0] as [UInt64] {
      text.append(contentsOf: String(low >> shift & 255).utf8)
      if shift > 0 { text.append(0x2e) }
    }
  }
}

/// Appends a decimal number that is not negative, zeros in front up to a width of at most nine.
private func appendDigits(_ value: Int64, _ width: Int, to text: inout [UInt8]) {
  var power: Int64 = 1
  for _ in 1..<max(width, 2) { power *= 10 }
  while power > 0 {
    text.append(0x30 + UInt8(truncatingIfNeeded: value / power % 10))
    power /= 10
  }
}
