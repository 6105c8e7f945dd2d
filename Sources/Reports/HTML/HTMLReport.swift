import Findings

/// Writes one page that needs nothing else: no script, no picture, no font, nothing from a network.
///
/// The page is written with the last event; it is the same for the same events.
package struct HTMLReport: EventSink {
  /// What the events said.
  private var contents = Contents(
    findingLimit: HTMLReport.findingLimit, zoneLimit: HTMLReport.zoneLimit)
  /// Where the page goes.
  private let sink: ByteSink

  /// The most incidents, findings and zones on the page: browsers stay quick and paper stays finite with these, and
  /// JSON lines have all.
  package static let incidentLimit = 100, findingLimit = 500, zoneLimit = 1_000

  /// A report on a sink.
  package init(_ sink: ByteSink) { self.sink = sink }

  /// The page only counts responses.
  package var wantsResponses: Bool { false }

  /// Takes an event; with the last one the page is written.
  package mutating func receive(_ event: AuditEvent) throws(OutputError) {
    contents.add(event)
    guard case .summary = event else { return }
    try sink.write(Array(PageTemplates.shared().render(Page(contents)).utf8))
  }

  /// Nothing is kept back.
  package mutating func flush() throws(OutputError) {}
}
