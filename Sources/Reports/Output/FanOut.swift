import Findings

/// Gives every event to several sinks, so that one run writes text and a page.
///
/// A sink that fails is left out from then on; its error is thrown by `flush`, or at once when no sink is left.
package struct FanOut: EventSink {
  /// The sinks that still take events.
  private var sinks: [any EventSink]
  /// The first failure.
  private var failure: OutputError?

  /// A fan-out to sinks, fed in this order.
  package init(_ sinks: [any EventSink]) { self.sinks = sinks }

  /// Whether any of the sinks wants `response` events.
  package var wantsResponses: Bool { sinks.contains { $0.wantsResponses } }

  /// Gives the event to each sink that wants it.
  package mutating func receive(_ event: AuditEvent) throws(OutputError) {
    if case .response = event {
      forEach { (sink) throws(OutputError) in if sink.wantsResponses { try sink.receive(event) } }
    } else {
      forEach { (sink) throws(OutputError) in try sink.receive(event) }
    }
    if sinks.isEmpty, let failure { throw failure }
  }

  /// Gives the responses to each sink that wants them.
  package mutating func receive(_ responses: JudgedResponses) throws(OutputError) {
    forEach { (sink) throws(OutputError) in if sink.wantsResponses { try sink.receive(responses) } }
    if sinks.isEmpty, let failure { throw failure }
  }

  /// Flushes each sink, then throws the first failure of the run.
  package mutating func flush() throws(OutputError) {
    forEach { (sink) throws(OutputError) in try sink.flush() }
    if let failure { throw failure }
  }

  /// Runs `body` on each sink and drops those that fail.
  private mutating func forEach(_ body: (inout any EventSink) throws(OutputError) -> Void) {
    var failed: [Int] = []
    for index in sinks.indices {
      do throws(OutputError) {
        try body(&sinks[index])
      } catch {
        failed.append(index)
        failure = failure ?? error
      }
    }
    for index in failed.reversed() { sinks.remove(at: index) }
  }
}
