import DNSSEC
import DNSWire
import Findings

extension TextCanvas {
  /// The zones as a tree, with the link that leads to each one.
  mutating func writeZones(_ contents: Contents, limit: Int, detail: TextOptions.Detail) {
    heading("Zones", contents.zoneText)
    let tree = ZoneTree(contents, limit: limit)
    let labels = tree.rows.map { String(repeating: " ", count: 2 * $0.depth) + "\($0.zone.zone)" }
    let longest = labels.map(\.utf8.count).max() ?? 0
    let nameWidth = min(longest, width / 3)
    for (row, label) in zip(tree.rows, labels) {
      write(row.zone, label: label, nameWidth: nameWidth, detail: detail)
    }
    let rest = tree.leftOut.map { "\(grouped($0.count)) more \($0.security.word)" }
    if !rest.isEmpty {
      let hint = detail == .everything ? "" : " (-v shows more, --format jsonl all)"
      paragraph("  ", Printable("and " + rest.joined(separator: ", ") + hint), style: .faint)
    }
  }

  /// One zone: its name below those above it, its word, and how the chain comes to it or why it does not.
  private mutating func write(_ zone: ZoneEvent, label: String, nameWidth: Int, detail: TextOptions.Detail) {
    let word = zone.verdict.security.word, style = zone.verdict.security.style
    let secure = zone.verdict.security == .secure
    let text =
      (secure ? zone.chainText(algorithms: detail == .everything) : nil) ?? zone.verdict.edeText
      + zone.verdict.reason
    if label.utf8.count > nameWidth { line("  " + label) }
    let name = column(label.utf8.count > nameWidth ? "" : label, nameWidth)
    paragraph(
      "  \(name)  \(column(word, 13, style))  ", firstWidth: nameWidth + 19, Printable(text))
  }
}
