import Bytes
import DNSWire
import Packets
import Transactions

/// P4 and P5: several identical queries open at once, each of which a guess may fit; with P5 they differ in the client
/// subnet alone (RFC 7871).
enum BirthdayRule: CaseRule {
  /// Hosts and servers that are told of.
  private static let limit = 100

  /// Bursts between two hosts, with or without guesses, are one charge.
  private struct Key: Hashable {
    let burst: Rule, client: IPAddress, server: IPAddress, campaign: Int?
  }

  static func charges(_ investigation: Investigation) -> [Charge] {
    var order: [Key] = [], bursts: [Key: [TwinBurst]] = [:]
    for burst in investigation.caseFile.study.twins {
      let key = Key(
        burst: rule(burst, investigation.caseFile.store), client: burst.client, server: burst.server,
        campaign: campaign(burst, investigation))
      if bursts[key] == nil { order.append(key) }
      bursts[key, default: []].append(burst)
    }
    return order.prefix(limit).compactMap { key in charge(key, bursts[key] ?? [], investigation) }
  }

  /// Which of the two it is.
  private static func rule(_ burst: TwinBurst, _ store: ResponseStore) -> Rule {
    guard burst.ednsID != burst.otherEDNSID, burst.ednsID != Observation.none,
      burst.otherEDNSID != Observation.none,
      store.edns.subnet(burst.ednsID) != store.edns.subnet(burst.otherEDNSID)
    else { return .birthday }
    return .rebirthday
  }

  /// The attack whose guesses are about the same question.
  private static func campaign(_ burst: TwinBurst, _ investigation: Investigation) -> Int? {
    let caseFile = investigation.caseFile
    return investigation.guesswork.campaigns.firstIndex { campaign in
      caseFile.addresses[campaign.group.client] == burst.client
        && campaign.records.contains { caseFile.body($0).foldedQuestion == burst.question }
    }
  }

  /// The charge of some bursts.
  private static func charge(_ key: Key, _ bursts: [TwinBurst], _ investigation: Investigation) -> Charge? {
    guard let first = bursts.first, let last = bursts.last else { return nil }
    let caseFile = investigation.caseFile, depth = bursts.map(\.depth).max() ?? 0
    let attack = key.campaign.map { investigation.guesswork.campaigns[$0] }
    var charge = Charge(
      key.burst, attack == nil ? .weakness : .volume, attack == nil ? .stands : .supports, .low,
      attack == nil ? .low : .medium,
      "\(first.client) asks \(first.server) up to \(depth) times at once for the same\(attack == nil ? "" : ", and guesses at the answer come")"
    )
    (charge.host, charge.servers, charge.zone) = (first.client, [first.server], attack?.group.zone)
    (charge.firstTime, charge.lastTime) = (first.firstTime, last.lastTime)
    charge.packets = bursts.prefix(Finding.frameLimit / 2).flatMap {
      [PacketID(rawValue: $0.firstFrame), PacketID(rawValue: $0.lastFrame)]
    }
    charge.names = bursts.prefix(FindingDraft.listLimit).map { caseFile.question(number: $0.question).name }
    charge.facts = [("bursts", .number(bursts.count)), ("open_at_once", .number(depth))]
    charge.benign = [
      "a client that does not wait", "a load generator", "the client subnet of several clients",
    ]
    charge.references =
      key.burst == .rebirthday
      ? ["CVE-2025-5994", "CVE-2025-40776", "RFC 7871"] : ["VU#457875", "CVE-2020-25686", "RFC 5452"]
    return charge
  }
}
