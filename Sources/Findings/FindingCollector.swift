import Bytes
import DNSSEC
import DNSWire

/// Runs every rule over the judged responses and numbers what they find.
@usableFromInline
package struct FindingCollector {
  private var rules: [any FindingRule] = [
    BogusRule(), StrippedRule(), UnsignedRule(), FailedSignatureRule(),
    KeyTrapRule(), NSEC3WorkRule(), ADLiesRule(), ContradictsSecureRule(), AnchorTroubleRule(),
    WeakCryptoRule(),
  ]
  /// For every kind of response the rules that take further packets of it, a bit each, and the highest bit where one was
  /// received; 0 before.
  @usableFromInline var takers: [UInt16] = []
  /// Set for a kind of which one was received. There are fewer rules than bits below it.
  @usableFromInline static var wasReceived: UInt16 { 1 << 15 }

  /// What the rules found that look at a whole part of a run: incidents with the places of their findings.
  private var investigated: [Finding] = [], incidents: [(incident: Incident, findings: Range<Int>)] = []
  /// How hard hosts make it to guess, the busiest first; of a host in several parts the one with most queries.
  private var hosts: [ResolverEntropy] = []
  /// The most findings of all such rules together.
  private static let investigatedLimit = 20_000
  /// The most findings of one incident, and the fewest that it may have.
  private static let mostFindings = 500, leastFindings = 4
  /// Findings of such rules, of no incident, that found no room.
  package private(set) var leftOut = 0

  /// All rules, nothing found yet.
  package init() {}

  /// Takes the next response, in frame order.
  package mutating func receive(_ response: JudgedResponse) {
    passOver(response.kind)
    for index in rules.indices where rules[index].receive(response) {
      takers[response.kind] |= 1 << UInt16(index)
    }
  }

  /// Takes no response of a kind: it concerns no rule.
  package mutating func passOver(_ kind: Int) {
    if takers.count <= kind { takers += repeatElement(0, count: kind + 1 - takers.count) }
    takers[kind] |= FindingCollector.wasReceived
  }

  /// What is to be done with the next response of a kind.
  @usableFromInline
  package enum Interest {
    /// None was received or passed over yet.
    case new
    /// Some rule takes further packets.
    case takesMore
    /// None does.
    case none
  }

  /// What is to be done with the next response of a kind.
  @inlinable @inline(__always)
  package func interest(in kind: Int) -> Interest {
    guard kind < takers.count, takers[kind] != 0 else { return .new }
    return takers[kind] == FindingCollector.wasReceived ? .none : .takesMore
  }

  /// Whether a kind of response can tell any rule anything: most are secure and claim no more, and cost nothing.
  /// - Parameter wantsAD: whether their queries asked a resolver for its word.
  package static func concerns(_ judgement: ResponseJudgement, _ flags: HeaderFlags, wantsAD: Bool) -> Bool {
    if judgement.verdict.security != .secure || judgement.work != nil { return true }
    if !judgement.weakLinks.isEmpty { return true }
    // With AD it shows that this resolver sets it; without, that it does not.
    return flags.ra && (flags.ad || wantsAD)
  }

  /// Takes a further packet of a kind that was received, outside of conflicts.
  package mutating func receiveAgain(_ packet: JudgedPacket) {
    var left = takers[packet.kind] & ~FindingCollector.wasReceived
    while left != 0 {
      rules[left.trailingZeroBitCount].receiveAgain(packet)
      left &= left &- 1
    }
  }

  /// Takes the chain of trust of a zone, after the last response.
  package mutating func receive(_ zone: ZoneReport) {
    for index in rules.indices { rules[index].receive(zone) }
  }

  /// Takes what was found in a part of the run by looking at all of its responses.
  package mutating func receive(_ part: Investigated) {
    take(part.entropy)
    // An incident is always told; of its findings, worst first, as many as there is room for, and some in any case.
    for (known, all) in part.incidents.sorted(by: { $1.incident.severity < $0.incident.severity }) {
      let room = max(FindingCollector.leastFindings, FindingCollector.investigatedLimit - investigated.count)
      let findings = all.sorted(by: FindingCollector.precedes).prefix(
        min(room, FindingCollector.mostFindings))
      var incident = known
      if findings.count < all.count {
        incident.facts.append(("findings_left_out", .number(all.count - findings.count)))
      }
      incidents.append((incident, investigated.count..<investigated.count + findings.count))
      investigated += findings
    }
    let room = max(0, FindingCollector.investigatedLimit - investigated.count)
    let ordered = part.findings.sorted(by: FindingCollector.precedes)
    investigated += ordered.prefix(room)
    leftOut += max(0, ordered.count - room)
  }

  /// Takes what a part shows of how hosts draw ports and IDs.
  private mutating func take(_ entropy: [ResolverEntropy]) {
    var byAddress: [IPAddress: ResolverEntropy] = [:]
    for host in hosts + entropy where host.queries > byAddress[host.address]?.queries ?? 0 {
      byAddress[host.address] = host
    }
    let ordered = byAddress.values.sorted { ($1.queries, $0.address) < ($0.queries, $1.address) }
    hosts = Array(ordered.prefix(ResolverEntropy.limit))
  }

  /// How hard hosts make it to guess which answers they would take, the busiest first.
  package var entropy: [ResolverEntropy] { hosts }

  /// Ends a part of the run: what follows has kinds of its own.
  package mutating func endPart() {
    takers = []
    for index in rules.indices { rules[index].endPart() }
  }

  /// The findings, worst first, then by first frame; ids follow that order. The incidents in the same order, with the
  /// ids of their findings.
  package func results() -> (findings: [Finding], incidents: [Incident]) {
    let ties = IncidentTies(incidents.map(\.incident))
    var all: [(finding: Finding, place: Int?, incidents: [Int])] = []
    for (place, finding) in investigated.enumerated() { all.append((finding, place, [])) }
    for (finding, incidents) in rules.flatMap({ $0.findings() }).map(ties.tied) {
      all.append((finding, nil, incidents))
    }
    all.sort { FindingCollector.precedes($0.finding, $1.finding) }
    var ids = Array(repeating: "", count: investigated.count), further = incidents.map { _ in [String]() }
    for index in all.indices {
      all[index].finding.id = "F\(index + 1)"
      if let place = all[index].place { ids[place] = all[index].finding.id }
      for incident in all[index].incidents { further[incident].append(all[index].finding.id) }
    }
    var told = zip(incidents, further).map { known, further in
      var incident = known.incident
      incident.findings = (ids[known.findings] + further).sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
      return incident
    }
    told.sort {
      ($1.severity.rawValue, $0.firstTime, $0.summary) < ($0.severity.rawValue, $1.firstTime, $1.summary)
    }
    for index in told.indices { told[index].id = "I\(index + 1)" }
    return (all.map(\.finding), told)
  }

  /// The order of findings.
  private static func precedes(_ a: Finding, _ b: Finding) -> Bool {
    (b.severity.rawValue, a.firstFrame, a.rule.rawValue, a.summary) < (
      a.severity.rawValue, b.firstFrame, b.rule.rawValue, b.summary
    )
  }
}
