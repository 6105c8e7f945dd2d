import Findings

/// Writes every event as a line of JSON; `Schema/README.md` beside this folder tells each field.
package struct JSONLines: EventSink {
  /// The lines.
  private var output: JSONLineOutput

  /// Whether responses have their lines, or are in the counts of the summary only.
  package let wantsResponses: Bool

  /// A report on a sink.
  package init(_ sink: ByteSink, responses: Bool = true) {
    output = JSONLineOutput(sink)
    wantsResponses = responses
  }

  /// Writes the event's line.
  package mutating func receive(_ event: AuditEvent) throws(OutputError) {
    if case .response = event, !wantsResponses { return }
    try output.line { line in
      switch event {
      case .run(let run): line.write(run)
      case .capture(let capture): line.write(capture)
      case .response(let response): line.write(response)
      case .finding(let finding): line.write(finding)
      case .incident(let incident): line.write(incident)
      case .resolver(let resolver): line.write(resolver)
      case .zone(let zone): line.write(zone)
      case .summary(let summary): line.write(summary)
      }
    }
  }

  /// Writes the lines of judged responses.
  package mutating func receive(_ responses: JudgedResponses) throws(OutputError) {
    guard wantsResponses else { return }
    var lines = ResponseLines(responses)
    for index in responses.pass { try output.line { lines.write(index, to: &$0) } }
  }

  /// Hands on the lines so far.
  package mutating func flush() throws(OutputError) { try output.flush() }
}
