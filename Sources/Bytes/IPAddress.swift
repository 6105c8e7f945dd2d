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
    guard isIPv6 else { return octets.map { String($0) }.joined(separator: ".") }
    let text = [UInt8](capacity: IPAddress.longestText) { appendIPv6(to: &$0) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Octets of the longest text: eight groups of four digits.
  package static let longestText = 39

  /// Appends an IPv6 address as text (RFC 5952): lower case, no leading zeros, the first longest run of two or more zero
  /// groups as `::`. Traps where there is no room for it.
  package func appendIPv6(to text: inout OutputSpan<UInt8>) {
    if high == 0, low >> 32 == 0xffff {
      for octet in "::ffff:\(IPAddress(v4: UInt32(truncatingIfNeeded: low)))".utf8 { text.append(octet) }
      return
    }
    let run = longestZeroRun
    for place in 0..<8 {
      if run.contains(place) {
        if place == run.lowerBound { text.append(0x3a) }
        if place == run.upperBound - 1 { text.append(0x3a) }
        continue
      }
      if place > 0, place != run.upperBound { text.append(0x3a) }
      append(group(place), to: &text)
    }
  }

  /// One of the eight groups of sixteen bits.
  @inline(__always)
  private func group(_ place: Int) -> UInt16 {
    UInt16(truncatingIfNeeded: (place < 4 ? high : low) >> UInt64((3 - place % 4) * 16))
  }

  /// Appends a group in hexadecimal digits.
  @inline(__always)
  private func append(_ group: UInt16, to text: inout OutputSpan<UInt8>) {
    var shift = 12
    while shift > 0, group >> shift == 0 { shift -= 4 }
    while shift >= 0 {
      let digit = UInt8(truncatingIfNeeded: group >> shift & 15)
      text.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      shift -= 4
    }
  }

  /// The first longest run of two or more zero groups; behind the last group when there is none.
  private var longestZeroRun: Range<Int> {
    var best = 9..<9, start = 0
    for place in 0...8 where place == 8 || group(place) != 0 {
      if place - start > max(best.count, 1) { best = start..<place }
      start = place + 1
    }
    return best
  }
}
