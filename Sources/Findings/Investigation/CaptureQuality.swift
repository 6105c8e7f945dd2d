import Bytes

/// What limits conclusions from what a capture does not show: the gate before every rule that reasons from absence.
package struct CaptureQuality: Sendable {
  /// Queries, and those that were given up without a response; responses, and those without a query that are no guesses.
  package var queries = 0, unanswered = 0, responses = 0, unasked = 0
  /// Queries that were still waited for when the capture ended.
  package var open = 0
  /// Packets that the capture lost, as far as it says.
  package var drops = 0
  /// When the first and the last response came.
  package var start: Timestamp?, end: Timestamp?

  /// Above this share of responses without a query packets are missing: the lab's captures that lost one packet in twenty
  /// have one in twenty, and its whole ones none but for those whose query lies before their beginning.
  private static let unaskedShare = 0.02
  /// Above this share of queries without a response something is wrong with the capture or the network.
  private static let unansweredShare = 0.1
  /// Messages below which shares say nothing.
  private static let least = 20

  /// Nothing against it.
  package init() {}

  /// From the counts.
  package init(
    queries: Int, unanswered: Int, open: Int, responses: Int, unasked: Int, drops: Int, start: Timestamp?,
    end: Timestamp?
  ) {
    (self.queries, self.unanswered, self.responses, self.unasked) = (queries, unanswered, responses, unasked)
    (self.open, self.drops, self.start, self.end) = (open, drops, start, end)
  }

  /// Whether packets are missing, so that the absence of one says little.
  package var isLossy: Bool {
    drops > 0 || Double(unasked) > CaptureQuality.unaskedShare * Double(max(responses, CaptureQuality.least))
  }

  /// Whether one direction is missing altogether.
  package var isOneWay: Bool {
    max(queries, responses) >= CaptureQuality.least && (queries == 0 || responses == 0)
  }

  /// What fails, a sentence each.
  package var limits: [String] {
    var limits: [String] = []
    if isOneWay {
      limits.append(
        queries == 0
          ? "responses without any query: one direction was captured"
          : "queries without any response: one direction was captured")
    } else if Double(unanswered) > CaptureQuality.unansweredShare * Double(max(queries, CaptureQuality.least))
    {
      limits.append("\(unanswered) of \(queries) queries have no response")
    }
    if !isOneWay, isLossy, unasked > 0 {
      limits.append("\(unasked) of \(responses) responses have no query, so that packets seem to be missing")
    }
    return limits
  }
}
