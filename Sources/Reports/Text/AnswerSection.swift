import DNSSEC
import Findings

extension TextCanvas {
  /// How many answers have each word, with bars; the worst word stands last, above what explains it.
  mutating func writeAnswers(_ contents: Contents) {
    guard let summary = contents.summary else { return }
    let counts = SecurityStatus.allCases.map { (word: $0, count: summary.count(of: $0)) }
    let total = counts.reduce(0) { $0 + $1.count }
    heading("Answers", total == 0 ? "none" : "")
    guard total > 0 else { return }
    let digits = max(grouped(total).utf8.count, 6)
    for (word, count) in counts {
      let number = grouped(count), percent = percentText(count, of: total)
      let bar = String(repeating: "#", count: barLength(count, of: total, room: width - digits - 29))
      line(
        "  " + column(word.word, 13, count > 0 ? word.style : nil)
          + String(repeating: " ", count: digits - number.utf8.count) + number
          + String(repeating: " ", count: max(0, 9 - percent.utf8.count)) + percent
          + (bar.isEmpty ? "" : "  " + paint(bar, word.style)))
    }
  }

  /// How many incidents and findings of each severity and zones of each word there are, for those who want no more.
  mutating func writeTotals(_ contents: Contents) {
    if !contents.incidents.isEmpty { heading("Incidents", contents.incidentText) }
    heading("Findings", contents.severityText)
    heading("Zones", contents.zoneText)
  }

  /// The length of a bar: what is there has one column at least.
  private func barLength(_ part: Int, of whole: Int, room: Int) -> Int {
    part == 0 ? 0 : max(1, Int(Double(part) / Double(whole) * Double(room)))
  }
}
