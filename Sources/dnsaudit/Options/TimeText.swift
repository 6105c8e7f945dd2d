import Bytes

/// Reads `--at`: RFC 3339 in UTC, `YYYYMMDDHHmmSS` (RFC 4034 §3.2), or seconds since 1970.
enum TimeText {
  /// The time; nil for text that is none of these.
  static func parse(_ text: String) -> Timestamp? {
    let digits = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    if digits, text.utf8.count == 14 { return civil(Array(text)) }
    if digits, let seconds = Int64(text), text.utf8.count <= 10 { return Timestamp(seconds: seconds) }
    let parts = Array(text)
    guard parts.count >= 20, parts[4] == "-", parts[7] == "-", parts[13] == ":", parts[16] == ":" else {
      return nil
    }
    guard parts[10] == "T" || parts[10] == "t" || parts[10] == " ", parts.last == "Z" || parts.last == "z"
    else { return nil }
    let fraction = parts[19..<(parts.count - 1)]
    guard fraction.isEmpty || fraction.first == "." && fraction.dropFirst().allSatisfy(\.isNumber) else {
      return nil
    }
    return civil(
      parts[0..<4] + parts[5..<7] + parts[8..<10] + parts[11..<13] + parts[14..<16] + parts[17..<19])
  }

  /// The time of fourteen digits.
  private static func civil(_ digits: some Collection<Character>) -> Timestamp? {
    let text = Array(digits)
    let number = { (range: Range<Int>) in Int64(String(text[range])) }
    guard text.count == 14, let year = number(0..<4), let month = number(4..<6), let day = number(6..<8),
      let hour = number(8..<10), let minute = number(10..<12), let second = number(12..<14)
    else { return nil }
    return CivilTime.seconds(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
      .map { Timestamp(seconds: $0) }
  }
}
