import Findings

extension TextCanvas {
  /// What would break if validation were on; left out when nothing would.
  mutating func writeBreakage(_ contents: Contents, limit: Int) {
    let breakage = Breakage(contents.summary, limit: limit)
    guard let headline = breakage.headline else { return }
    heading("What would break if validation were on")
    paragraph("  ", Printable(headline))
    for entry in breakage.lines {
      paragraph("  - ", Printable("\(entry.question): \(entry.clients)"))
      paragraph("    ", entry.reason, style: .faint)
    }
    let rest = (contents.summary?.wouldBreak.names ?? 0) - breakage.lines.count
    if rest > 0 { line(paint("  and \(grouped(rest)) more (--format jsonl has more)", .faint)) }
  }
}
