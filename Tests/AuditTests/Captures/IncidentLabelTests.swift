import Findings
import Packets
import TestSupport
import Testing

/// Attacks between real servers, and honest traffic that looks like them, against what the lab knows of them.
@Suite struct IncidentLabelTests {
  @Test("every series has captures of attacks")
  func captures() { #expect(IncidentCapture.attacks.count >= 60) }

  @Test(
    "an attack is found: its kind, every forged frame, no other one, every victim, and whether it took",
    arguments: IncidentCapture.attacks)
  func attack(_ capture: IncidentCapture) throws {
    let (labels, run) = (try capture.labels(), try audit(capture))
    let kind = try #require(labels.attack)
    let kinds = run.incidents.map(\.kind.rawValue)
    #expect(kinds.contains { IncidentLabelTests.mayBeCalled(kind, $0) }, "\(kinds)")
    let accused = Set(run.incidents.flatMap { $0.forged.map(\.number) })
    #expect(labels.forged.subtracting(accused).sorted() == [], "forged and not accused")
    #expect(
      accused.subtracting(labels.forged).subtracting(labels.poisoned).sorted() == [], "accused and not forged"
    )
    #expect(Set(run.incidents.flatMap { $0.victims.map { "\($0.client)" } }) == labels.victims)
    let taken = run.incidents.compactMap(\.succeeded)
    if labels.succeeded == true { #expect(taken.contains(true)) }
    if labels.succeeded == false { #expect(!taken.contains(true)) }
  }

  @Test(
    "answers that pass forged data on are among those that were served", arguments: IncidentCapture.attacks)
  func served(_ capture: IncidentCapture) throws {
    let (labels, run) = (try capture.labels(), try audit(capture))
    let served = Set(run.incidents.flatMap { $0.served.map(\.number) })
    #expect(labels.poisoned.subtracting(served).sorted() == [])
    #expect(served.isDisjoint(with: labels.genuine))
  }

  @Test(
    "honest traffic has no incident, and no finding of medium severity or above",
    arguments: IncidentCapture.benign)
  func benign(_ capture: IncidentCapture) throws {
    let (labels, run) = (try capture.labels(), try audit(capture))
    #expect(labels.isBenign)
    #expect(run.incidents.map(\.summary) == [])
    #expect(run.findings.filter { $0.severity >= .medium }.map(\.summary) == [])
  }

  /// Whether a kind may be told by a name. A single forged answer with the right ID, port and question looks the same
  /// whether its sender guessed well or listened.
  private static func mayBeCalled(_ kind: String, _ name: String) -> Bool {
    let alike: Set<String> = [IncidentKind.race.rawValue, IncidentKind.onPathInjection.rawValue]
    return kind == name || (alike.contains(kind) && alike.contains(name))
  }

  /// The audit of a capture with the anchor of its series.
  private func audit(_ capture: IncidentCapture) throws -> AuditRun {
    try AuditRun(paths: [capture.path], anchors: try capture.anchors())
  }
}
