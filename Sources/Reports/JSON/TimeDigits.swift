import Bytes

extension OutputSpan<UInt8> {
  /// Appends RFC 3339 in UTC with nine digits, as `Timestamp.rfc3339` is: 30 octets.
  mutating func append(_ time: Timestamp) {
    append(second: time.seconds)
    append(UInt64(truncatingIfNeeded: time.fraction), digits: 9)
    append(0x5a)
  }

  /// Appends the first twenty octets of that, up to the point behind the second. 64 bits of nanoseconds reach from 1677 to
  /// 2262, so that a year has four digits.
  fileprivate mutating func append(second: Int64) {
    let civil = CivilTime(secondsSinceEpoch: second)
    append(UInt64(truncatingIfNeeded: civil.year), digits: 4)
    append(0x2d)
    append(UInt64(truncatingIfNeeded: civil.month), digits: 2)
    append(0x2d)
    append(UInt64(truncatingIfNeeded: civil.day), digits: 2)
    append(0x54)
    append(UInt64(truncatingIfNeeded: civil.hour), digits: 2)
    append(0x3a)
    append(UInt64(truncatingIfNeeded: civil.minute), digits: 2)
    append(0x3a)
    append(UInt64(truncatingIfNeeded: civil.second), digits: 2)
    append(0x2e)
  }

  /// Octets of a time.
  static var timeLength: Int { 30 }
}

/// Keeps the text of the last second: packets stand in the order of time, thousands of them in one second.
struct SecondText: Sendable {
  private var second = Int64.min, text: [UInt8] = []

  /// The text of a time up to the point behind its second.
  @inline(__always)
  mutating func text(of time: Timestamp) -> [UInt8] {
    let seconds = time.seconds
    if seconds != second || text.isEmpty {
      second = seconds
      text = [UInt8](capacity: 20) { $0.append(second: seconds) }
    }
    return text
  }
}
