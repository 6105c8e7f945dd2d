import Findings

/// What is known when a window closes: told to people at once, and again at the end, when it is certain.
package struct LiveWindow: Sendable {
  /// Findings that no window before had, worst first, and whether they rest on something that was not seen yet.
  package let findings: [(finding: Finding, isProvisional: Bool)]
  /// Packets and responses so far, and packets that were lost.
  package let packets: Int, responses: Int, dropped: Int

  /// From the fields.
  init(findings: [Finding], packets: Int, responses: Int, dropped: Int) {
    self.findings = findings.map { ($0, LiveWindow.isProvisional($0)) }
    (self.packets, self.responses, self.dropped) = (packets, responses, dropped)
  }

  /// Whether a key, DS record or denial that comes later may turn a finding into another one.
  private static func isProvisional(_ finding: Finding) -> Bool {
    switch finding.rule {
    case .unsigned:
      finding.evidence.contains { if case .text("unknown") = $0.value { $0.name == "kind" } else { false } }
    case .bogus:
      finding.evidence.contains { if case .number(9) = $0.value { $0.name == "ede" } else { false } }
    default: finding.confidence != .confirmed
    }
  }
}

/// Tells findings that are new from those that were told before.
struct ToldFindings {
  private var identities: Set<Identity> = []
  private let limit: Int

  /// Nothing told yet.
  init(limit: Int) { self.limit = limit }

  /// What makes a finding the same one although its counts and its sentence have changed: its rule, and the zone, kind
  /// and cause that it is about; where it began, when it is about none.
  private struct Identity: Hashable {
    let rule: Rule, facts: [String], firstFrame: Int?

    /// The identity of a finding.
    init(_ finding: Finding) {
      rule = finding.rule
      facts = finding.evidence.filter { ["zone", "kind", "ede", "resolver", "name"].contains($0.name) }.map {
        "\($0.value)"
      }
      firstFrame = facts.isEmpty ? finding.firstFrame : nil
    }
  }

  /// The findings that were not told before; they are from now on.
  mutating func new(in findings: [Finding]) -> [Finding] {
    findings.filter { identities.count < limit && identities.insert(Identity($0)).inserted }
  }
}
