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
      write(row.zone, label: label, nameWidth: nameWidth, indent: 2 * row.depth, detail: detail)
    }
    let rest = tree.leftOut.map { "\(grouped($0.count)) more \($0.security.word)" }
    if !rest.isEmpty {
      let hint = detail == .everything ? "" : " (-v shows more, --format jsonl all)"
      paragraph("  ", Printable("and " + rest.joined(separator: ", ") + hint), style: .faint)
    }
  }

  /// One zone: its name below those above it, its word, and how the chain comes to it or why it does not; that
  /// stands on lines of its own where it would not fit into the table.
  private mutating func write(
    _ zone: ZoneEvent, label: String, nameWidth: Int, indent: Int, detail: TextOptions.Detail
  ) {
    let word = zone.verdict.security.word, style = zone.verdict.security.style
    let secure = zone.verdict.security == .secure
    let text =
      (secure ? zone.chainText(algorithms: detail == .everything) : nil) ?? zone.verdict.edeText
      + zone.verdict.reason
    let name = column(label, nameWidth)
    if name.utf8.count + 19 + text.utf8.count <= width {
      line("  \(name)  \(column(word, 13, style))  \(Printable(text))")
    } else {
      line("  \(name)  \(paint(word, style))")
      paragraph(String(repeating: " ", count: indent + 6), Printable(text))
    }
    for news in TrackedKey.news(of: zone.trustPoint) {
      paragraph(String(repeating: " ", count: indent + 6), Printable(news), style: .notice)
    }
  }
}
