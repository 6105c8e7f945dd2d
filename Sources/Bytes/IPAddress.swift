/// An IPv4 or IPv6 address.
@usableFromInline
package struct IPAddress: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The first and last eight octets, as big-endian numbers; an IPv4 address is the low 32 bits.
  @usableFromInline package let high: UInt64, low: UInt64
  /// Whether this is an IPv6 address.
  @usableFromInline package let isIPv6: Bool

  /// An IPv4 address from its 32 bits, host order.
  @inlinable package init(v4 value: UInt32) { (high, low, isIPv6) = (0, UInt64(value), false) }

  /// An IPv6 address from its two halves, host order.
  @inlinable package init(v6High high: UInt64, low: UInt64) {
    (self.high, self.low, isIPv6) = (high, low, true)
  }

  /// The address in 4 or 16 bytes, network order; nil for any other count.
  package init?(bytes: Span<UInt8>) {
    var high: UInt64 = 0, low: UInt64 = 0
    switch bytes.count {
    case 4:
      for i in 0..<4 { low = low << 8 | UInt64(bytes[i]) }
      (self.high, self.low, isIPv6) = (0, low, false)
    case 16:
      for i in 0..<8 { high = high << 8 | UInt64(bytes[i]) }
      for i in 8..<16 { low = low << 8 | UInt64(bytes[i]) }
      (self.high, self.low, isIPv6) = (high, low, true)
    default: return nil
    }
  }

  /// The 4 or 16 octets, network order.
  package var octets: [UInt8] {
    let all = (0..<16).map { i in UInt8(truncatingIfNeeded: (i < 8 ? high : low) >> UInt64((7 - i % 8) * 8)) }
    return isIPv6 ? all : Array(all[12...])
  }

  /// IPv4 before IPv6, then by number.
  @usableFromInline
  package static func < (a: IPAddress, b: IPAddress) -> Bool {
    (a.isIPv6 ? 1 : 0, a.high, a.low) < (b.isIPv6 ? 1 : 0, b.high, b.low)
  }

  /// Dotted decimal, or RFC 5952 text.
  @usableFromInline
  package var description: String {
    isIPv6 ? ipv6Text : octets.map { String($0) }.joined(separator: ".")
  }

  /// RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups as `::`.
  private var ipv6Text: String {
    let groups = (0..<8).map { i in
      UInt16(truncatingIfNeeded: (i < 4 ? high : low) >> UInt64((3 - i % 4) * 16))
    }
    if groups[0..<5].allSatisfy({ $0 == 0 }), groups[5] == 0xffff {
      return "::ffff:" + IPAddress(v4: UInt32(truncatingIfNeeded: low)).description
    }
    let run = longestZeroRun(groups)
    let text = { (part: ArraySlice<UInt16>) in part.map { String($0, radix: 16) }.joined(separator: ":") }
    guard run.count >= 2 else { return text(groups[...]) }
    return text(groups[..<run.lowerBound]) + "::" + text(groups[run.upperBound...])
  }

  /// The first longest run of zero groups.
  private func longestZeroRun(_ groups: [UInt16]) -> Range<Int> {
    var best = 0..<0, start = 0
    for i in 0...groups.count where i == groups.count || groups[i] != 0 {
      if i - start > best.count { best = start..<i }
      start = i + 1
    }
    return best
  }
}
