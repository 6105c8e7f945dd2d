import Bytes
import DNSSEC
import DNSWire
import Findings
import Packets

/// The counts of a run over all its parts.
struct AuditTally {
  /// Responses by word.
  private(set) var words = [Int](repeating: 0, count: SecurityStatus.allCases.count)
  /// Seconds since 1970 of the first and last response.
  private(set) var seconds: (first: Int64, last: Int64)?
  private var messages = 0, queries = 0, malformed = 0, signaturesSeen = 0, signaturesVerified = 0
  /// Distinct RRsets; one that several parts hold counts in each.
  private var uniqueRRsets = 0
  private var notJudged = KindCounts(), oddities = PacketOddities(), breaking = BreakingTable(), hashes = 0

  /// Responses judged.
  var responses: Int { words.reduce(0, +) }
  /// Whether any response is bogus.
  var hasBogus: Bool { words[Int(SecurityStatus.bogus.rawValue)] > 0 }

  /// Adds a part.
  mutating func add(_ part: JudgedPart) {
    let collector = part.collector, validator = part.validator
    let records = collector.records
    for index in records.pass(over: collector.responses) {
      let word = part.word(index)
      words[Int(word.rawValue)] += 1
      if word == .bogus, let answer = part.breaking(index) { breaking.add(answer) }
      let second = Timestamp(nanoseconds: records.time(index)).seconds
      // Zero stands for no time.
      if second == 0 { continue }
      seconds = (min(seconds?.first ?? second, second), max(seconds?.last ?? second, second))
    }
    messages += collector.counts.messages
    queries += collector.counts.queries
    malformed += collector.counts.malformed
    signaturesSeen += collector.counts.signaturesSeen
    signaturesVerified += validator.verificationCount
    hashes += validator.hashCount
    uniqueRRsets += collector.store.rrsets.rrsetCount
    notJudged.add(collector.counts.notJudged)
    oddities.add(collector.counts.oddities)
    oddities.count(.signaturesSkippedByLimit, by: validator.skippedSignatures)
    oddities.count(.chainEvidenceLeftOutByLimit, by: validator.evidenceLeftOut)
  }

  /// Counts findings that found no room.
  mutating func count(findingsLeftOut count: Int) { oddities.count(.findingsLeftOut, by: count) }

  /// The event of a run's end.
  func summary(_ findings: [Finding], _ captures: [CaptureEvent], _ counters: [PacketCounters])
    -> SummaryEvent
  {
    var byRule: [(rule: Rule, count: Int)] = []
    for rule in Set(findings.map(\.rule)).sorted(by: { $0.rawValue < $1.rawValue }) {
      byRule.append((rule, findings.count { $0.rule == rule }))
    }
    let met = oddities(of: counters)
    let drops = captures.compactMap(\.dropped)
    return SummaryEvent(
      packets: counters.reduce(0) { $0 + $1.frames }, messages: messages, queries: queries,
      responses: responses, bySecurity: SecurityStatus.allCases.map { ($0, words[Int($0.rawValue)]) },
      byRule: byRule, uniqueRRsets: uniqueRRsets, signaturesSeen: signaturesSeen,
      signaturesVerified: signaturesVerified, dropped: drops.isEmpty ? nil : drops.reduce(0, +),
      malformed: malformed, notJudged: notJudged.sorted, oddities: met.sorted,
      opaque: met.opaque, nsec3Hashes: hashes, wouldBreak: breaking.summary)
  }

  /// Everything that was odd, from the packets up to the validator.
  private func oddities(of counters: [PacketCounters]) -> PacketOddities {
    var all = oddities
    for capture in counters { all.add(capture) }
    return all
  }
}
