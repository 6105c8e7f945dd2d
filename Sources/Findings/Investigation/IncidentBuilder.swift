import Bytes
import DNSWire
import Packets

/// Puts charges together to incidents, weighs them, follows what came of them, and makes findings of all charges.
struct IncidentBuilder {
  private let investigation: Investigation
  private var caseFile: CaseFile { investigation.caseFile }

  /// Charges of one host and zone belong together across pauses of up to so many nanoseconds: a resolver that is asked
  /// for the same name again asks upstream again after a minute or so.
  static let pause: Int64 = 60_000_000_000
  /// Incidents of a part of a run; further charges are findings alone.
  static let limit = 1_000

  /// Charges that belong together.
  struct Cluster {
    var accusing: [Charge] = [], others: [Charge] = []
    var host: IPAddress?, zone: Name?
    var first: Timestamp, last: Timestamp
    var records: Set<Int> = []

    /// All of them.
    var charges: [Charge] { accusing + others }
  }

  /// A builder with the evidence of an investigation.
  init(_ investigation: Investigation) { self.investigation = investigation }

  /// The incidents with their findings, and the findings that belong to none.
  func build(_ charges: [Charge]) -> (
    incidents: [(incident: Incident, findings: [Finding])], findings: [Finding]
  ) {
    var (clusters, rest) = clusters(charges.filter { $0.standing == .accuses })
    for charge in charges where charge.standing == .supports {
      if let place = place(of: charge, in: clusters) {
        clusters[place].others.append(charge)
      } else {
        rest.append(charge)
      }
    }
    rest += charges.filter { $0.standing == .stands }
    let aftermath = Aftermath(investigation, clusters)
    var incidents: [(incident: Incident, findings: [Finding])] = []
    for (cluster, outcome) in zip(clusters, aftermath.outcomes) {
      let verdict = IncidentVerdict(cluster, outcome, investigation)
      incidents.append((verdict.incident, verdict.findings))
    }
    return (incidents, rest.map { FindingMaker(investigation).finding($0, $0.severity, $0.confidence) })
  }

  /// Accusing charges by host, zone and time; those that are low on their own make no incident.
  private func clusters(_ charges: [Charge]) -> ([Cluster], [Charge]) {
    var clusters: [Cluster] = [], rest: [Charge] = []
    let ordered = charges.map { ($0, span(of: $0)) }.sorted { $0.1.first < $1.1.first }
    for (charge, span) in ordered {
      let host = host(of: charge), zone = zone(of: charge)
      let known = clusters.lastIndex { cluster in
        let shares = !cluster.records.isDisjoint(with: charge.records)
        let isNear = span.first.distance(from: cluster.last) <= IncidentBuilder.pause
        return shares || (isSameHost(cluster.host, host) && isNear && isSame(cluster.zone, zone))
      }
      if let known {
        clusters[known].accusing.append(charge)
        clusters[known].records.formUnion(charge.records)
        clusters[known].last = max(clusters[known].last, span.last)
      } else if clusters.count < IncidentBuilder.limit {
        clusters.append(
          Cluster(
            accusing: [charge], host: host, zone: zone, first: span.first, last: span.last,
            records: Set(charge.records)))
      } else {
        rest.append(charge)
      }
    }
    // What is low by itself and has nothing beside it is no incident.
    for cluster in clusters where IncidentBuilder.isSlight(cluster) { rest += cluster.accusing }
    return (clusters.filter { !IncidentBuilder.isSlight($0) }, rest)
  }

  /// Whether all charges are low.
  private static func isSlight(_ cluster: Cluster) -> Bool {
    cluster.accusing.allSatisfy { $0.severity < .medium }
  }

  /// The cluster that a supporting charge belongs to: one that accuses the same responses.
  private func place(of charge: Charge, in clusters: [Cluster]) -> Int? {
    clusters.firstIndex { !$0.records.isDisjoint(with: charge.records) }
      ?? (charge.records.isEmpty && charge.host != nil
        ? clusters.firstIndex { cluster in
          isSameHost(cluster.host, charge.host) && (charge.zone == nil || isSame(cluster.zone, charge.zone))
            && span(of: charge).first.distance(from: cluster.last) <= IncidentBuilder.pause
            && cluster.first.distance(from: span(of: charge).last) <= IncidentBuilder.pause
        } : nil)
  }

  /// Whether two addresses are of one host.
  private func isSameHost(_ a: IPAddress?, _ b: IPAddress?) -> Bool {
    if a == b { return true }
    guard let first = a.flatMap(caseFile.addresses.known), let second = b.flatMap(caseFile.addresses.known)
    else {
      return false
    }
    return investigation.resolutions.isSameHost(first, second)
  }

  /// Whether two zones are one, or one is inside the other.
  private func isSame(_ a: Name?, _ b: Name?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return a.isSubdomain(of: b) || b.isSubdomain(of: a)
  }

  /// The host that a charge is about.
  private func host(of charge: Charge) -> IPAddress? {
    charge.host ?? charge.records.first.map(caseFile.client) ?? charge.genuine.first.map(caseFile.client)
  }

  /// The zone that a charge is about.
  private func zone(of charge: Charge) -> Name? {
    charge.zone ?? (charge.records + charge.genuine).first.flatMap(investigation.zone)
  }

  /// The times of a charge.
  private func span(of charge: Charge) -> (first: Timestamp, last: Timestamp) {
    let times =
      (charge.records + charge.genuine).map(caseFile.time)
      + [charge.firstTime, charge.lastTime].compactMap { $0 }
    let start = caseFile.quality.start ?? Timestamp(nanoseconds: 0)
    return (times.min() ?? start, times.max() ?? start)
  }
}

extension Timestamp {
  /// Nanoseconds from an earlier time to this one, negative when that is later; clamped.
  func distance(from earlier: Timestamp) -> Int64 {
    let (difference, overflow) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
    guard overflow else { return difference }
    return nanoseconds < 0 ? .min : .max
  }
}
