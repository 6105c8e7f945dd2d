import Audit
import DNSSEC
import Findings
import Foundation
import TestSupport

/// Keeps the events of an audit.
struct CollectingSink: EventSink {
  /// The events so far.
  private(set) var events: [AuditEvent] = []

  var wantsResponses: Bool { true }

  mutating func receive(_ event: AuditEvent) { events.append(event) }

  func flush() {}
}

/// An audit that has run in this process, and what it said.
struct AuditRun {
  /// All events, in order.
  let events: [AuditEvent]
  /// How the run went.
  let result: AuditResult

  /// Audits captures; `anchors` in zone-file form.
  init(
    _ captures: [[UInt8]], anchors: String, _ configure: (inout AuditConfiguration) -> Void = { _ in }
  ) throws {
    let folder = try TemporaryFolder()
    let paths = try captures.enumerated().map { index, bytes in
      try folder.write(Data(bytes), to: "\(index).pcap").path()
    }
    try self.init(paths: paths, anchors: anchors, configure)
  }

  /// Audits files.
  init(paths: [String], anchors: String, _ configure: (inout AuditConfiguration) -> Void = { _ in }) throws {
    var configuration = AuditConfiguration(
      inputs: paths, anchors: try AnchorFile.parse(anchors, source: "anchors"))
    configure(&configuration)
    var sink = CollectingSink(), pipeline = AuditPipeline(configuration)
    result = try pipeline.run(&sink) { _ in }
    events = sink.events
  }

  /// The responses.
  var responses: [ResponseEvent] {
    events.compactMap { if case .response(let event) = $0 { event } else { nil } }
  }

  /// The word on each response by its frame.
  var words: [Int: SecurityStatus] {
    Dictionary(responses.map { ($0.frame, $0.verdict.security) }) { first, _ in first }
  }

  /// The findings.
  var findings: [Finding] { events.compactMap { if case .finding(let event) = $0 { event } else { nil } } }

  /// The incidents.
  var incidents: [Incident] { events.compactMap { if case .incident(let event) = $0 { event } else { nil } } }

  /// The counts at the end; the test stops without them.
  var summary: SummaryEvent {
    guard case .summary(let event)? = events.last else { preconditionFailure("the last event is no summary") }
    return event
  }
}
