import Bytes
import DNSSEC
import DNSWire
import Findings
import Packets

/// What follows when the evidence is complete: verdicts, findings, zones, summary.
struct AuditConclusion {
  private let configuration: AuditConfiguration, collector: MessageCollector
  private let captures: [CaptureEvent], counters: [PacketCounters]

  /// Over what was collected.
  init(
    _ configuration: AuditConfiguration, _ collector: MessageCollector, _ captures: [CaptureEvent],
    _ counters: [PacketCounters]
  ) {
    (self.configuration, self.collector) = (configuration, collector)
    (self.captures, self.counters) = (captures, counters)
  }

  /// Verifies, judges, and tells `sink`.
  func conclude(_ sink: inout some EventSink, _ result: inout AuditResult) throws(OutputError) {
    let validator = Validator(anchors: configuration.anchors)
    var pass = JudgementPass(collector, at: configuration.at)
    pass.teach(validator, collector, workers: configuration.jobs)
    pass.run(validator, collector)
    let events = ResponseEvents(
      collector: collector, pass: pass, severalFiles: configuration.inputs.count > 1)
    if sink.wantsResponses {
      for index in collector.records.indices { try sink.receive(.response(events.event(index))) }
    }
    let findings = findings(events)
    for finding in findings { try sink.receive(.finding(finding)) }
    for zone in zones(validator) { try sink.receive(.zone(ZoneEvents.event(zone))) }
    let words = words(pass)
    try sink.receive(.summary(summary(words, findings, validator)))
    result.worstFinding = findings.map(\.severity).max()
    result.hasBogus = words.contains { $0.security == .bogus && $0.count > 0 }
    result.responses = collector.records.count
  }

  /// Runs the rules over all responses.
  private func findings(_ events: ResponseEvents) -> [Finding] {
    var rules = FindingCollector()
    var known = Array(repeating: false, count: events.pass.judgements.count)
    for index in collector.records.indices where events.concernsRules(index) {
      let kind = Int(events.pass.numbers[index])
      if known[kind], !collector.records[index].traits.contains(.conflicting) {
        rules.receiveAgain(events.packet(index))
      } else {
        known[kind] = true
        rules.receive(events.judged(index))
      }
    }
    return rules.findings()
  }

  /// The zones from the first to the last packet, or at the time that was asked for.
  private func zones(_ validator: Validator) -> [ZoneReport] {
    let times = collector.records.lazy.map { Timestamp(nanoseconds: $0.time).seconds }
    let first = configuration.at?.seconds ?? times.min() ?? 0,
      last = configuration.at?.seconds ?? times.max() ?? 0
    return validator.zones(from: first, to: last, store: collector.store.rrsets)
  }

  /// Responses by word, best word first.
  private func words(_ pass: JudgementPass) -> [(security: SecurityStatus, count: Int)] {
    var counts = [Int](repeating: 0, count: SecurityStatus.allCases.count)
    for index in collector.records.indices {
      counts[Int(pass.word(index).rawValue)] += 1
    }
    return SecurityStatus.allCases.map { ($0, counts[Int($0.rawValue)]) }
  }

  /// The counts of the run.
  private func summary(
    _ words: [(security: SecurityStatus, count: Int)], _ findings: [Finding], _ validator: Validator
  ) -> SummaryEvent {
    var byRule: [(rule: Rule, count: Int)] = []
    for rule in Set(findings.map(\.rule)).sorted(by: { $0.rawValue < $1.rawValue }) {
      byRule.append((rule, findings.count { $0.rule == rule }))
    }
    let drops = captures.compactMap(\.dropped)
    return SummaryEvent(
      packets: counters.reduce(0) { $0 + $1.frames }, messages: collector.messages,
      queries: collector.queries,
      responses: collector.records.count, bySecurity: words, byRule: byRule,
      uniqueRRsets: collector.store.rrsets.rrsetCount, signaturesSeen: collector.signaturesSeen,
      signaturesVerified: validator.verificationCount, dropped: drops.isEmpty ? nil : drops.reduce(0, +),
      malformed: collector.malformed, notJudged: notJudged(), oddities: oddities(validator))
  }

  /// Messages that are no unicast responses to queries.
  private func notJudged() -> [(kind: String, count: Int)] {
    var kinds = collector.notJudged.sorted.map { (kind: $0.name, count: $0.count) }
    let quoted = counters.reduce(0) { $0 + $1[fate: .icmpQuotesDNS] }
    if quoted > 0 { kinds.append(("quoted-in-icmp", quoted)) }
    return kinds
  }

  /// Everything that was odd, from the packets up to the validator.
  private func oddities(_ validator: Validator) -> [(name: String, count: Int, frames: [Int])] {
    var all = collector.oddities
    for oddity in PacketOddity.allCases {
      all.count(oddity.name, by: counters.reduce(0) { $0 + $1[oddity: oddity] })
    }
    for fate in PacketFate.allCases where fate.isLoss {
      all.count(fate.name, by: counters.reduce(0) { $0 + $1[fate: fate] })
    }
    all.count("signatures-skipped-by-limit", by: validator.skippedSignatures)
    all.count("chain-evidence-left-out-by-limit", by: validator.evidenceLeftOut)
    return all.sorted
  }
}
