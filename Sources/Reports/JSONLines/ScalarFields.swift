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
    // Behind other members, wherever it stands.
    ready(64) { out in
      out.append(#","security":""#)
      out.append(word: verdict.security.word)
      out.append(#"","ede":"#)
      out.append(decimalOrNull: verdict.ede)
      out.append(#","reason":"#)
    }
    string(verdict.reason)
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
    text.append(addingCapacity: OutputSpan<UInt8>.timeLength) { $0.append(self) }
  }

  /// The moment that a 32-bit count of seconds means near this one: serial number arithmetic (RFC 4034 §3.1.5)
  /// picks the turn of the count that lies less than 68 years away.
  func nearest(to serial: UInt32) -> Timestamp {
    let distance = Int32(bitPattern: serial &- UInt32(truncatingIfNeeded: seconds))
    return Timestamp(seconds: seconds &+ Int64(distance))
  }
}

extension IPAddress {
  /// Appends the address as text, without making a string.
  func appendText(to text: inout [UInt8]) {
    text.append(addingCapacity: IPAddress.longestText) { $0.append(self) }
  }
}
