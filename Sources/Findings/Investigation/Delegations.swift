import Bytes
import DNSWire
import Packets
import Transactions

/// What the capture says of the servers of zones: NS RRsets, addresses of the names in them, and who said so.
struct Delegations {
  /// An answer that has an RRset.
  struct Sighting {
    /// The response, and the section in which it stands.
    let record: Int, section: Section
  }

  /// NS RRsets of each zone, and address RRsets of each name in one of them, in order of first sight.
  private(set) var sets: [Name: [RRsetID]] = [:], addresses: [Name: [RRsetID]] = [:]
  /// Names in NS RRsets, by the number of the RRset.
  private(set) var targets: [RRsetID: [Name]] = [:]
  private var sightings: [RRsetID: [Sighting]] = [:]
  /// Zones that an address serves, by its number.
  private var served: [UInt32: Set<Name>] = [:]
  private let caseFile: CaseFile

  /// Sightings of one RRset that are kept, versions of one RRset and zones of one server that are looked at: a zone in
  /// motion has a few of each, and a hoster's server thousands of zones, of which a resolver asks some.
  private static let sightingLimit = 64, versionLimit = 32, servedLimit = 4_096
  /// Addresses of one name server that are looked at: a few in each of its versions.
  private static let addressLimit = 256

  /// Looks through all RRsets, and all responses that answer a query.
  init(_ caseFile: CaseFile) {
    self.caseFile = caseFile
    var concerned = Array(repeating: false, count: caseFile.store.rrsets.rrsetCount)
    gatherSets(&concerned)
    gatherAddresses(&concerned)
    guard !targets.isEmpty else { return }
    gatherSightings(concerned)
    gatherServed()
  }

  /// Answers that have an RRset.
  func sightings(of rrset: RRsetID) -> [Sighting] { sightings[rrset] ?? [] }

  /// Answers that have an RRset, but for those of resolvers, among them one host, which may repeat what they were told,
  /// and of a server that the RRset itself names.
  func independent(of rrset: RRsetID, without host: UInt32) -> [Sighting] {
    let own = Set((targets[rrset] ?? []).flatMap(serverAddresses))
    return sightings(of: rrset).filter {
      let source = caseFile.records[$0.record].source
      return source != host && !own.contains(source) && !caseFile.body($0.record).flags.ra
    }
  }

  /// Zones that a server was said to serve by others.
  func zones(servedBy server: UInt32) -> Set<Name> { served[server] ?? [] }

  /// Addresses of a name server in all versions, some of them.
  func addresses(of server: Name, limit: Int = Delegations.addressLimit) -> [[UInt8]] {
    var found: [[UInt8]] = []
    for version in addresses[server] ?? [] {
      guard found.count < limit else { break }
      found += caseFile.store.rrsets.records(of: version, limit: limit - found.count)
    }
    return found
  }

  /// Numbers of the addresses of a name server, as far as they occur as hosts.
  func serverAddresses(_ name: Name) -> [UInt32] {
    addresses(of: name).compactMap { IPAddress(bytes: $0.span).flatMap(caseFile.addresses.known) }
  }

  /// What the servers that a false NS RRset names answer to its receiver after a response with it, some of it.
  func answers(of set: RRsetID, after record: Int) -> [Int] {
    let host = caseFile.records[record].destination
    let servers = Set((targets[set] ?? []).flatMap(serverAddresses))
    guard !servers.isEmpty else { return [] }
    let later = caseFile.responses.lazy.filter { [caseFile] in
      let other = caseFile.records[$0]
      return $0 > record && other.destination == host && servers.contains(other.source)
    }
    return Array(later.prefix(Finding.frameLimit))
  }

  /// Whether a response says what a server said: it answers a query, or comes from a capture without queries.
  static func isTold(_ record: ResponseRecord) -> Bool {
    switch record.transaction {
    case .answered, .conflicting: true
    case .unknown: !record.match.contains(.clientAsks)
    case .duplicate, .late, .mismatched, .unsolicited: false
    }
  }

  /// Finds the NS RRsets.
  private mutating func gatherSets(_ concerned: inout [Bool]) {
    let store = caseFile.store.rrsets
    for number in concerned.indices {
      let id = RRsetID(rawValue: UInt32(truncatingIfNeeded: number))
      guard store.type(of: id) == .ns else { continue }
      let zone = store.owner(of: id)
      guard (sets[zone]?.count ?? 0) < Delegations.versionLimit else { continue }
      sets[zone, default: []].append(id)
      targets[id] = store.records(of: id).compactMap { Name(wire: $0) }
      concerned[number] = true
    }
  }

  /// Finds the address RRsets of the names in them.
  private mutating func gatherAddresses(_ concerned: inout [Bool]) {
    let store = caseFile.store.rrsets, names = Set(targets.values.joined())
    for number in concerned.indices {
      let id = RRsetID(rawValue: UInt32(truncatingIfNeeded: number)), type = store.type(of: id)
      guard type == .a || type == .aaaa else { continue }
      let owner = store.owner(of: id)
      guard names.contains(owner), (addresses[owner]?.count ?? 0) < Delegations.versionLimit else { continue }
      addresses[owner, default: []].append(id)
      concerned[number] = true
    }
  }

  /// Notes who said what.
  private mutating func gatherSightings(_ concerned: [Bool]) {
    var ofBody: [UInt32: [AnswerRRset]] = [:],
      isKnown = Array(repeating: false, count: caseFile.store.bodies.count)
    for (index, record) in caseFile.records.enumerated() {
      guard
        Delegations.isTold(record), !record.isDamaged, record.isSingle
      else { continue }
      if !isKnown[Int(record.body)] {
        isKnown[Int(record.body)] = true
        let found = caseFile.answer(index).rrsets.filter { concerned[Int($0.rrset.rawValue)] }
        if !found.isEmpty { ofBody[record.body] = found }
      }
      for rrset in ofBody[record.body] ?? [] {
        guard (sightings[rrset.rrset]?.count ?? 0) < Delegations.sightingLimit else { continue }
        sightings[rrset.rrset, default: []].append(Sighting(record: index, section: rrset.section))
      }
    }
  }

  /// Notes which addresses serve which zones, by the word of others than themselves and than resolvers.
  private mutating func gatherServed() {
    for (zone, versions) in sets {
      for version in versions {
        let servers = Set((targets[version] ?? []).flatMap(serverAddresses))
        let isVouchedFor = sightings(of: version).contains {
          !servers.contains(caseFile.records[$0.record].source) && !caseFile.body($0.record).flags.ra
        }
        guard isVouchedFor else { continue }
        for server in servers where (served[server]?.count ?? 0) < Delegations.servedLimit {
          served[server, default: []].insert(zone)
        }
      }
    }
  }
}
