import DNSSEC
import Findings
import TestSupport
import Testing

@testable import Audit

/// A live run against an audit of the same packets.
@Suite struct LiveWindowTests {
  @Test("windows that close during a run change nothing in the events of its end", arguments: CapturePair.all)
  func sameEvents(_ pair: CapturePair) throws {
    let audit = try AuditedCaptures.run(pair), live = try LiveRun(pair, packetsPerWindow: 10)
    #expect(live.windows.count >= 5)
    #expect(live.earlyParts == 0)
    let (expected, found) = (audit.events.filter(isResult), live.events.filter(isResult))
    try #require(expected.count == found.count)
    for (a, b) in zip(expected, found) { #expect("\(a)" == "\(b)") }
  }

  @Test("a finding is told when it shows first, and not again when it grows")
  func toldOnce() throws {
    let live = try LiveRun(CapturePair(name: "spoofed"), packetsPerWindow: 10)
    let conflicts = live.windows.flatMap { $0 }.filter { $0.rule == .conflictingAnswer }
    let final = try AuditedCaptures.run(CapturePair(name: "spoofed")).findings.filter {
      $0.rule == .conflictingAnswer
    }
    #expect(!conflicts.isEmpty)
    #expect(Set(conflicts.map(\.firstFrame)).count == conflicts.count)
    #expect(Set(conflicts.map(\.firstFrame)).isSubset(of: final.map(\.firstFrame)))
    let bogus = try LiveRun(CapturePair(name: "broken"), packetsPerWindow: 10).windows.flatMap { $0 }
    let identities = bogus.filter { $0.rule == .bogus }.map { finding in
      finding.evidence.filter { $0.name != "reason" }.map { "\($0)" }
    }
    #expect(!identities.isEmpty)
    #expect(Set(identities).count == identities.count)
  }

  @Test("no more findings are told early than the limit says", arguments: [1, 2])
  func tellingLimit(_ limit: Int) throws {
    var limits = LiveLimits()
    limits.toldFindings = limit
    let live = try LiveRun(CapturePair(name: "broken"), packetsPerWindow: 10, limits: limits)
    #expect(live.windows.flatMap { $0 }.count == limit)
  }

  /// Whether an event says what was found, not how it was read.
  private func isResult(_ event: AuditEvent) -> Bool {
    switch event {
    case .run, .capture: false
    case .response, .finding, .incident, .resolver, .zone, .summary: true
    }
  }
}
