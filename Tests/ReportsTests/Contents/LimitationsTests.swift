import DNSSEC
import Findings
import Testing

@testable import Reports

@Suite("Limitations") struct LimitationsTests {
  /// What is said of events.
  private func limits(_ events: [AuditEvent], zones: Int = 10) -> [String] {
    var contents = Contents(findingLimit: 10, zoneLimit: 20)
    for event in events { contents.add(event) }
    return Limitations(contents, zones: zones, oddities: true).limits
  }

  @Test("so many indeterminate zones are named with what would close the gap, and the others are counted")
  func gaps() {
    let zones = Sample.zones(3, Verdict(.indeterminate, "ask")).map { AuditEvent.zone($0) }
    #expect(limits(zones, zones: 3) == ["z1.org.: ask", "z2.org.: ask", "z3.org.: ask"])
    #expect(
      limits(zones, zones: 2) == [
        "z1.org.: ask", "z2.org.: ask",
        "1 more zone indeterminate: under Zones stands what would close each gap.",
      ])
    #expect(
      limits(zones, zones: 0) == ["3 zones indeterminate: under Zones stands what would close each gap."])
    #expect(limits([.zone(Sample.broken), .zone(Sample.plain)]) == [])
  }

  @Test("eight zones that nobody asked signatures of are named, and the others are counted")
  func notRequested() {
    let findings = (1...9).map { number in
      var finding = Sample.unsigned
      finding.evidence = [("kind", .text("not-requested")), ("zone", .text("z\(number)."))]
      return AuditEvent.finding(finding)
    }
    let eight = "z1., z2., z3., z4., z5., z6., z7., z8."
    let rest = "asked for no signatures: the answers to them prove nothing."
    #expect(limits(Array(findings.prefix(8))) == ["Some queries for \(eight) \(rest)"])
    #expect(limits(findings) == ["Some queries for \(eight) and 1 more \(rest)"])
    var unnamed = Sample.unsigned
    unnamed.evidence = [("kind", .text("not-requested"))]
    #expect(limits([.finding(unnamed)]) == ["Some queries for 1 zone \(rest)"])
    #expect(limits([.finding(Sample.conflict)]) == [])
    unnamed.evidence = [("kind", .text("unknown"))]
    #expect(limits([.finding(unnamed)]) == [])
  }

  @Test("packets that were dropped are counted for the run, or else from the inputs that know")
  func drops() {
    var capture = Sample.capture
    (capture.quality, capture.dropped) = ([], 2)
    #expect(limits([.capture(capture)]) == ["2 packets dropped before capture."])
    #expect(limits([.capture(capture), .capture(capture)]) == ["4 packets dropped before capture."])
    var summary = Sample.summary
    summary.dropped = 5
    #expect(limits([.capture(capture), .summary(summary)]) == ["5 packets dropped before capture."])
    summary.dropped = 0
    #expect(limits([.summary(summary)]) == [])
  }
}
