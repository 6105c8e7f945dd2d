import Bytes

/// Writes JSON lines (RFC 8259, one object a line) into a buffer that its user empties.
///
/// Members stand in the order in which they are written. Everything that could steer a terminal, or that
/// some readers of JSON take for the end of a line, is escaped.
package struct JSONLineWriter: Sendable {
  /// The lines so far, UTF-8.
  package private(set) var bytes: [UInt8] = []
  /// Whether the next member or element stands behind another one.
  private var needsComma = false
  /// Text on its way to a string.
  private var scratch: [UInt8] = []
  /// The text of the last second.
  private var second = SecondText()

  /// A writer without lines.
  package init() {}

  /// Forgets the lines and keeps the memory for the next ones.
  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Gives the lines away.
  package mutating func takeAll() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  /// Writes one line: an object with the members that `body` writes.
  package mutating func line(_ body: (inout JSONLineWriter) -> Void) {
    needsComma = false
    nest(open: 0x7b, close: 0x7d, body)
    bytes.append(0x0a)
    needsComma = false
  }

  /// Writes a member that is an object.
  package mutating func object(_ key: String, _ body: (inout JSONLineWriter) -> Void) {
    self.key(key)
    nest(open: 0x7b, close: 0x7d, body)
  }

  /// Writes a member that is an array of what `body` writes without keys.
  package mutating func array(_ key: String, _ body: (inout JSONLineWriter) -> Void) {
    self.key(key)
    nest(open: 0x5b, close: 0x5d, body)
  }

  /// Writes an element that is an object.
  package mutating func object(_ body: (inout JSONLineWriter) -> Void) {
    comma()
    nest(open: 0x7b, close: 0x7d, body)
  }

  /// Writes a member that is a string, or null.
  package mutating func field(_ key: String, _ value: String?) {
    self.key(key)
    guard let value else { return null() }
    appendJSONString(value, to: &bytes)
  }

  /// Writes a member that is a string from ASCII text, such as presentation format.
  package mutating func field(_ key: String, ascii value: [UInt8]) {
    self.key(key)
    appendJSONString(ascii: value, to: &bytes)
  }

  /// Writes a member that is a string from the ASCII text that `body` appends, without a copy of its own.
  package mutating func field(_ key: String, ascii body: (inout [UInt8]) -> Void) {
    self.key(key)
    text(body)
  }

  /// Writes a member that is a whole number, or null.
  package mutating func field(_ key: String, _ value: (some FixedWidthInteger)?) {
    self.key(key)
    guard let value else { return null() }
    bytes.append(addingCapacity: JSONLineWriter.longestNumber) { $0.append(decimal: value) }
  }

  /// Octets of a 64-bit number with its sign.
  private static let longestNumber = 21

  /// Writes a member that is true, false or null.
  package mutating func field(_ key: String, _ value: Bool?) {
    self.key(key)
    guard let value else { return null() }
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  /// Writes a member that is null.
  package mutating func nullField(_ key: String) {
    self.key(key)
    null()
  }

  /// Writes an element that is a string.
  package mutating func element(_ value: String) {
    comma()
    appendJSONString(value, to: &bytes)
  }

  /// Writes an element that is a string from the ASCII text that `body` appends.
  package mutating func element(ascii body: (inout [UInt8]) -> Void) {
    comma()
    text(body)
  }

  /// Writes an element that is a whole number.
  package mutating func element(_ value: some FixedWidthInteger) {
    comma()
    bytes.append(addingCapacity: JSONLineWriter.longestNumber) { $0.append(decimal: value) }
  }

  /// Lets `body` append ready members or elements: their own commas between them, and in front of the first where they
  /// stand behind others.
  /// - Parameter room: the most octets that it appends.
  @inline(__always)
  mutating func ready(_ room: Int, _ body: (inout OutputSpan<UInt8>) -> Void) {
    bytes.append(addingCapacity: room, initializingWith: body)
    needsComma = true
  }

  /// Writes ready members or elements.
  @inline(__always)
  mutating func ready(_ members: Span<UInt8>) { ready(members.count) { $0.append(members) } }

  /// Writes a string behind a key that is written already.
  mutating func string(_ value: String) {
    appendJSONString(value, to: &bytes)
    needsComma = true
  }

  /// Begins members that are kept to stand behind others in many lines; the ones before are forgotten.
  mutating func beginMembers() {
    removeAll()
    needsComma = true
  }

  /// The first part of the text of a time; see `SecondText`.
  @inline(__always)
  mutating func secondText(of time: Timestamp) -> [UInt8] { second.text(of: time) }

  /// Writes a member's key; its value has to follow.
  private mutating func key(_ key: String) {
    comma()
    appendJSONString(key, to: &bytes)
    bytes.append(0x3a)
  }

  /// Writes a string from the ASCII text that `body` appends.
  private mutating func text(_ body: (inout [UInt8]) -> Void) {
    scratch.removeAll(keepingCapacity: true)
    body(&scratch)
    appendJSONString(ascii: scratch, to: &bytes)
  }

  /// Writes brackets around what `body` writes.
  private mutating func nest(open: UInt8, close: UInt8, _ body: (inout JSONLineWriter) -> Void) {
    bytes.append(open)
    needsComma = false
    body(&self)
    bytes.append(close)
    needsComma = true
  }

  /// Writes the comma in front of everything but a first member or element.
  private mutating func comma() {
    if needsComma { bytes.append(0x2c) }
    needsComma = true
  }

  /// Writes the value null.
  private mutating func null() { bytes.append(contentsOf: "null".utf8) }
}
