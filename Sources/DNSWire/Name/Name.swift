/// A domain name that outlives its message: uncompressed wire form, letters as spelled.
///
/// Names compare without regard to ASCII case (RFC 4343) and order canonically (RFC 4034 §6.1).
package struct Name: Sendable {
  /// Labels with their length octets, the empty root label last: 1...255 octets.
  package let wire: [UInt8]

  /// The longest name in octets (RFC 1035 §2.3.4).
  package static let maximumLength = 255
  /// The longest label in octets (RFC 1035 §2.3.4).
  package static let maximumLabelLength = 63
  /// The root.
  package static let root = Name(uncheckedWire: [0])

  /// A name from wire form that is known to be sound.
  init(uncheckedWire wire: [UInt8]) { self.wire = wire }

  /// A name from wire form that a store holds, which is sound.
  package init(stored wire: Span<UInt8>) {
    self.wire = unsafe wire.withUnsafeBufferPointer { unsafe Array($0) }
  }

  /// A name from uncompressed wire form; nil when the bytes are not exactly one name.
  package init?(wire: [UInt8]) {
    var offset = 0
    while offset < wire.count, wire[offset] != 0 {
      guard wire[offset] <= Name.maximumLabelLength else { return nil }
      offset += Int(wire[offset]) + 1
    }
    guard offset == wire.count - 1, wire.count <= Name.maximumLength else { return nil }
    self.wire = wire
  }

  /// A name from labels, leftmost first; nil when a label or the whole is too long, or a label empty.
  package init?(labels: [[UInt8]]) {
    var wire: [UInt8] = []
    for label in labels {
      guard (1...Name.maximumLabelLength).contains(label.count) else { return nil }
      wire.append(UInt8(label.count))
      wire += label
    }
    wire.append(0)
    guard wire.count <= Name.maximumLength else { return nil }
    self.wire = wire
  }

  /// Whether this is the root.
  package var isRoot: Bool { wire.count == 1 }

  /// Number of labels, the root label not counted.
  package var labelCount: Int {
    var count = 0, offset = 0
    while wire[offset] != 0 {
      count += 1
      offset += Int(wire[offset]) + 1
    }
    return count
  }

  /// Offset of each label's length octet in `wire`, leftmost first, the root label left out.
  package var labelOffsets: [Int] {
    var offsets: [Int] = [], offset = 0
    while wire[offset] != 0 {
      offsets.append(offset)
      offset += Int(wire[offset]) + 1
    }
    return offsets
  }

  /// The labels, leftmost first, as spelled.
  package var labels: [ArraySlice<UInt8>] {
    labelOffsets.map { wire[($0 + 1)..<($0 + 1 + Int(wire[$0]))] }
  }

  /// The name in lower case, as canonical form wants it (RFC 4034 §6.2).
  package var canonical: Name { Name(uncheckedWire: wire.map(lowercased)) }

  /// The name in lower case: itself, where it is in lower case already.
  package var folded: Name { isLowercase(wire.span) ? self : canonical }

  /// Whether the leftmost label is `*` (RFC 4592 §2.1.1).
  package var isWildcard: Bool { wire.count > 2 && wire[0] == 1 && wire[1] == 0x2a }

  /// The name without its leftmost label; nil for the root.
  package var parent: Name? {
    isRoot ? nil : Name(uncheckedWire: Array(wire[(Int(wire[0]) + 1)...]))
  }

  /// The name made of the last `count` labels; the name itself when it has no more than that.
  package func suffix(labels count: Int) -> Name {
    var left = labelCount - max(0, count), offset = 0
    guard left > 0 else { return self }
    while left > 0 {
      offset += Int(wire[offset]) + 1
      left -= 1
    }
    return Name(uncheckedWire: Array(wire[offset...]))
  }

  /// This name with a label in front; nil when that is too long.
  package func child(_ label: [UInt8]) -> Name? {
    guard (1...Name.maximumLabelLength).contains(label.count) else { return nil }
    guard wire.count + label.count + 1 <= Name.maximumLength else { return nil }
    return Name(uncheckedWire: [UInt8(label.count)] + label + wire)
  }

  /// The wildcard at this name, `*.name`.
  package var wildcardChild: Name? { child([0x2a]) }

  /// Whether this name is `ancestor` or below it.
  package func isSubdomain(of ancestor: Name) -> Bool {
    guard wire.count >= ancestor.wire.count else { return false }
    let start = wire.count - ancestor.wire.count
    var offset = 0
    while offset < start { offset += Int(wire[offset]) + 1 }
    return offset == start && equalNames(wire.span.extracting(start...), ancestor.wire.span)
  }

  /// The longest name that is at or above both.
  package func commonAncestor(with other: Name) -> Name {
    let mine = LabelStarts(wire), theirs = LabelStarts(other.wire)
    var x = mine.count, y = theirs.count
    while x > 0, y > 0, compareLabels(wire, mine[x &- 1], other.wire, theirs[y &- 1]) == 0 {
      (x, y) = (x &- 1, y &- 1)
    }
    return suffix(labels: mine.count - x)
  }
}

