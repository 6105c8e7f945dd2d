import DNSSEC
import DNSWire
import Findings

/// What a report for people knows of a run: the events, each table bounded.
struct Contents: Sendable {
  /// The first event.
  private(set) var run: RunEvent?
  /// The inputs, as many as the user named.
  private(set) var captures: [CaptureEvent] = []
  /// The findings, severe ones first.
  private(set) var findings: Foremost<Finding>
  /// How many findings have each severity.
  private(set) var severities: [Severity: Int] = [:]
  /// The incidents, grave ones first; `IncidentBuilder` bounds them.
  private(set) var incidents: [Incident] = []
  /// Zones that are bogus or indeterminate, and the others, those nearest to the root first.
  private(set) var troubledZones: Foremost<ZoneEvent>, calmZones: Foremost<ZoneEvent>
  /// How many zones have each word.
  private(set) var zoneCounts: [SecurityStatus: Int] = [:]
  /// Findings which say that signatures were not asked for.
  private(set) var notRequested: Foremost<Finding>
  /// The last event.
  private(set) var summary: SummaryEvent?

  /// Nothing yet, and how many findings and zones are kept.
  init(findingLimit: Int, zoneLimit: Int) {
    findings = Foremost(limit: findingLimit) { $0.severity > $1.severity }
    troubledZones = Foremost(limit: zoneLimit, by: Contents.isShownFirst)
    calmZones = Foremost(limit: zoneLimit, by: Contents.isShownFirst)
    notRequested = Foremost(limit: Limitations.names) { _, _ in false }
  }

  /// Takes an event; responses are counted in the summary alone.
  mutating func add(_ event: AuditEvent) {
    switch event {
    case .run(let event): run = event
    case .capture(let event): captures.append(event)
    case .response: break
    case .finding(let event): add(event)
    case .incident(let event): incidents.append(event)
    case .zone(let event): add(event)
    case .summary(let event): summary = event
    }
  }

  /// The incident of each finding that belongs to one, by id.
  var incidentOfFinding: [String: String] {
    var found: [String: String] = [:]
    for incident in incidents { for finding in incident.findings { found[finding] = incident.id } }
    return found
  }

  /// How many zones there are.
  var zoneTotal: Int { troubledZones.total + calmZones.total }

  /// Takes a finding.
  private mutating func add(_ finding: Finding) {
    findings.add(finding)
    severities[finding.severity, default: 0] += 1
    if finding.isNotRequested { notRequested.add(finding) }
  }

  /// Takes a zone.
  private mutating func add(_ zone: ZoneEvent) {
    zoneCounts[zone.verdict.security, default: 0] += 1
    if zone.verdict.security >= .indeterminate { troubledZones.add(zone) } else { calmZones.add(zone) }
  }

  /// Bogus before indeterminate, zones near the root before those below them, then canonical order.
  private static func isShownFirst(_ a: ZoneEvent, _ b: ZoneEvent) -> Bool {
    let troubled = (a.verdict.security == .bogus, b.verdict.security == .bogus)
    if troubled.0 != troubled.1 { return troubled.0 }
    let depth = (a.zone.labelCount, b.zone.labelCount)
    return depth.0 == depth.1 ? a.zone < b.zone : depth.0 < depth.1
  }
}

extension Contents {
  /// `3: 1 high, 2 info`, the worst first; `2 info`; `none`.
  var severityText: String {
    Contents.parts(findings.total, Severity.allCases.reversed().map { (severities[$0, default: 0], $0.word) })
  }

  /// `2: 1 critical, 1 medium`; `1 high`; `none`.
  var incidentText: String {
    let counts = Severity.allCases.reversed().map { severity in
      (incidents.count { $0.severity == severity }, severity.word)
    }
    return Contents.parts(incidents.count, counts)
  }

  /// `6: 1 bogus, 5 secure`, the worst first; `5 secure`; `none`.
  var zoneText: String {
    Contents.parts(
      zoneTotal, SecurityStatus.allCases.reversed().map { (zoneCounts[$0, default: 0], $0.word) })
  }

  /// A total and what it is made of.
  private static func parts(_ total: Int, _ counts: [(Int, String)]) -> String {
    let parts = counts.filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }
    if parts.count < 2 { return parts.first ?? "none" }
    return "\(grouped(total)): \(parts.joined(separator: ", "))"
  }
}

extension Finding {
  /// The zone that the rule names as evidence.
  var zoneText: String? {
    for case ("zone", .text(let zone)) in evidence { return zone }
    return nil
  }

  /// Whether this says that nobody asked for signatures.
  var isNotRequested: Bool {
    guard rule == .unsigned else { return false }
    return evidence.contains { fact in
      if case .text("not-requested") = fact.value { fact.name == "kind" } else { false }
    }
  }
}
