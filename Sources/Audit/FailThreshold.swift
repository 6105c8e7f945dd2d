import Findings

/// From which severity on findings make the exit status 1.
package enum FailThreshold: String, CaseIterable, Sendable {
  case none, info, low, medium, high, critical

  /// Whether a run counts as one that found something: any bogus response does, unless nothing shall.
  package func isReached(by result: AuditResult) -> Bool {
    guard self != .none else { return false }
    if result.hasBogus { return true }
    return result.worstFinding.map { $0 >= severity } ?? false
  }

  /// The severity of the same name; `none` is never asked.
  private var severity: Severity { Severity.allCases.first { $0.word == rawValue } ?? .critical }
}
