import Bytes

/// Names of one message that were followed to their end before, by the offset at which each begins: most owners are a
/// pointer to one of them and need no second walk.
struct KnownNames {
  /// How many places there are, a power of two: a response has about five targets of pointers.
  private static let places = 16
  /// The highest offset that a pointer can name (RFC 1035 §4.1.4).
  private static let maximumTarget = 0x3fff

  /// Each the latest name whose offset falls on the place: that offset and one in the upper sixteen bits, then eight
  /// bits of length in octets and eight of pointers followed; 0 is an empty place.
  private var entries = InlineArray<16, UInt32>(repeating: 0)

  /// Checks a name as `NameView.validate` does.
  /// - Returns: the offset behind the name where it stands.
  @inline(__always)
  mutating func pass(_ message: Span<UInt8>, at offset: Int) throws(DecodingError) -> Int {
    if offset >= 0, message.count &- offset >= 2 {
      let field = Int(message.uint16(at: offset))
      if field < 0x100 { return offset &+ 1 }  // the root, which owns OPT
      if field >= 0xc000, entry(field & KnownNames.maximumTarget) != nil { return offset &+ 2 }
    }
    return try follow(message, at: offset)
  }

  /// Walks over labels and through pointers, until the root or a name that is known.
  mutating func follow(_ message: Span<UInt8>, at offset: Int) throws(DecodingError) -> Int {
    var position = offset, length = 1, pointers = 0
    // Of the first pointer: the offset behind it, and the length of what stands in front.
    var end = -1, lengthInFront = 0
    while true {
      guard position < message.count else { throw DecodingError(.truncated, at: position) }
      let octet = Int(message[position])
      if octet <= Name.maximumLabelLength {
        if octet == 0 { break }
        length += octet + 1
        guard octet < message.count - position else { throw DecodingError(.truncated, at: position) }
        guard length <= Name.maximumLength else { throw DecodingError(.nameTooLong, at: position) }
        position += octet + 1
        continue
      }
      guard octet >= 0xc0 else { throw DecodingError(.reservedLabelType, at: position) }
      let target = try NameView.pointer(at: position, in: message)
      if end < 0 { (end, lengthInFront) = (position + 2, length) }
      pointers += 1
      guard pointers <= NameView.maximumPointers else { throw DecodingError(.tooManyPointers, at: position) }
      if add(target, to: &length, &pointers) { break }
      guard target != position else { throw DecodingError(.pointerLoop, at: position) }
      position = target
    }
    keep(offset, length, pointers)
    guard end >= 0 else { return position + 1 }
    keep(try NameView.pointer(at: end - 2, in: message), length - lengthInFront + 1, pointers - 1)
    return end
  }

  /// Adds what is known of the name at an offset, unless that breaks a limit: then walking on shows where.
  @inline(__always)
  private func add(_ target: Int, to length: inout Int, _ pointers: inout Int) -> Bool {
    guard let entry = entry(target) else { return false }
    let sum = length + (entry >> 8 & 0xff) - 1, followed = pointers + (entry & 0xff)
    guard sum <= Name.maximumLength, followed <= NameView.maximumPointers else { return false }
    (length, pointers) = (sum, followed)
    return true
  }

  /// The entry of a name with one pointer fewer than there may be; nil when it is not known.
  @inline(__always)
  private func entry(_ offset: Int) -> Int? {
    let entry = Int(entries[offset & (KnownNames.places - 1)])
    return entry >> 16 == offset + 1 ? entry : nil
  }

  /// Keeps a name, if a pointer can lead to it.
  @inline(__always)
  private mutating func keep(_ offset: Int, _ length: Int, _ pointers: Int) {
    guard offset <= KnownNames.maximumTarget, pointers < NameView.maximumPointers else { return }
    entries[offset & (KnownNames.places - 1)] = UInt32(
      truncatingIfNeeded: (offset &+ 1) &<< 16 | length &<< 8 | pointers)
  }
}
