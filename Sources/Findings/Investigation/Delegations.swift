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

  /// The RRsets, and who said them.
  private let book: ServerBook
  private var log: SightingLog
  /// Servers, and zones that others say they serve.
  private var served = PairTable()
  private let traffic: Traffic
  /// Zones of one server that are looked at: a hoster's server has thousands, of which a resolver asks some.
  private static let servedLimit = 4_096

  /// Looks through all RRsets.
  init(_ traffic: Traffic) {
    self.traffic = traffic
    book = ServerBook(traffic)
    log = SightingLog(bodies: book.isEmpty ? 0 : traffic.facts.count, slots: book.count)
  }

  /// Takes a response.
  @inline(__always)
  mutating func see(_ index: Int, _ record: ResponseRecord) {
    guard log.takesMore(of: record.body), !record.isDamaged, record.isSingle, Delegations.isTold(record)
    else {
      return
    }
    if log.isNew(record.body) { log.enter(record.body, book.held(by: record.body, traffic)) }
    log.add(index, body: record.body)
  }

  /// After the last response: notes which addresses serve which zones, by the word of others than themselves and than
  /// resolvers.
  mutating func finish() {
    var counts = Array(repeating: UInt16(0), count: traffic.addresses.count)
    for (slot, zone) in book.zones {
      let servers = book.serverHosts(of: slot)
      guard !servers.isEmpty, isVouchedFor(slot, servers) else { continue }
      for server in servers where counts[Int(server)] < Delegations.servedLimit {
        if served.number(server, zone).isNew { counts[Int(server)] += 1 }
      }
    }
  }

  /// Whether others than the servers in an NS RRset, and than resolvers, say it.
  private func isVouchedFor(_ slot: Int, _ servers: Set<UInt32>) -> Bool {
    log.contains(of: slot) { record in
      !servers.contains(traffic.records[record].source) && !traffic.facts(of: record).contains(.ra)
    }
  }

  /// Answers that have an RRset.
  func sightings(of rrset: RRsetID) -> [Sighting] { book.slot(of: rrset).map(log.sightings) ?? [] }

  /// Answers that have an RRset, but for those of resolvers, among them one host, which may repeat what they were told,
  /// and of a server that the RRset itself names.
  func independent(of rrset: RRsetID, without host: UInt32) -> [Sighting] {
    let told = sightings(of: rrset).filter {
      traffic.records[$0.record].source != host && !traffic.facts(of: $0.record).contains(.ra)
    }
    guard !told.isEmpty, let slot = book.slot(ofSet: rrset) else { return told }
    let own = book.serverHosts(of: slot)
    return told.filter { !own.contains(traffic.records[$0.record].source) }
  }

  /// Whether others said that a server serves a zone with the owner of an RRset in it.
  func isServed(_ rrset: RRsetID, by server: UInt32) -> Bool {
    served.count > 0 && isServed(rrset, by: server, traffic.store.rrsets)
  }

  /// The same, with the store of the RRset.
  private func isServed(_ rrset: RRsetID, by server: UInt32, _ store: RRsetStore) -> Bool {
    let owner = store.rrset(rrset).ownerWire
    var offset = 0
    while offset < owner.count {
      if let zone = book.number(of: owner.extracting(offset..<owner.count)),
        served.find(server, UInt32(truncatingIfNeeded: zone)) != nil
      {
        return true
      }
      offset += Int(owner[offset]) + 1
    }
    return false
  }

  /// Whether there is no NS RRset at all, and whether there is one of a name.
  var isEmpty: Bool { book.isEmpty }
  func hasSets(of zone: Span<UInt8>) -> Bool { book.hasSets(of: zone) }

  /// NS RRsets of a zone, and address RRsets of a name server, in order of first sight.
  func sets(of zone: Name) -> [RRsetID] { book.sets(of: zone.wire.span) }
  func addressSets(of server: Name) -> [RRsetID] { book.addressSets(of: server.wire.span) }

  /// Zones with several NS RRsets, and name servers with several address RRsets.
  var contestedZones: [(owner: Name, versions: [RRsetID])] { book.contestedZones }
  var contestedServers: [(owner: Name, versions: [RRsetID])] { book.contestedServers }

  /// Name servers that have odd address RRsets, and these.
  func servers(with isOdd: (RRsetID) -> Bool) -> [(server: Name, versions: [RRsetID])] {
    book.servers(with: isOdd)
  }

  /// Names in an NS RRset; nil for another RRset.
  func targets(of set: RRsetID) -> [Name]? { book.slot(ofSet: set).map(book.targets) }

  /// Addresses of the servers that an NS RRset names, in all versions, some of them.
  func addresses(ofServersIn set: RRsetID, limit: Int) -> [[UInt8]] {
    book.addresses(ofServersIn: set, limit: limit, traffic.store.rrsets)
  }

  /// What the servers that a false NS RRset names answer to its receiver after a response with it, some of it.
  /// - Parameter conversations: all responses by their hosts.
  func answers(of set: RRsetID, after record: Int, _ conversations: Conversations) -> [Int] {
    guard let slot = book.slot(ofSet: set) else { return [] }
    let host = traffic.records[record].destination, servers = book.serverHosts(of: slot)
    guard !servers.isEmpty else { return [] }
    let later = servers.flatMap { conversations.responses(from: $0, to: host, after: record) }
    return Array(later.sorted().prefix(Finding.frameLimit))
  }

  /// Whether a response says what a server said: it answers a query, or comes from a capture without queries.
  static func isTold(_ record: ResponseRecord) -> Bool {
    switch record.transaction {
    case .answered, .conflicting: true
    case .unknown: !record.match.contains(.clientAsks)
    case .duplicate, .late, .mismatched, .unsolicited: false
    }
  }
}