extension Name: Hashable {
  /// Equality without regard to ASCII case.
  package static func == (a: Name, b: Name) -> Bool { equalNames(a.wire.span, b.wire.span) }

  /// Hashes the lower-case form.
  package func hash(into hasher: inout Hasher) {
    // Eight octets a word: combining single octets costs as much for each.
    let octets = wire.span
    var offset = 0
    while offset &+ 8 <= octets.count {
      hasher.combine(lowercased(nameWord(octets, at: offset)))
      offset &+= 8
    }
    var word: UInt64 = 0
    while offset < octets.count {
      word = word &<< 8 | UInt64(lowercased(octets[offset]))
      offset &+= 1
    }
    hasher.combine(word)
    hasher.combine(octets.count)
  }
}

extension Name: Comparable {
  /// Canonical order: labels from the right, as lower-case octet strings, a shorter one first (RFC 4034 §6.1).
  package static func < (a: Name, b: Name) -> Bool {
    let left = LabelStarts(a.wire), right = LabelStarts(b.wire)
    var x = left.count, y = right.count
    while x > 0, y > 0 {
      (x, y) = (x &- 1, y &- 1)
      let order = compareLabels(a.wire, left[x], b.wire, right[y])
      if order != 0 { return order < 0 }
    }
    return left.count < right.count
  }
}

/// Where the labels of a name begin, without a list on the heap: names are compared by the ten thousand.
private struct LabelStarts {
  /// Offsets of the length octets, below 255; a name has 127 labels at most (RFC 1035 §2.3.4).
  private var offsets = InlineArray<128, UInt8>(repeating: 0)
  /// How many labels there are.
  private(set) var count = 0

  /// Of a name's wire form.
  init(_ wire: [UInt8]) {
    var offset = 0
    while wire[offset] != 0 {
      offsets[count] = UInt8(truncatingIfNeeded: offset)
      count += 1
      offset += Int(wire[offset]) + 1
    }
  }

  /// The offset of a label, leftmost first.
  subscript(index: Int) -> Int { Int(offsets[index]) }
}

/// How two labels stand in canonical order: below 0 when the first one comes first, 0 when they are equal.
private func compareLabels(_ a: [UInt8], _ left: Int, _ b: [UInt8], _ right: Int) -> Int {
  let shorter = min(a[left], b[right])
  for index in 1..<(Int(shorter) + 1) {
    let x = lowercased(a[left + index]), y = lowercased(b[right + index])
    if x != y { return x < y ? -1 : 1 }
  }
  return Int(a[left]) - Int(b[right])
}

/// The octet with A...Z folded to a...z; length octets are below 'A' and stay as they are.
@inline(__always)
package func lowercased(_ octet: UInt8) -> UInt8 {
  octet &- 0x41 < 26 ? octet | 0x20 : octet
}

/// Eight octets with A...Z folded to a...z, wherever they stand in the word.
@inline(__always)
func lowercased(_ word: UInt64) -> UInt64 {
  // Adding to seven bits a lane carries into the eighth where a letter is A or above, and where it is above Z.
  let ones: UInt64 = 0x0101_0101_0101_0101, low = word & (ones &* 0x7f)
  let fromA = low &+ ones &* (0x80 - 0x41), aboveZ = low &+ ones &* (0x7f - 0x5a)
  let isUpper = fromA & ~aboveZ & ~word & (ones &* 0x80)
  return word | isUpper &>> 2
}

/// The eight octets at an offset.
@inline(__always)
private func nameWord(_ octets: Span<UInt8>, at offset: Int) -> UInt64 {
  unsafe octets.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
}

/// Whether two names in wire form are the same without regard to ASCII case.
private func equalNames(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
  guard a.count == b.count else { return false }
  var offset = 0
  while offset &+ 8 <= a.count {
    let x = nameWord(a, at: offset), y = nameWord(b, at: offset)
    if x != y, lowercased(x) != lowercased(y) { return false }
    offset &+= 8
  }
  while offset < a.count {
    if lowercased(a[offset]) != lowercased(b[offset]) { return false }
    offset &+= 1
  }
  return true
}

/// Whether a name in wire form has no letter in upper case.
private func isLowercase(_ wire: Span<UInt8>) -> Bool {
  var offset = 0
  while offset &+ 8 <= wire.count {
    let word = nameWord(wire, at: offset)
    if lowercased(word) != word { return false }
    offset &+= 8
  }
  while offset < wire.count {
    if lowercased(wire[offset]) != wire[offset] { return false }
    offset &+= 1
  }
  return true
}
