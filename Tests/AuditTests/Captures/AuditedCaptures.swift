import Findings
import TestSupport

/// The project's captures, audited.
enum AuditedCaptures {
  /// The audit of one, with its own anchor.
  static func run(_ pair: CapturePair) throws -> AuditRun {
    try AuditRun(paths: [pair.file("pcap").path()], anchors: try pair.text("anchors"))
  }

  /// A list of numbers among the facts of a finding.
  static func numbers(_ name: String, in finding: Finding) -> [Int] {
    guard case .numbers(let numbers)? = finding.evidence.first(where: { $0.name == name })?.value else {
      return []
    }
    return numbers
  }
}
