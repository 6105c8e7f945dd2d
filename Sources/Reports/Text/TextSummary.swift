import DNSSEC
import Findings

/// Tells a person what an audit found, on one screen: what was read, the answers by word, the zones, the
/// incidents, the findings, and what limits the conclusions.
package struct TextSummary: EventSink {
  /// What the events said.
  private var contents: Contents
  /// The text that is not handed on yet.
  private var canvas: TextCanvas
  /// How it looks.
  private let options: TextOptions
  /// Where it goes.
  private let sink: ByteSink

  /// A report on a sink.
  package init(_ sink: ByteSink, options: TextOptions) {
    (self.sink, self.options) = (sink, options)
    canvas = TextCanvas(width: options.width, color: options.color)
    let limits = options.limits
    contents = Contents(findingLimit: limits.keptFindings, zoneLimit: limits.zones)
  }

  /// Responses are told one by one only when everything is told.
  package var wantsResponses: Bool { options.detail == .everything }

  /// Takes an event; with the last one the summary is written.
  package mutating func receive(_ event: AuditEvent) throws(OutputError) {
    contents.add(event)
    switch event {
    case .response(let response) where wantsResponses: canvas.write(response)
    case .finding(let finding) where options.live: canvas.write(finding, detail: options.detail)
    case .summary: writeSummary()
    default: break
    }
    if canvas.bytes.count >= ByteSink.bufferSize { try flush() }
  }

  /// Hands on the text so far.
  package mutating func flush() throws(OutputError) {
    defer { canvas.removeAll() }
    try sink.write(canvas.bytes)
  }

  /// The sections of the summary, in their order.
  private mutating func writeSummary() {
    // No input could be read: there is nothing to tell, and messages have said why.
    if contents.captures.isEmpty, contents.summary?.packets == 0 { return }
    canvas.writeInputs(contents, detail: options.detail)
    canvas.writeAnswers(contents)
    if options.detail == .counts {
      canvas.writeTotals(contents)
      return
    }
    canvas.writeZones(contents, limit: options.limits.zones, detail: options.detail)
    canvas.writeIncidents(contents, limit: options.limits.incidents, detail: options.detail)
    canvas.writeFindings(contents, limits: options.limits, detail: options.detail, told: options.live)
    let everything = options.detail == .everything
    canvas.writeBreakage(contents, limit: everything ? 100 : 5)
    let limitations = Limitations(contents, zones: everything ? 1_000 : 0, oddities: everything)
    canvas.writeList("What limits these conclusions", limitations.limits)
    canvas.writeList("What could not be read or judged", limitations.unread)
  }
}
