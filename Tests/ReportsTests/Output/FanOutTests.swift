import Findings
import Reports
import Testing

/// Remembers the kinds of the events that it was given, and fails from one of them on.
private struct Recorder: EventSink {
  /// Shared between the copies of a recorder.
  final class Log {
    var entries: [String] = []
  }
  let log: Log
  let wantsResponses: Bool
  var failsAt: String?

  mutating func receive(_ event: AuditEvent) throws(OutputError) {
    let kind =
      switch event {
      case .run: "run"
      case .capture: "capture"
      case .response: "response"
      case .finding: "finding"
      case .incident: "incident"
      case .zone: "zone"
      case .summary: "summary"
      }
    if kind == failsAt { throw .failed(path: kind, errno: 28) }
    log.entries.append(kind)
  }

  mutating func flush() throws(OutputError) { log.entries.append("flush") }
}

@Suite("Fan-out") struct FanOutTests {
  private let first = Recorder.Log(), second = Recorder.Log()

  @Test("every sink gets every event in order, and responses only when it wants them")
  func order() throws {
    var fanOut = FanOut([
      Recorder(log: first, wantsResponses: true), Recorder(log: second, wantsResponses: false),
    ])
    #expect(fanOut.wantsResponses)
    for event in [.run(Sample.run), .response(Sample.secureResponse), .summary(Sample.summary)]
      as [AuditEvent]
    {
      try fanOut.receive(event)
    }
    try fanOut.flush()
    #expect(first.entries == ["run", "response", "summary", "flush"])
    #expect(second.entries == ["run", "summary", "flush"])
  }

  @Test("responses are not wanted when no sink wants them")
  func noResponses() {
    #expect(!FanOut([Recorder(log: first, wantsResponses: false)]).wantsResponses)
    #expect(!FanOut([]).wantsResponses)
  }

  @Test("a sink that fails is left out, the others go on, and the end tells of the failure")
  func failure() throws {
    var fanOut = FanOut([
      Recorder(log: first, wantsResponses: true, failsAt: "capture"),
      Recorder(log: second, wantsResponses: true),
    ])
    for event in Sample.events.prefix(3) { try fanOut.receive(event) }
    #expect(throws: OutputError.failed(path: "capture", errno: 28)) { try fanOut.flush() }
    #expect(first.entries == ["run"])
    #expect(second.entries == ["run", "capture", "response", "flush"])
  }

  @Test("the failure of the last sink is thrown at once")
  func lastSink() throws {
    var fanOut = FanOut([Recorder(log: first, wantsResponses: true, failsAt: "run")])
    #expect(throws: OutputError.failed(path: "run", errno: 28)) { try fanOut.receive(.run(Sample.run)) }
  }
}
