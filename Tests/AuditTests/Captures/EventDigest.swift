import DNSSEC
import DNSWire
import Findings
import Packets

/// An audit's events in one short line each: what is decided, without times, sizes and sentences.
enum EventDigest {
  /// The lines, fields between tabs.
  static func lines(_ events: [AuditEvent]) -> [String] {
    events.flatMap { event in
      switch event {
      case .run, .capture: [String]()
      case .response(let response): [line("response", fields(response))]
      case .finding(let finding): [line("finding", fields(finding))]
      case .incident(let incident): [line("incident", fields(incident))]
      case .resolver(let host): [line("resolver", fields(host))]
      case .zone(let zone): [line("zone", fields(zone))]
      case .summary(let summary): lines(summary)
      }
    }
  }

  /// Frame, question, code, word with EDE, transaction, and the RRSIGs by status.
  private static func fields(_ event: ResponseEvent) -> [String] {
    let question = event.question.map { "\($0.name) \($0.type.mnemonic)" } ?? "-"
    return [
      "\(event.frame)", question, event.rcode.mnemonic, word(event.verdict), event.transaction.word,
    ]
      + [counts(event.rrsets.flatMap { $0.signatures.map(\.status.word) })]
  }

  /// Rule, weight and frames.
  private static func fields(_ finding: Finding) -> [String] {
    let frames = finding.frames.map { String($0) }.joined(separator: ",")
    return [
      finding.id, finding.rule.rawValue, finding.severity.word, finding.confidence.word, "\(finding.count)",
      frames,
    ]
  }

  /// Who, how many queries, and the classes.
  private static func fields(_ host: ResolverEntropy) -> [String] {
    [
      "\(host.address)", "\(host.queries)", "ports \(host.ports.grade.rawValue)",
      "ids \(host.ids.grade.rawValue)",
      "case \(host.caseGrade.rawValue)", "cookies \(host.cookieGrade.rawValue)",
    ]
  }

  /// Kind, weight, target, what came of it, its frames, the families of its evidence, and who got what.
  private static func fields(_ incident: Incident) -> [String] {
    let families = EvidenceFamily.allCases.filter { family in
      incident.arithmetic.contains { $0.family == family }
    }
    let target = [
      incident.resolver.map { "\($0)" }, incident.name.map { "\($0)" } ?? incident.zone.map { "*.\($0)" },
    ]
    return [
      incident.id, incident.kind.rawValue, incident.severity.word, incident.confidence.word,
      target.compactMap(\.self).joined(separator: " "),
      incident.succeeded.map { $0 ? "taken" : "not taken" } ?? "open",
      "forged " + frames(incident.forged), "genuine " + frames(incident.genuine),
      "served " + frames(incident.served),
      "families " + families.map(\.rawValue).joined(),
      "poisoned "
        + incident.poisoned.map { "\($0.name) \($0.type.mnemonic) \($0.data)" }.joined(separator: ", "),
      "victims " + incident.victims.map { "\($0.client)" }.joined(separator: " "),
      "contacts \(incident.contacts.count)",
      "recovery " + (incident.recovery.map { frames([$0.packet]) } ?? "-"),
      incident.findings.joined(separator: " "),
    ]
  }

  /// Numbers of packets, a thousand of them.
  private static func frames(_ packets: [PacketID]) -> String {
    packets.prefix(1_000).map { "\($0.number)" }.joined(separator: ",")
  }

  /// Word, DS records by key tag with whether a key has the digest, and keys by tag and role.
  private static func fields(_ zone: ZoneEvent) -> [String] {
    let ds = zone.ds.map { "\($0.ds.keyTag)/\($0.ds.digestType)\($0.matches ? "" : "!")" }
    let keys = zone.dnskeys.map { "\($0.keyTag)/\($0.algorithm)/\($0.role)" }
    return [
      "\(zone.zone)", word(zone.verdict), "DS " + ds.joined(separator: " "),
      "DNSKEY " + keys.joined(separator: " "),
    ]
  }

  /// The counts, one a line.
  private static func lines(_ summary: SummaryEvent) -> [String] {
    var pairs: [(String, Int)] = [
      ("packets", summary.packets), ("messages", summary.messages), ("queries", summary.queries),
      ("responses", summary.responses), ("unique_rrsets", summary.uniqueRRsets),
      ("signatures_seen", summary.signaturesSeen), ("signatures_verified", summary.signaturesVerified),
      ("malformed", summary.malformed),
    ]
    pairs += summary.bySecurity.map { ($0.security.word, $0.count) }
    pairs += summary.notJudged.map { ($0.kind, $0.count) }
    pairs += summary.oddities.map { ($0.oddity.code, $0.count) }
    return pairs.map { line("summary", [$0.0, "\($0.1)"]) }
  }

  /// The word, with its code where it has one.
  private static func word(_ verdict: Verdict) -> String {
    verdict.security.word + (verdict.ede.map { " \($0)" } ?? "")
  }

  /// How often each text is there, in order.
  private static func counts(_ texts: [String]) -> String {
    let counts = Dictionary(texts.map { ($0, 1) }, uniquingKeysWith: +)
    return counts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
  }

  /// One line.
  private static func line(_ kind: String, _ fields: [String]) -> String {
    ([kind] + fields).joined(separator: "\t")
  }
}
