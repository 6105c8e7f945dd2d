import DNSWire

/// Numbers names in wire form and lower case, in the order in which they come.
struct NameBook {
  private var names = ByteStringStore()

  /// The name of a number.
  func name(_ number: Int) -> Name { Name(stored: names.bytes(UInt32(truncatingIfNeeded: number))) }

  /// The number of a name; nil for one that has none.
  func find(_ wire: Span<UInt8>) -> Int? { names.find(wire).map { Int($0) } }

  /// The number of a name, given if need be.
  mutating func number(_ wire: Span<UInt8>) -> Int { Int(names.intern(wire)) }
}

/// Whether bytes are one name in wire form and nothing else (RFC 1035 §3.1).
func isName(_ wire: Span<UInt8>) -> Bool {
  var offset = 0
  while offset < wire.count, wire[offset] != 0 {
    guard wire[offset] <= Name.maximumLabelLength else { return false }
    offset += Int(wire[offset]) + 1
  }
  return offset == wire.count - 1 && wire.count <= Name.maximumLength
}
