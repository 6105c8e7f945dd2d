/// A moment as captures have it: nanoseconds since 1970-01-01T00:00:00Z, without leap seconds.
@usableFromInline
package struct Timestamp: Hashable, Comparable, Sendable {
  /// Nanoseconds since the epoch; negative before 1970.
  @usableFromInline package let nanoseconds: Int64

  /// A moment from nanoseconds since the epoch.
  @inlinable package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// A moment from whole seconds and nanoseconds; clamped to what 64 bits hold (until 2262).
  @inlinable package init(seconds: Int64, nanoseconds: Int64 = 0) {
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, overflowSum) = product.addingReportingOverflow(nanoseconds)
    self.nanoseconds = overflow || overflowSum ? (seconds < 0 ? .min : .max) : sum
  }

  /// Whole seconds since the epoch, rounded down.
  package var seconds: Int64 {
    nanoseconds >= 0 ? nanoseconds / 1_000_000_000 : -((-(nanoseconds &+ 1)) / 1_000_000_000) - 1
  }

  /// Nanoseconds since the last whole second, 0...999999999.
  package var fraction: Int64 { nanoseconds &- seconds &* 1_000_000_000 }

  /// The earlier moment is the smaller one.
  @inlinable
  package static func < (a: Timestamp, b: Timestamp) -> Bool { a.nanoseconds < b.nanoseconds }

  /// RFC 3339 in UTC with nine digits: `2016-10-20T15:23:01.000000000Z`.
  package var rfc3339: String { CivilTime(secondsSinceEpoch: seconds).rfc3339(fraction: fraction) }
}

/// A UTC calendar date and time of day, proleptic Gregorian.
package struct CivilTime: Equatable, Sendable {
  /// Year, month 1...12, day 1...31.
  package let year: Int64, month: Int64, day: Int64
  /// Hour 0...23, minute 0...59, second 0...59.
  package let hour: Int64, minute: Int64, second: Int64

  /// The date of a count of seconds since 1970 (Howard Hinnant, "chrono-compatible date algorithms").
  package init(secondsSinceEpoch: Int64) {
    let days = secondsSinceEpoch >= 0 ? secondsSinceEpoch / 86_400 : -((-secondsSinceEpoch + 86_399) / 86_400)
    let rest = secondsSinceEpoch - days * 86_400
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    (hour, minute, second) = (rest / 3_600, rest % 3_600 / 60, rest % 60)
  }

  /// Seconds since 1970 of a date and time of day; nil when a field is out of its range, or the month has no such day.
  package static func seconds(
    year: Int64, month: Int64, day: Int64, hour: Int64, minute: Int64, second: Int64
  ) -> Int64? {
    guard (0...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
    guard (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second) else { return nil }
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let midnight = (era * 146_097 + dayOfEra - 719_468) * 86_400
    // The 31st of a month of 30 days comes out as a day of the next one.
    guard CivilTime(secondsSinceEpoch: midnight).day == day else { return nil }
    return midnight + hour * 3_600 + minute * 60 + second
  }

  /// RFC 3339 text, with nine digits after the second.
  func rfc3339(fraction: Int64) -> String {
    let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    return "\(date)T\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2)).\(padded(fraction, 9))Z"
  }

  /// The form of RRSIG times, `YYYYMMDDHHmmSS` (RFC 4034 §3.2), read as a number: of fourteen digits from the year 1000 to
  /// 9999, and 0 before the year 0.
  package var compact: UInt64 {
    let date = [month, day, hour, minute, second].reduce(year) { $0 &* 100 &+ $1 }
    return UInt64(clamping: date)
  }

  /// Decimal digits, zeros in front.
  private func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
