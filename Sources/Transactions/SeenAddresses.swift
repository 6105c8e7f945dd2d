import Bytes

/// Which addresses have asked, and which have been asked: a bitmap over a hash of them, of constant size.
///
/// Two addresses may share a bit; with 100,000 of them about one in twenty does. The hash is fixed, unlike that of
/// the tables, because here a collision shows in the output, which must not change from run to run.
struct SeenAddresses: Sendable {
  /// The part that an address plays in a query.
  enum Role: UInt64 {
    case client, server
  }

  /// 2^21 bits, 256 KiB: it stays in a second-level cache.
  private static let wordCount = 1 << 15

  private var words = [UInt64](repeating: 0, count: wordCount)

  /// Notes an address in a part.
  @inline(__always)
  mutating func insert(_ address: IPAddress, as role: Role) {
    let bit = SeenAddresses.bit(address, role)
    words[Int(bit >> 6)] |= 1 << (bit & 63)
  }

  /// Reads where the bit of an address lies, so that it is near when it is set.
  @inline(__always)
  func approach(_ address: IPAddress, as role: Role) -> UInt64 {
    words[Int(SeenAddresses.bit(address, role) >> 6)]
  }

  /// Whether the address has played that part, or shares its bit with one that has.
  func contains(_ address: IPAddress, as role: Role) -> Bool {
    let bit = SeenAddresses.bit(address, role)
    return words[Int(bit >> 6)] & 1 << (bit & 63) != 0
  }

  /// The bit of an address: both halves through a 128-bit product whose halves are folded together.
  @inline(__always)
  private static func bit(_ address: IPAddress, _ role: Role) -> UInt64 {
    let factor = (address.low ^ 0x9e37_79b9_7f4a_7c15) &+ role.rawValue
    let product = factor.multipliedFullWidth(by: address.high ^ 0xd1b5_4a32_d192_ed03)
    return ((product.high ^ product.low) &* 0x9e37_79b9_7f4a_7c15) >> (64 - 21)
  }
}
