/// What queries say of those who ask: how hard it is to guess their ports and IDs, and whether they ask twice at once.
package struct TrafficStudy: Sendable {
  /// Nothing seen.
  package init() {}

  /// Takes a query that is no mirrored copy.
  /// - Parameter twin: an open query of the same client for the same question.
  mutating func receive(_ query: Observation, twin: QueryLedger.Entry?) {}
}
