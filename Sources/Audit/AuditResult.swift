import Capture
import DNSSEC
import Findings

/// How a run went, as far as the exit status and people at the terminal need to know.
package struct AuditResult: Sendable {
  /// The worst severity among the findings; nil without findings.
  package var worstFinding: Severity?
  /// Whether any response is bogus.
  package var hasBogus = false
  /// What could not be read at all, what was cut short or damaged, and what else is to know: sentences.
  package var unreadable: [String] = [], damaged: [String] = [], warnings: [String] = []
  /// What is wrong with the filter: a sentence. Then nothing was read.
  package var wrongFilter: String?
  /// What is known of trust points at the end, for the next run; nil when nothing was judged.
  package var anchorStates: [TrustPoint]?
  /// What is known of valid signatures at the end, for the next run; nil when nothing is to be remembered.
  package var signatureMemory: SignatureMemory?
  /// Packets read.
  package var packets = 0
  /// Responses judged.
  package var responses = 0
}
