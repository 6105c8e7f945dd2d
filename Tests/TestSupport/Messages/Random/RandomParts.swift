import DNSWire

/// What many layouts are made of.
extension RandomRData {
  /// One of several.
  package mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  /// A length in a range, its ends among the likelier ones.
  mutating func length(_ range: ClosedRange<Int>) -> Int {
    let short = min(range.upperBound, range.lowerBound + 24)
    return pick([
      range.lowerBound, range.upperBound, .random(in: range, using: &random),
      .random(in: range.lowerBound...short, using: &random),
      .random(in: range.lowerBound...short, using: &random),
    ])
  }

  /// Octets: arbitrary, or those that presentation format has to escape, or a run through all values.
  mutating func octets(_ range: ClosedRange<Int>) -> [UInt8] {
    let count = length(range)
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      return characters("ab9 \"\\;()@$.,=\t\n\r", count).map { $0 == 0x0d ? pick([0, 0x7f, 0xff]) : $0 }
    case 1:
      let first = UInt8.random(in: 0...255, using: &random)
      return (0..<count).map { first &+ UInt8(truncatingIfNeeded: $0) }
    default: return random.bytes(count)
    }
  }

  /// So many of some characters.
  mutating func characters(_ alphabet: String, _ count: Int) -> [UInt8] {
    let alphabet = Array(alphabet.utf8)
    return (0..<count).map { _ in pick(alphabet) }
  }

  /// Sixteen bits, the edges likelier.
  mutating func number16() -> [UInt8] {
    TestSupport.octets(pick([0, 1, 255, 256, 65_535, UInt16.random(in: 0...65_535, using: &random)]))
  }

  /// Thirty-two bits: also the years 2038 and 2106, where times of signatures wrap.
  mutating func number32() -> [UInt8] {
    let edges: [UInt32] = [0, 1, 0x7fff_ffff, 0x8000_0000, 0x8000_0001, .max]
    return TestSupport.octets(pick(edges + [UInt32(truncatingIfNeeded: random.next())]))
  }

  /// Octets behind their number in eight bits.
  func counted(_ octets: [UInt8]) -> [UInt8] { [UInt8(octets.count)] + octets }

  /// Octets behind their number in sixteen bits.
  func counted16(_ octets: [UInt8]) -> [UInt8] { TestSupport.octets(UInt16(octets.count)) + octets }

  /// A name: the root, one of 127 labels, one of 255 octets, or a few labels of letters or of anything.
  package mutating func name() -> [UInt8] {
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return [0]
    case 1: return [UInt8](repeating: 1, count: 127).flatMap { [$0, 0x61] } + [0]
    case 2: return [63, 63, 63, 61].flatMap { [UInt8($0)] + random.bytes($0) } + [0]
    default:
      return (0..<Int.random(in: 1...3, using: &random)).flatMap { _ in counted(label()) } + [0]
    }
  }

  /// A label.
  private mutating func label() -> [UInt8] {
    let count = pick([1, 2, 3, 8, 63])
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return characters("\\\".;()@$,* \u{0}\u{7f}#!", count)
    case 1: return random.bytes(count)
    default: return characters("abcXYZ019-_", count)
    }
  }

  /// Types in window blocks, at least one, never type 0.
  mutating func bitmap() -> [UInt8] {
    var windows = Set((0..<pick([0, 0, 1, 4, 30])).map { _ in UInt8.random(in: 1...255, using: &random) })
    windows.insert(pick([0, 0, 0, 1, 255]))
    return windows.sorted().flatMap { window in
      [window] + counted(bits(pick([1, 6, 20, 32]), first: window == 0 ? 0x7f : 0xff))
    }
  }

  /// One bitmap without windows.
  mutating func flatBitmap(counts: [Int], first: UInt8) -> [UInt8] { bits(pick(counts), first: first) }

  /// A bitmap whose last octet is not 0; `first` are the bits allowed in the first one.
  private mutating func bits(_ count: Int, first: UInt8) -> [UInt8] {
    var bits = count > 100 ? [UInt8](repeating: 0, count: count) : random.bytes(count)
    guard !bits.isEmpty else { return [] }
    bits[0] &= first
    if bits[count - 1] == 0 { bits[count - 1] = 1 }
    return bits
  }
}
