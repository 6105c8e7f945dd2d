/// How a response fits to a query that was seen.
@usableFromInline
package enum TransactionStatus: UInt8, Sendable, CaseIterable {
  /// The first response to its query.
  case answered
  /// A further response with the same data: a retransmission or a mirrored copy.
  case duplicate
  /// A further response with other data than one before, and no query of its own.
  case conflicting
  /// A response after its query was given up.
  case late
  /// Addresses, ports and ID fit an open query; the question does not.
  case mismatched
  /// No query for it, though the capture was running long enough to show one.
  case unsolicited
  /// No query for it, and the capture may have started after it.
  case unknown

  /// The word in the output.
  package var word: String {
    switch self {
    case .answered: "answered"
    case .duplicate: "duplicate"
    case .conflicting: "conflicting"
    case .late: "late"
    case .mismatched: "mismatched"
    case .unsolicited: "unsolicited"
    case .unknown: "unknown"
    }
  }
}
