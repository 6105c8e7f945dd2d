import Bytes
import Findings

/// A whole number with commas: `1,234,567`.
func grouped(_ number: Int) -> String {
  var text: [Character] = []
  for (index, digit) in String(number.magnitude).reversed().enumerated() {
    if index > 0 && index % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return (number < 0 ? "-" : "") + String(text.reversed())
}

/// A number and a noun: `1 packet`, `2 packets`, `0 queries`.
func counted(_ number: Int, _ noun: String) -> String {
  guard number != 1 else { return "1 \(noun)" }
  return "\(grouped(number)) " + (noun.hasSuffix("y") ? noun.dropLast() + "ies" : noun + "s")
}

/// Ascending numbers with neighbours as ranges.
func frameRanges(_ frames: [Int]) -> [ClosedRange<Int>] {
  var ranges: [ClosedRange<Int>] = []
  for frame in frames {
    if let last = ranges.last, frame > last.upperBound, frame - 1 == last.upperBound {
      ranges[ranges.count - 1] = last.lowerBound...frame
    } else {
      ranges.append(frame...frame)
    }
  }
  return ranges
}

/// Frames in a sentence, neighbours as a range: `frame 12`, `frames 12, 14-19`, `frames 1, 3, 5 ... (20 in all)`;
/// empty without frames.
func frameList(_ frames: [Int], total: Int, limit: Int = 8) -> String {
  let ranges = frameRanges(frames)
  guard !ranges.isEmpty else { return "" }
  let texts = ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
  let complete = ranges.count <= limit && frames.count >= total
  let noun = complete && frames.count == 1 ? "frame" : "frames"
  return "\(noun) \(texts.prefix(limit).joined(separator: ", "))"
    + (complete ? "" : " ... (\(grouped(total)) in all)")
}

/// The frames of a finding, and the inputs that they count in: `frames 3, 7`, `input 1, frame 4`,
/// `input 0, frame 3; input 1, frames 4-5`.
func framesText(of finding: Finding, limit: Int = 8) -> String {
  guard !finding.files.isEmpty else {
    return (finding.file.map { "input \($0), " } ?? "")
      + frameList(finding.frames, total: finding.count, limit: limit)
  }
  let inputs = Set(finding.files).sorted().map { file in
    let frames = zip(finding.files, finding.frames).filter { $0.0 == file }.map(\.1)
    return "input \(file), " + frameList(frames, total: frames.count, limit: limit)
  }
  let rest = finding.count > finding.frames.count ? " ... (\(grouped(finding.count)) in all)" : ""
  return inputs.joined(separator: "; ") + rest
}

/// Some of a list in words: `a, b, c and 4 more`.
func someOf(_ items: [String], limit: Int) -> String {
  let shown = items.prefix(limit).joined(separator: ", ")
  return items.count > limit ? "\(shown) and \(grouped(items.count - limit)) more" : shown
}

/// Each item once, where it stands first.
func unique(_ items: [String]) -> [String] {
  var seen: Set<String> = []
  return items.filter { seen.insert($0).inserted }
}

/// A size in binary units: `511 bytes`, `310.9 KiB`.
func sizeText(_ bytes: Int) -> String {
  guard bytes >= 1_024 else { return counted(bytes, "byte") }
  var unit = 1_024, names = ["KiB", "MiB", "GiB", "TiB"][...]
  while names.count > 1, bytes / unit >= 1_024 {
    unit *= 1_024
    names.removeFirst()
  }
  let tenths = bytes / unit * 10 + bytes % unit * 10 / unit
  return "\(grouped(tenths / 10)).\(tenths % 10) \(names.first ?? "")"
}

/// The time between two moments in the two largest units that fit: `250 ms`, `2 min 11 s`, `3 d 4 h`.
func durationText(from start: Timestamp, to end: Timestamp) -> String {
  guard start <= end else { return "time running backwards" }
  let (nanoseconds, overflow) = end.nanoseconds.subtractingReportingOverflow(start.nanoseconds)
  if !overflow && nanoseconds < 10_000_000_000 {
    return "\(nanoseconds / 1_000_000_000).\(thousandths(nanoseconds)) s"
  }
  let seconds = end.seconds - start.seconds
  let parts: [(Int64, String)] = [
    (seconds / 86_400, "d"), (seconds / 3_600 % 24, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s"),
  ]
  return parts.drop { $0.0 == 0 }.prefix(2).map { "\($0.0) \($0.1)" }.joined(separator: " ")
}

/// Three digits behind the point of a count of seconds.
private func thousandths(_ nanoseconds: Int64) -> String {
  let digits = String(nanoseconds / 1_000_000 % 1_000)
  return String(repeating: "0", count: 3 - digits.utf8.count) + digits
}

/// A moment for people: `2016-10-20 15:23:01 UTC`.
func timeText(_ time: Timestamp) -> String {
  var bytes: [UInt8] = []
  time.appendRFC3339(to: &bytes)
  let text = String(decoding: bytes.dropLast(11), as: UTF8.self)
  return text.replacing("T", with: " ") + " UTC"
}

/// Two moments for people, or one when the seconds are the same.
func periodText(from start: Timestamp, to end: Timestamp) -> String {
  let texts = (timeText(start), timeText(end))
  return texts.0 == texts.1 ? texts.0 : "\(texts.0) to \(texts.1)"
}

/// A share of a whole in percent with one digit, rounded down, but never 0.0 or 100.0 where that is not true.
func percentText(_ part: Int, of whole: Int) -> String {
  guard whole > 0 else { return "0.0 %" }
  let exact = Int(Double(part) / Double(whole) * 1_000)
  let tenths = part > 0 && part < whole ? min(max(exact, 1), 999) : exact
  return "\(tenths / 10).\(tenths % 10) %"
}
