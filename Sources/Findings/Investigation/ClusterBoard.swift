import Bytes
import DNSWire

/// Charges on their way to incidents: found again by the responses that they accuse, and by their host.
struct ClusterBoard {
  /// In order of their first packets.
  private(set) var clusters: [IncidentBuilder.Cluster] = []
  private let investigation: Investigation
  private var caseFile: CaseFile { investigation.caseFile }
  /// Clusters by the responses that they accuse, and by host, the latest last.
  private var byRecord: [Int: Int] = [:], byHost: [IPAddress?: [Int]] = [:]

  /// The latest clusters of a host that a charge is held against: one host is attacked about some zones at a time.
  private static let looks = 64

  /// Nothing charged.
  init(_ investigation: Investigation) { self.investigation = investigation }

  /// Adds an accusing charge, in order of time; false when there is no room.
  mutating func add(_ charge: Charge, _ span: (first: Timestamp, last: Timestamp)) -> Bool {
    let host = host(of: charge), key = key(host), zone = zone(of: charge)
    let shared = charge.records.first { byRecord[$0] != nil }.flatMap { byRecord[$0] }
    let near = byHost[key]?.suffix(ClusterBoard.looks).last { place in
      let cluster = clusters[place]
      return span.first.distance(from: cluster.last) <= IncidentBuilder.pause && isSame(cluster.zone, zone)
    }
    let place: Int
    if let known = shared ?? near {
      place = known
      clusters[known].accusing.append(charge)
      clusters[known].records.formUnion(charge.records)
      clusters[known].last = max(clusters[known].last, span.last)
    } else {
      guard clusters.count < IncidentBuilder.limit else { return false }
      place = clusters.count
      clusters.append(
        IncidentBuilder.Cluster(
          accusing: [charge], host: host, zone: zone, first: span.first, last: span.last,
          records: Set(charge.records)))
      byHost[key, default: []].append(place)
    }
    for record in charge.records where byRecord[record] == nil { byRecord[record] = place }
    return true
  }

  /// Takes out the clusters of which all charges are low, and hands these back.
  mutating func removeSlight() -> [Charge] {
    let isSlight = { (cluster: IncidentBuilder.Cluster) in
      cluster.accusing.allSatisfy { $0.severity < .medium }
    }
    let slight = clusters.filter(isSlight).flatMap(\.accusing)
    clusters.removeAll(where: isSlight)
    (byRecord, byHost) = ([:], [:])
    for (place, cluster) in clusters.enumerated() {
      for record in cluster.records { byRecord[record] = place }
      byHost[key(cluster.host), default: []].append(place)
    }
    return slight
  }

  /// Adds a supporting charge to the cluster that accuses the same responses, or, where it accuses none, to one of its
  /// host, zone and time; false when there is none.
  mutating func support(_ charge: Charge) -> Bool {
    let shared = charge.records.first { byRecord[$0] != nil }.flatMap { byRecord[$0] }
    guard let place = shared ?? neighbour(of: charge) else { return false }
    clusters[place].others.append(charge)
    return true
  }

  /// The cluster of the host, zone and time of a charge without responses.
  private func neighbour(of charge: Charge) -> Int? {
    guard charge.records.isEmpty, charge.host != nil else { return nil }
    let span = span(of: charge)
    return byHost[key(charge.host)]?.suffix(ClusterBoard.looks).first { place in
      let cluster = clusters[place]
      return (charge.zone == nil || isSame(cluster.zone, charge.zone))
        && span.first.distance(from: cluster.last) <= IncidentBuilder.pause
        && cluster.first.distance(from: span.last) <= IncidentBuilder.pause
    }
  }

  /// What stands for a host: the first of its addresses.
  private func key(_ host: IPAddress?) -> IPAddress? {
    guard let host, let number = caseFile.addresses.known(host) else { return host }
    return caseFile.addresses[investigation.resolutions.root(number)]
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
    charge.zone ?? (charge.records.first ?? charge.genuine.first).flatMap(investigation.zone)
  }

  /// The times of a charge.
  func span(of charge: Charge) -> (first: Timestamp, last: Timestamp) {
    let times =
      (charge.records + charge.genuine).map(caseFile.time)
      + [charge.firstTime, charge.lastTime].compactMap { $0 }
    let start = caseFile.quality.start ?? Timestamp(nanoseconds: 0)
    return (times.min() ?? start, times.max() ?? start)
  }
}
