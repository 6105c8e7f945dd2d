import Bytes
import DNSWire
import Packets
import Transactions

/// Answers without a query of their own to one host about one zone, without a long pause: what may be one attack.
struct StrayGroup {
  /// Number of the host's address, and the zone; nil for answers without a question.
  let client: UInt32, zone: Name?
  /// The answers that are kept, in frame order.
  var records: [Int]
  /// Those that were only counted, the packets of these as far as they are listed, and where all come from.
  var uncounted = 0, uncountedPackets: [PacketID] = [], repetitive = 0
  /// Places of their sprays.
  var sprays: [Int] = []

  /// All of them.
  var count: Int { records.count + uncounted }
}

/// Sorts stray answers by host, zone and time.
struct StraySorter {
  private let caseFile: CaseFile, zones: ZoneMap
  private var zoneOf: [UInt32: Name] = [:]
  /// Groups that are looked at: each has five answers at least, and 262,144 are kept.
  private static let limit = 16_384

  /// A sorter for a case.
  init(_ caseFile: CaseFile, _ zones: ZoneMap) { (self.caseFile, self.zones) = (caseFile, zones) }

  /// The groups that have as many answers as an attack needs, alone or with others of their zone.
  mutating func groups() -> [StrayGroup] {
    var sprayOf: [Int: Int] = [:], byClient: [UInt32: [Int]] = [:], order: [UInt32] = []
    for (place, spray) in caseFile.sprays.enumerated() {
      for record in spray.records where isWorthwhile(record) {
        let client = caseFile.records[record].destination
        if byClient[client] == nil { order.append(client) }
        byClient[client, default: []].append(record)
        sprayOf[record] = place
      }
    }
    var groups = order.flatMap { byZone($0, (byClient[$0] ?? []).sorted()) }
    for index in groups.indices {
      groups[index].sprays = Array(Set(groups[index].records.compactMap { sprayOf[$0] })).sorted()
    }
    addUncounted(&groups)
    // A host with addresses of both kinds has a group for each.
    var inZone: [Name: Int] = [:]
    for group in groups { if let zone = group.zone { inZone[zone, default: 0] += group.count } }
    let notable = groups.filter { group in
      group.count >= Spray.notable || group.zone.map { inZone[$0, default: 0] >= Spray.notable } ?? false
    }
    return Array(notable.prefix(StraySorter.limit))
  }

  /// Whether a response may be a guess: nobody guesses over TCP, and hosts drop damaged packets.
  private func isWorthwhile(_ record: Int) -> Bool {
    let response = caseFile.records[record]
    return caseFile.responses.contains(record) && response.traits.transport == .udp
      && !response.traits.contains(.damaged) && !response.match.contains(.mirrorCopy)
  }

  /// The answers to one host by zone, and by time. A zone below another one belongs to that.
  private mutating func byZone(_ client: UInt32, _ records: [Int]) -> [StrayGroup] {
    let zones = records.map { zone(of: $0) }, known = Set(zones.compactMap { $0 })
    var tops: [Name: Name] = [:]
    for zone in known { tops[zone] = top(zone, known) }
    var order: [Name?] = [], members: [Name?: [Int]] = [:]
    for (record, zone) in zip(records, zones) {
      let key = zone.flatMap { tops[$0] }
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(record)
    }
    return order.flatMap { zone in
      split(members[zone] ?? []).map { StrayGroup(client: client, zone: zone, records: $0) }
    }
  }

  /// The zone of a response's question.
  private mutating func zone(of record: Int) -> Name? {
    guard let question = caseFile.body(record).foldedQuestion else { return nil }
    if let known = zoneOf[question] { return known }
    let zone = zones.zone(of: caseFile.store.questions[question].name)
    zoneOf[question] = zone
    return zone
  }

  /// The uppermost of some zones that another one is in.
  private func top(_ zone: Name, _ known: Set<Name>) -> Name {
    var found = zone, next = zone.parent
    while let candidate = next, candidate.labelCount >= 2 {
      if known.contains(candidate) { found = candidate }
      next = candidate.parent
    }
    return found
  }

  /// Parts without a long pause.
  private func split(_ records: [Int]) -> [[Int]] {
    var parts: [[Int]] = [], last = Timestamp(nanoseconds: 0)
    for record in records {
      let time = caseFile.time(record)
      if parts.isEmpty || time.distance(from: last) > IncidentBuilder.pause { parts.append([]) }
      parts[parts.count - 1].append(record)
      last = time
    }
    return parts
  }

  /// Gives what was only counted to the group that has most of its spray, or makes a group of it.
  private func addUncounted(_ groups: inout [StrayGroup]) {
    for (place, spray) in caseFile.sprays.enumerated() where spray.diverted > 0 {
      guard let client = caseFile.addresses.known(spray.client) else { continue }
      var best = groups.indices.filter { groups[$0].sprays.contains(place) }
        .max { (groups[$0].records.count, $1) < (groups[$1].records.count, $0) }
      if best == nil {
        groups.append(StrayGroup(client: client, zone: nil, records: [], sprays: [place]))
        best = groups.count - 1
      }
      guard let best else { continue }
      let kept = Set(spray.records.map(caseFile.packet))
      groups[best].uncounted += spray.diverted
      groups[best].repetitive += spray.repetitive
      groups[best].uncountedPackets += spray.packets.filter { !kept.contains($0) }
    }
  }
}
