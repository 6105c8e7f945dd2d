import Bytes
import DNSSEC
import DNSWire
import Findings

extension TextCanvas {
  /// What was read, with what, and against which anchors.
  mutating func writeInputs(_ contents: Contents, detail: TextOptions.Detail) {
    heading("Read")
    for capture in contents.captures { write(capture) }
    if let summary = contents.summary {
      line(
        "  \(counted(summary.messages, "DNS message")): \(counted(summary.queries, "query")), "
          + "\(counted(summary.responses, "response"))")
    }
    guard detail != .counts, let run = contents.run else { return }
    paragraph(
      "  ",
      Printable("judged by \(run.tool) \(run.version), \(run.cryptoLibrary), \(anchorText(run.anchors))"))
  }

  /// One input in two or three lines.
  private mutating func write(_ capture: CaptureEvent) {
    paragraph("  ", Printable(capture.path), style: .bold)
    let size = capture.format == "live" ? "" : ", \(sizeText(capture.bytes))"
    let links = capture.linkTypes.isEmpty ? "" : ", " + capture.linkTypes.joined(separator: "+")
    var text = "\(capture.format)\(links)\(size), \(counted(capture.packets, "packet"))"
    if let sha256 = capture.sha256 { text += ", SHA-256 \(sha256.prefix(16))..." }
    paragraph("    ", Printable(text))
    if let first = capture.firstTime, let last = capture.lastTime {
      line("    \(periodText(from: first, to: last)) (\(durationText(from: first, to: last)))")
    }
  }

  /// The anchors in a few words: `anchors 20326, 38696 of the root (built-in)`.
  private func anchorText(_ anchors: [AnchorEntry]) -> String {
    guard !anchors.isEmpty else { return "no trust anchor" }
    let zones = unique(anchors.map { "\($0.zone)" }).map { zone in
      let tags = unique(anchors.filter { "\($0.zone)" == zone }.map { "\($0.keyTag)" })
      return "\(someOf(tags, limit: 4)) of \(zone == "." ? "the root" : zone)"
    }
    let sources = someOf(unique(anchors.map(\.source)), limit: 2)
    return "\(anchors.count == 1 ? "anchor" : "anchors") \(someOf(zones, limit: 3)) (\(sources))"
  }
}
