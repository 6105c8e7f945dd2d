import Bytes
import DNSWire
import Packets
import Transactions

/// How hard a host makes it to guess which answers it would take (RFC 5452 §9.2), as this capture shows it.
package struct ResolverEntropy: Sendable {
  /// Who, and whether it resolves for others.
  package let address: IPAddress
  package let isResolver: Bool
  /// Queries over UDP, and the first and the last one's packet and time.
  package let queries: Int
  let packets: [PacketID]
  package let firstTime: Timestamp, lastTime: Timestamp
  /// Its source ports and its IDs.
  package let ports: NumberSpread, ids: NumberSpread
  /// Shares of its queries with letters in upper case (draft-vixie-dnsext-dns0x20), and with a cookie (RFC 7873).
  package let caseShare: Double, cookieShare: Double
  /// Share of its queries that were sent while another question was open at their port.
  package let sharedPortShare: Double

  /// From the fields; first and last packet are 1.
  package init(
    address: IPAddress, isResolver: Bool, queries: Int, firstTime: Timestamp, lastTime: Timestamp,
    ports: NumberSpread,
    ids: NumberSpread, caseShare: Double, cookieShare: Double, sharedPortShare: Double
  ) {
    (self.address, self.isResolver, self.queries, packets) = (address, isResolver, queries, [PacketID(1)])
    (self.firstTime, self.lastTime, self.ports, self.ids) = (firstTime, lastTime, ports, ids)
    (self.caseShare, self.cookieShare, self.sharedPortShare) = (caseShare, cookieShare, sharedPortShare)
  }

  /// Of a client with so many queries that something may be said.
  init?(_ number: Int, _ caseFile: CaseFile, isResolver: Bool) {
    let client = caseFile.study.clients[number], sample = Array(caseFile.study.sample(ofClient: number))
    guard client.count >= ClientStudy.least, sample.count >= ClientStudy.least else { return nil }
    (address, queries, self.isResolver) = (client.address, client.count, isResolver)
    packets = [PacketID(rawValue: client.firstFrame), PacketID(rawValue: client.lastFrame)]
    (firstTime, lastTime) = (client.firstTime, client.lastTime)
    ports = NumberSpread(
      sample.map(\.port), of: ResolverEntropy.portCount, deviation: client.portDeviation,
      flaws: ResolverEntropy.portFlaws(client, sample))
    ids = NumberSpread(
      sample.map(\.id), of: 1 << 16, deviation: client.idDeviation,
      flaws: ResolverEntropy.idFlaws(client, sample))
    caseShare = Double(client.withUpperCase) / Double(client.count)
    let cookies = sample.count {
      $0.ednsID != Observation.none && caseFile.store.edns.hasClientCookie($0.ednsID)
    }
    cookieShare = Double(cookies) / Double(sample.count)
    sharedPortShare = Double(client.sharingPort) / Double(client.count)
  }

  /// Ports above the well-known ones.
  package static let portCount = 64_512
  /// Counters are told from chance by this share of steps; a random one is near to the one before in one of 8,000.
  private static let counterShare = 0.5

  /// The classes of letter case and cookies: most queries have it, some, none worth the name.
  package var caseGrade: NumberSpread.Grade { ResolverEntropy.grade(caseShare) }
  package var cookieGrade: NumberSpread.Grade { ResolverEntropy.grade(cookieShare) }

  /// The class of a share.
  private static func grade(_ share: Double) -> NumberSpread.Grade {
    share >= 0.9 ? .great : share >= 0.1 ? .good : .poor
  }

  /// What is weak about ports beside their spread.
  private static func portFlaws(_ client: ClientStudy, _ sample: [QuerySample]) -> [String] {
    var flaws: [String] = []
    if Double(client.nextPorts) >= counterShare * Double(client.count - 1) { flaws.append("counting up") }
    if isSticky(sample) { flaws.append("the same for each server") }
    return flaws
  }

  /// Whether most servers are each asked from a port of their own.
  private static func isSticky(_ sample: [QuerySample]) -> Bool {
    var byServer: [UInt16: [UInt16]] = [:]
    for query in sample { byServer[query.server, default: []].append(query.port) }
    let often = byServer.values.filter { $0.count >= 3 }
    let steady = often.filter { ports in ports.allSatisfy { $0 == ports[0] } }
    return steady.count >= 2 && 2 * steady.count > often.count && Set(steady.map { $0[0] }).count > 1
  }

  /// What is weak about IDs beside their spread.
  private static func idFlaws(_ client: ClientStudy, _ sample: [QuerySample]) -> [String] {
    var flaws: [String] = []
    if Double(client.nextIDs) >= counterShare * Double(client.count - 1) { flaws.append("counting up") }
    // Sixteen bits that each stay the same in 26 draws are chance in one of two million hosts.
    let steady = (~client.idOr | client.idAnd).nonzeroBitCount
    if steady > 0, client.idOr != client.idAnd { flaws.append("\(counted(steady, "bit")) that never change") }
    let offsets = Set(sample.map { $0.id &- $0.port })
    if offsets.count == 1, Set(sample.map(\.id)).count > 1 { flaws.append("given by the port") }
    return flaws
  }
}

extension ResolverEntropy {
  /// The hosts of a case that asked most, the busiest first.
  static func all(_ caseFile: CaseFile, _ roles: Roles) -> [ResolverEntropy] {
    let clients = caseFile.study.clients
    let busiest = clients.indices.filter { clients[$0].count >= ClientStudy.least }
      .sorted { (clients[$1].count, $0) < (clients[$0].count, $1) }
    return busiest.prefix(limit).compactMap { number in
      let known = caseFile.addresses.known(clients[number].address)
      return ResolverEntropy(number, caseFile, isResolver: known.map(roles.isResolver) ?? false)
    }
  }

  /// Hosts that are told of.
  package static let limit = 100
}
