import Bytes
import DNSSEC
import Findings

/// Tells findings while a live run goes on, one a line, as far as a person can follow.
///
/// JSON lines do without them: an early finding has no final id, its counts grow, and a key that comes later can turn it
/// into another one.
package struct LiveLines {
  private let sink: ByteSink, options: TextOptions
  /// Whether anything was told.
  private var isBegun = false

  /// Findings told for one window; the report at the end has all.
  static let limit = 20

  /// Lines on a sink.
  package init(_ sink: ByteSink, options: TextOptions) { (self.sink, self.options) = (sink, options) }

  /// Tells what is new: worst first, findings of severity info only when everything is told.
  package mutating func write(_ findings: [(finding: Finding, isProvisional: Bool)]) throws(OutputError) {
    guard options.detail != .counts else { return }
    let wanted = findings.filter { options.detail == .everything || $0.finding.severity > .info }
    let shown = wanted.prefix(LiveLines.limit)
    guard !shown.isEmpty else { return }
    var canvas = TextCanvas(width: options.width, color: options.color)
    for (finding, isProvisional) in shown { canvas.line(text(of: finding, isProvisional, canvas)) }
    if wanted.count > shown.count {
      canvas.line(canvas.paint("  and \(grouped(wanted.count - shown.count)) more, told at the end", .faint))
    }
    isBegun = true
    try sink.write(canvas.bytes)
  }

  /// Sets the report apart from the lines.
  package func end() throws(OutputError) {
    if isBegun { try sink.write([0x0a]) }
  }

  /// One finding: when it began, how bad it is, what it is, and where.
  private func text(of finding: Finding, _ isProvisional: Bool, _ canvas: TextCanvas) -> String {
    let time = String(decoding: finding.firstTime.rfc3339.utf8.dropFirst(11).prefix(8), as: UTF8.self)
    let place = frameList(finding.frames, total: finding.count)
    let remark = isProvisional ? canvas.paint(" (provisional)", .faint) : ""
    return "\(time)Z " + canvas.column(finding.severity.word, 8, finding.severity.style) + " "
      + canvas.paint(Printable(finding.rule.rawValue).description, .bold)
      + ": \(Printable(finding.summary)) [\(place)]" + remark
  }
}
