import Bytes
import DNSWire
import Packets
import Transactions

/// P8: errors to a host about queries that it never sent, port after port: what it does with them tells which port is
/// open. A true error is about a query that was sent; and no query is too big for any path.
enum IcmpProbeRule: CaseRule {
  /// Ports from which on they are probes, and the time in nanoseconds: an attacker has the seconds of one query.
  private static let ports = 10
  private static let span: Int64 = 15_000_000_000
  /// Hosts that are told of.
  private static let limit = 100

  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    var order: [IPAddress] = [], errors: [IPAddress: [ICMPError]] = [:]
    for error in caseFile.witness.icmpErrors where error.changesRoute && isAboutQuery(error) {
      let host = error.quote.destination
      if errors[host] == nil {
        guard order.count < limit else { continue }
        order.append(host)
      }
      errors[host, default: []].append(error)
    }
    return order.compactMap { host in
      let asked = portsAsked(by: host, caseFile)
      return charge(
        (errors[host] ?? []).filter { !asked.contains($0.quoted.sourcePort) }, host, investigation)
    }
  }

  /// Whether an error says that it is about a query of the host that it goes to.
  private static func isAboutQuery(_ error: ICMPError) -> Bool {
    error.quoted.source == error.quote.destination && error.quoted.destinationPort == 53
      && error.quoted.transport == .udp
  }

  /// Ports from which a host asked, as far as answers and samples of its queries show.
  private static func portsAsked(by host: IPAddress, _ caseFile: CaseFile) -> Set<UInt16> {
    var ports: Set<UInt16> = []
    if let number = caseFile.study.number(of: host) {
      ports.formUnion(caseFile.study.sample(ofClient: number).map(\.port))
    }
    guard let number = caseFile.addresses.known(host) else { return ports }
    for record in caseFile.records where record.destination == number && record.queryFrame > 0 {
      ports.insert(record.destinationPort)
    }
    return ports
  }

  /// The charge of the errors to one host about queries that nothing shows.
  private static func charge(_ errors: [ICMPError], _ host: IPAddress, _ investigation: Investigation)
    -> Charge?
  {
    let ports = NumberSet(errors.map(\.quoted.sourcePort))
    guard ports.count >= IcmpProbeRule.ports, isDense(errors), let first = errors.first,
      let last = errors.last
    else {
      return nil
    }
    let servers = Set(errors.map(\.quoted.destination)).sorted(),
      sources = Set(errors.map(\.quote.source)).sorted()
    var charge = Charge(
      .icmpProbe, .network, .accuses, .medium, .medium,
      "\(errors.count) ICMP errors to \(host) about queries from \(ports.count) ports that it never sent")
    (charge.packets, charge.host, charge.servers, charge.kind) = (
      errors.map(\.packet), host, Array(servers.prefix(FindingDraft.listLimit)), .kaminsky
    )
    (charge.zone, charge.firstTime, charge.lastTime) = (
      zone(host, near: first.time, investigation), first.time, last.time
    )
    charge.arithmetic = [(.volume, "\(ports.count) ports within 15 s")]
    charge.facts = [
      (
        "ports",
        .text(ports.range.map { "\($0.lowerBound) to \($0.upperBound), \(ports.count) different" } ?? "")
      ),
      ("senders", .texts(sources.prefix(FindingDraft.listLimit).map { "\($0)" })),
    ]
    charge.benign = ["the capture lost the queries"]
    charge.references = ["CVE-2021-20322"]
    return charge
  }

  /// Whether enough of them came in the time of a query.
  private static func isDense(_ errors: [ICMPError]) -> Bool {
    errors.indices.contains { place in
      place + ports - 1 < errors.count
        && errors[place + ports - 1].time.distance(from: errors[place].time) <= span
    }
  }

  /// The zone of guesses at the same host about that time.
  private static func zone(_ host: IPAddress, near time: Timestamp, _ investigation: Investigation) -> Name? {
    let caseFile = investigation.caseFile
    return investigation.guesswork.campaigns.first { campaign in
      caseFile.addresses[campaign.group.client] == host
        && campaign.records.contains {
          caseFile.time($0).distance(from: time).magnitude <= UInt64(IncidentBuilder.pause)
        }
    }?.group.zone
  }
}
