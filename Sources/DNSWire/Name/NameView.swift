import Bytes

/// A name where it stands in a message, possibly compressed (RFC 1035 §4.1.4).
package struct NameView: ~Escapable {
  /// The whole message, which compression pointers count in.
  let message: Span<UInt8>
  /// Offset of the name's first octet.
  package let offset: Int

  /// The most compression pointers followed in one name: 127 labels fit in 255 octets, a pointer before each.
  package static let maximumPointers = 127

  /// The name at an offset of a message; nothing is checked yet.
  @_lifetime(copy message)
  package init(_ message: Span<UInt8>, at offset: Int) {
    self.message = message
    self.offset = offset
  }

  /// Appends the uncompressed wire form, letters as spelled or in lower case. On an error `wire` is as before.
  /// - Returns: the offset behind the name where it stands (behind its first pointer, if it has one).
  @discardableResult
  package func appendWire(to wire: inout [UInt8], lowercase: Bool) throws(DecodingError) -> Int {
    var octets = NameOctets()
    let end = try expand(lowercase: lowercase, into: &octets)
    octets.append(to: &wire)
    return end
  }

  /// The name as a value, letters as spelled.
  package func name() throws(DecodingError) -> Name {
    var octets = NameOctets()
    _ = try expand(lowercase: false, into: &octets)
    return octets.name
  }

  /// Copies labels and follows pointers.
  /// - Returns: the offset behind the name where it stands.
  private func expand(lowercase: Bool, into octets: inout NameOctets) throws(DecodingError) -> Int {
    var position = offset, end = -1, pointers = 0
    while true {
      guard position < message.count else { throw DecodingError(.truncated, at: position) }
      let length = message[position]
      if length == 0 {
        octets.end()
        return end >= 0 ? end : position + 1
      }
      if length >= 0xc0 {
        let target = try NameView.pointer(at: position, in: message)
        if end < 0 { end = position + 2 }
        pointers += 1
        guard pointers <= NameView.maximumPointers else {
          throw DecodingError(.tooManyPointers, at: position)
        }
        guard target != position else { throw DecodingError(.pointerLoop, at: position) }
        position = target
        continue
      }
      guard length <= 63 else { throw DecodingError(.reservedLabelType, at: position) }
      let next = position + 1 + Int(length)
      guard next <= message.count else { throw DecodingError(.truncated, at: position) }
      guard octets.count + Int(length) + 2 <= Name.maximumLength else {
        throw DecodingError(.nameTooLong, at: position)
      }
      octets.append(position..<next, of: message, lowercase: lowercase)
      position = next
    }
  }

  /// Checks the name as `appendWire` does, without copying it.
  ///
  /// The walk stands in `KnownNames` again on purpose: shared with `expand` through a closure it cost `decode -q` 9 %.
  /// Tests hold both to the same answers.
  /// - Returns: the offset behind the name where it stands.
  package func validate() throws(DecodingError) -> Int {
    var known = KnownNames()
    return try known.follow(message, at: offset)
  }

  /// The target of the compression pointer at a position.
  @inline(__always)
  static func pointer(at position: Int, in message: Span<UInt8>) throws(DecodingError) -> Int {
    guard position + 1 < message.count else { throw DecodingError(.truncated, at: position) }
    return Int(message.uint16(at: position) & 0x3fff)
  }
}
