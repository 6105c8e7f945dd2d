import Bytes
import DNSSEC
import Findings
import Packets

/// What follows when the evidence is complete: verdicts, findings, zones, summary. An audit of files judges everything
/// in one part; a live run that keeps its memory bounded judges part by part.
struct AuditConclusion {
  private let configuration: AuditConfiguration
  private var rules = FindingCollector(), tally = AuditTally()
  /// Parts judged so far.
  private(set) var parts = 0
  /// The trust points as far as these parts led them.
  private(set) var trustPoints: [TrustPoint]

  /// Of a run of which nothing is judged yet.
  init(_ configuration: AuditConfiguration) {
    self.configuration = configuration
    trustPoints = TrustPoint.points(of: configuration.anchors, continuing: configuration.anchorStates)
  }

  /// Judges what was collected for good, and tells `sink` of each response.
  /// - Parameters:
  ///   - signatures: those of this collector that were verified before.
  ///   - early: what was verified while it was filled.
  mutating func judge(
    _ collector: MessageCollector, signatures: VerifiedSignatures? = nil, early: EarlyVerification? = nil,
    _ sink: inout some EventSink
  ) throws(OutputError) -> JudgedPart {
    let part = JudgedPart(
      collector, configuration, trustPoints: trustPoints, signatures: signatures, early: early)
    try take(part, &sink)
    return part
  }

  /// Takes the next part, tells `sink` of its responses, and shows them to the rules.
  mutating func take(_ part: JudgedPart, _ sink: inout some EventSink) throws(OutputError) {
    parts += 1
    trustPoints = part.validator.trustPoints
    if sink.wantsResponses { try sink.receive(part.told) }
    part.show(to: &rules)
    rules.endPart()
    tally.add(part)
  }

  /// Tells `sink` of findings, zones and counts after the last part.
  mutating func conclude(
    _ last: JudgedPart, _ captures: [CaptureEvent], _ counters: [PacketCounters],
    _ sink: inout some EventSink, _ result: inout AuditResult
  ) throws(OutputError) {
    let zones = zones(last)
    for zone in zones { rules.receive(zone) }
    let (findings, incidents) = rules.results()
    for finding in findings { try sink.receive(.finding(finding)) }
    for incident in incidents { try sink.receive(.incident(incident)) }
    for host in rules.entropy { try sink.receive(.resolver(host)) }
    for zone in zones { try sink.receive(.zone(ZoneEvents.event(zone))) }
    tally.count(findingsLeftOut: rules.leftOut)
    try sink.receive(.summary(tally.summary(findings, captures, counters)))
    result.worstFinding = findings.map(\.severity).max()
    (result.hasBogus, result.responses) = (tally.hasBogus, tally.responses)
    result.signatureMemory = last.validator.memory
    result.anchorStates = TrustPoint.states(of: trustPoints, before: configuration.anchorStates)
  }

  /// The zones from the first to the last response, or at the time that was asked for.
  private func zones(_ last: JudgedPart) -> [ZoneReport] {
    let from = configuration.at?.seconds ?? tally.seconds?.first ?? 0
    let to = configuration.at?.seconds ?? tally.seconds?.last ?? 0
    let zones = last.validator.zones(from: from, to: to, store: last.collector.store.rrsets)
    return to == 0 && configuration.at == nil ? zones.map(\.withoutTime) : zones
  }
}
