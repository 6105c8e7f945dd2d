import Bytes
import DNSWire
import Packets
import Transactions

/// Turns an attack by guessing into a charge, with what was tried, how fast and with which odds.
struct CampaignCharge {
  private let campaign: Campaign, investigation: Investigation
  private var caseFile: CaseFile { investigation.caseFile }
  private var sprays: [Spray] { campaign.group.sprays.map { caseFile.sprays[$0] } }

  /// Of a campaign.
  init(_ campaign: Campaign, _ investigation: Investigation) {
    (self.campaign, self.investigation) = (campaign, investigation)
  }

  /// The charge of a rule.
  /// - Parameter what: what was done, in words behind the number of packets.
  func charge(_ rule: Rule, _ family: EvidenceFamily, _ kind: IncidentKind, _ what: String) -> Charge {
    let host = caseFile.addresses[campaign.group.client], hits = campaign.hits.count
    let about = zone.map { " about \($0)" } ?? "", end = hits == 0 ? "" : "; \(counted(hits, "answer")) hit"
    var charge = Charge(
      rule, family, .accuses, hits == 0 ? .medium : .high, hits == 0 ? .medium : .high,
      "\(counted(campaign.count + hits, "answer")) \(what) to \(host)\(about)\(end)")
    (charge.kind, charge.host, charge.zone, charge.servers) = (kind, host, zone, servers)
    charge.records = (campaign.records + campaign.hits).sorted()
    (charge.packets, charge.genuine) = (campaign.group.uncountedPackets, campaign.genuine)
    (charge.count, charge.hasHit) = (campaign.count + hits, hits > 0)
    (charge.firstTime, charge.lastTime) = (times.first, times.last)
    charge.arithmetic = campaign.reasons
    if hits > 0 {
      let frames = campaign.hits.prefix(10).map { "\(caseFile.packet($0).number)" }.joined(separator: ", ")
      charge.arithmetic.append(
        (.volume, "the answer in frame \(frames) has the right ID and says what the guesses say"))
    }
    charge.facts = facts
    return charge
  }

  /// The zone: the names' own one, or what they have in common.
  private var zone: Name? { campaign.group.zone }

  /// Who seems to have sent the guesses.
  private var servers: [IPAddress] {
    var servers = sprays.compactMap(\.server)
    for record in campaign.records.prefix(1_024) where !servers.contains(caseFile.server(record)) {
      guard servers.count < FindingDraft.listLimit else { break }
      servers.append(caseFile.server(record))
    }
    return servers
  }

  /// First and last guess; a spray may hold answers about other zones, so that its times count only for what is not kept.
  private var times: (first: Timestamp?, last: Timestamp?) {
    let kept = [campaign.records.first, campaign.records.last].compactMap { $0 }.map(caseFile.time)
    let all = kept + (campaign.group.uncounted > 0 ? sprays.flatMap { [$0.firstTime, $0.lastTime] } : [])
    return (all.min(), all.max())
  }

  /// What was tried, how fast, and with which odds.
  private var facts: [(name: String, value: EvidenceValue)] {
    var ids = NumberSet(), ports = NumberSet()
    if campaign.group.uncounted > 0 {
      for spray in sprays {
        ids.formUnion(spray.ids)
        ports.formUnion(spray.ports)
      }
    }
    for record in campaign.records {
      ids.insert(caseFile.records[record].id)
      ports.insert(caseFile.records[record].destinationPort)
    }
    let questions = Set(campaign.records.compactMap { caseFile.body($0).foldedQuestion })
    let forging = GuessingOdds(campaign, investigation, ports: ports.count)
    var facts: [(name: String, value: EvidenceValue)] = [
      ("guesses", .number(campaign.count)), ("hits", .number(campaign.hits.count)),
      ("outcome", .text(campaign.hits.isEmpty ? "miss" : "hit")), ("questions", .number(questions.count)),
      ("tried_ids", .text(range(ids))), ("id_order", .text(order)), ("tried_ports", .text(range(ports))),
      ("ports_to_cover", .number(forging.ports)), ("odds", .text(forging.text)),
    ]
    let refusals =
      campaign.aim == .ids ? 0 : caseFile.witness.refusals(of: caseFile.addresses[campaign.group.client])
    if refusals > 0 { facts.append(("icmp_port_unreachable", .number(refusals))) }
    if let rate { facts.append(("rate_per_second", .number(rate))) }
    if campaign.group.uncounted > 0 { facts.append(("only_counted", .number(campaign.group.uncounted))) }
    let queries = Set((campaign.genuine + campaign.hits).map { Int(caseFile.records[$0].queryFrame) })
      .subtracting([0])
    if !queries.isEmpty {
      facts.append(("attacked_query_frames", .numbers(Array(queries.sorted().prefix(100)))))
    }
    if let entropy = forging.entropy { facts.append(("entropy_of_host", .texts(entropy.texts))) }
    return facts
  }

  /// Lowest and highest of some numbers, and how many.
  private func range(_ numbers: NumberSet) -> String {
    guard let range = numbers.range else { return "none" }
    return "\(range.lowerBound) to \(range.upperBound), \(numbers.count) different"
  }

  /// In which order IDs were tried.
  private var order: String {
    let steps = max(1, sprays.reduce(0) { $0 + $1.count - 1 })
    if sprays.reduce(0, { $0 + $1.ascending }) * 2 > steps { return "counting up" }
    if sprays.reduce(0, { $0 + $1.descending }) * 2 > steps { return "counting down" }
    if sprays.reduce(0, { $0 + $1.sameID }) * 2 > steps { return "one ID" }
    return "random"
  }

  /// Guesses each second, when they took a millisecond at least.
  private var rate: Int? {
    guard let first = times.first, let last = times.last else { return nil }
    let duration = last.distance(from: first)
    guard duration >= 1_000_000 else { return nil }
    return Int((Double(campaign.count) * 1e9 / Double(duration)).rounded())
  }
}
