/// What the table has seen, and what it could not keep.
package struct TransactionCounters: Sendable, Equatable {
  /// Queries, without mirrored copies but with resends.
  package var queries = 0
  /// Queries that repeat an open one: same addresses, ports, ID and question.
  package var resends = 0
  /// Copies of query packets.
  package var mirroredQueries = 0
  /// Responses, without mirrored copies.
  package var responses = 0
  /// Copies of response packets.
  package var mirroredResponses = 0
  /// Transactions without any response that were given up.
  package var unanswered = 0
  /// Transactions without a response that were still open when the capture ended.
  package var openAtEnd = 0
  /// Groups of responses whose data conflict.
  package var conflicts = 0
  /// Transactions forgotten before their time, because there were too many.
  package var evicted = 0
  /// Responses judged before their time, because too many waited for a query.
  package var hurried = 0
  /// Further queries and answers of a transaction that were only counted, because there were too many.
  package var unkept = 0
  /// Times that the capture's clock went back by more than a transaction lasts.
  package var clockSteps = 0

  /// All zero.
  package init() {}
}
