import Bytes
import DNSWire
import Packets
import Transactions

/// Follows what one cluster of charges accuses.
struct PoisonTrack {
  /// What is tainted, with its greatest TTL and when the last copy runs out.
  struct Taint {
    var ttl: UInt32, expires: Timestamp, packet: PacketID
  }

  let cluster: IncidentBuilder.Cluster, investigation: Investigation
  var caseFile: CaseFile { investigation.caseFile }
  /// RRsets, questions denied, addresses of servers, and hosts that hold forged data; the last two by address number.
  private(set) var rrsets: [RRsetID: Taint] = [:], denials: [UInt32: Taint] = [:]
  private var servers: Set<UInt32> = [], hosts: Set<UInt32> = []
  /// Zones of forged NS RRsets.
  private var takenZones: Set<Name> = []
  /// Questions attacked.
  private var questions: Set<UInt32> = []
  private let clean: [Bool]
  let accused: Set<Int>
  /// The first response that is accused.
  let first: Int
  /// What it follows since it was last asked.
  private var news = News()
  /// Responses that pass forged data on, and who got them, in order of the first ones.
  private(set) var served: [Int] = [], victims: [UInt32: Victim] = [:], order: [UInt32] = []
  /// What speaks for and against success.
  private(set) var isDelivered = false, clearedAt: Int?, isClearedElsewhere = false,
    answeredWithFailure = false
  private(set) var reachedStub = false, hasAttackerAnswer = false
  /// Forged responses besides those that are accused.
  private(set) var extraForged: [Int] = []

  /// Seconds by which a TTL that counts down may be off (catalogue, A1).
  private static let slack: Int64 = 2
  /// Seconds that a denial without SOA is followed: it should not be cached at all (RFC 2308 §5).
  private static let bareDenialSeconds: UInt32 = 60
  /// Tainted RRsets of one attack, responses that pass them on and victims that are listed.
  private static let limit = 65_536

  /// Begins with what a cluster accuses.
  init(_ cluster: IncidentBuilder.Cluster, clean: [Bool], _ investigation: Investigation) {
    (self.cluster, self.investigation, self.clean) = (cluster, investigation, clean)
    accused = cluster.records
    first = cluster.records.min() ?? .max
    if let host = cluster.host.flatMap({ investigation.caseFile.addresses.known($0) }) {
      for address in investigation.resolutions.addresses(ofHost: host) { addHost(address) }
    }
    for record in cluster.records + cluster.accusing.flatMap(\.genuine) {
      if let question = investigation.caseFile.body(record).foldedQuestion { questions.insert(question) }
    }
    let doubted = Set(cluster.accusing.filter(\.lies.isEmpty).flatMap(\.records))
    let lies = cluster.accusing.reduce(into: Set<RRsetID>()) { $0.formUnion($1.lies) }
    for record in cluster.records.sorted() {
      // Of a zone that was taken over before, nothing is true any more.
      let isWhole = doubted.contains(record) || (!takenZones.isEmpty && isInTakenZone(record))
      taint(with: record, only: isWhole ? [] : lies)
    }
  }

  /// Addresses, RRsets and questions that a track has begun to follow.
  struct News {
    var addresses: [UInt32] = [], rrsets: [RRsetID] = [], denials: [UInt32] = []
  }

  /// Whether there are any.
  var hasNews: Bool { !news.addresses.isEmpty || !news.rrsets.isEmpty || !news.denials.isEmpty }

  /// Takes them.
  mutating func takeNews() -> News {
    defer { news = News() }
    return news
  }

  /// Follows a host.
  private mutating func addHost(_ address: UInt32) {
    if hosts.count < PoisonTrack.limit, hosts.insert(address).inserted { news.addresses.append(address) }
  }

  /// Looks at a response, in frame order.
  /// - Parameter isRepeated: whether it says again what an accused one says.
  mutating func follow(_ record: Int, isRepeated: Bool) {
    let response = caseFile.records[record]
    guard record >= first else { return }
    if accused.contains(record) { return noteDelivery(record) }
    if isRepeated { return noteRepetition(record) }
    guard !response.match.contains(.mirrorCopy) else { return }
    guard !response.traits.contains(.damaged) else { return }
    if servers.contains(response.source), hosts.contains(response.destination), isInTakenZone(record) {
      // The attacker's own server answers.
      extraForged.append(record)
      hasAttackerAnswer = true
      return taint(with: record, only: [])
    }
    let flags = caseFile.body(record).flags
    guard hosts.contains(response.source) || flags.ra, !isOwnHost(response.destination, of: response.source)
    else { return }
    noteServed(record)
  }

  /// Whether a question is in a zone that was taken over; where none was, glue alone was forged, for all zones.
  private func isInTakenZone(_ record: Int) -> Bool {
    guard !takenZones.isEmpty, let name = caseFile.question(record)?.name else { return true }
    return takenZones.contains { name.isSubdomain(of: $0) }
  }

  /// Whether two addresses are of one host, which asks itself.
  private func isOwnHost(_ a: UInt32, of b: UInt32) -> Bool { investigation.resolutions.isSameHost(a, b) }

  /// Taints what a forged response says and nobody else does.
  /// - Parameter lies: what is false in it; empty where all may be.
  private mutating func taint(with record: Int, only lies: Set<RRsetID>) {
    let body = caseFile.body(record), time = caseFile.time(record)
    var hasNew = false
    for rrset in caseFile.answer(record).rrsets where rrset.type != .opt && rrset.type != .rrsig {
      guard !clean[Int(rrset.rrset.rawValue)], rrsets.count < PoisonTrack.limit,
        lies.isEmpty || lies.contains(rrset.rrset)
      else { continue }
      let expires = time.adding(seconds: Int64(rrset.ttl))
      let known = rrsets[rrset.rrset]
      rrsets[rrset.rrset] = Taint(
        ttl: max(rrset.ttl, known?.ttl ?? 0), expires: max(expires, known?.expires ?? expires),
        packet: caseFile.packet(record))
      if known == nil { news.rrsets.append(rrset.rrset) }
      hasNew = true
      if rrset.type == .ns { taintServers(ofZone: rrset.rrset, all: !lies.isEmpty) }
      if rrset.section != .answer, rrset.type == .a || rrset.type == .aaaa { taintServers(rrset.rrset) }
    }
    if caseFile.data(record).isEmpty, body.rcode == .nxDomain || body.rcode == .noError,
      let question = body.foldedQuestion,
      hasNew || body.rcode == .nxDomain
    {
      let ttl = caseFile.answer(record).rrsets.first { $0.type == .soa }?.ttl ?? PoisonTrack.bareDenialSeconds
      if denials[question] == nil { news.denials.append(question) }
      denials[question] = Taint(
        ttl: ttl, expires: time.adding(seconds: Int64(ttl)), packet: caseFile.packet(record))
    }
  }

  /// A forged NS RRset takes its zone over: it leads to the servers that it names, at forged addresses, or, where the
  /// addresses may be true, at all that they have.
  private mutating func taintServers(ofZone set: RRsetID, all: Bool) {
    takenZones.insert(caseFile.store.rrsets.owner(of: set))
    for name in investigation.delegations.targets(of: set) ?? [] {
      for rrset in investigation.delegations.addressSets(of: name) where all || !clean[Int(rrset.rawValue)] {
        taintServers(rrset)
      }
    }
  }

  /// Glue of a forged delegation leads to the attacker's servers.
  private mutating func taintServers(_ rrset: RRsetID) {
    for address in caseFile.store.rrsets.records(of: rrset) {
      guard let parsed = IPAddress(bytes: address.span), let number = caseFile.addresses.known(parsed) else {
        continue
      }
      if servers.insert(number).inserted { news.addresses.append(number) }
    }
  }

  /// Notes whether the host would have taken a forged response: it fits, and came before any other that does.
  private mutating func noteDelivery(_ record: Int) {
    let response = caseFile.records[record]
    guard !response.traits.contains(.damaged), !response.match.contains(.cookieWrong),
      investigation.deviation(record).isDisjoint(with: [.letterCase, .cookieMissing]),
      response.transaction == .answered || response.transaction == .conflicting
    else { return }
    if let race = investigation.race(of: record),
      let rival = race.genuine.min(by: { caseFile.time($0) < caseFile.time($1) }),
      (caseFile.time(rival), rival) < (caseFile.time(record), record)
    {
      return
    }
    isDelivered = true
    if isStub(response.destination) {
      reachedStub = true
      addVictim(response.destination, record)
    }
  }

  /// Whether an address is that of a host that only asks.
  private func isStub(_ address: UInt32) -> Bool {
    investigation.resolutions.addresses(ofHost: address).allSatisfy { investigation.roles.isStub($0) }
  }

  /// Notes a forged packet that comes again: an attempt more, unless it is the same packet seen at another place.
  private mutating func noteRepetition(_ record: Int) {
    if !caseFile.records[record].match.contains(.mirrorCopy) { extraForged.append(record) }
  }

  /// Notes an answer that a deceived host gives.
  private mutating func noteServed(_ record: Int) {
    let body = caseFile.body(record), time = caseFile.time(record)
    let isDeceived = hosts.contains(caseFile.records[record].source)
    let carried = caseFile.answer(record).rrsets.first { rrset in
      guard let taint = rrsets[rrset.rrset] else { return false }
      // A deceived resolver may stretch short TTLs and serve stale data (RFC 8767).
      return isDeceived || time <= taint.expires.adding(seconds: PoisonTrack.slack)
    }
    let denied = body.foldedQuestion.flatMap { denials[$0] }
    let isDenied =
      denied != nil && caseFile.data(record).isEmpty && body.rcode != .servFail && body.rcode != .refused
    if carried != nil || isDenied {
      served.append(record)
      clearedAt = nil
      if let carried { prolong(carried, time) }
      let destination = caseFile.records[record].destination
      addVictim(destination, record)
      addHost(caseFile.records[record].source)
      if investigation.roles.isResolver(destination) { addHost(destination) }
    } else if let question = body.foldedQuestion, questions.contains(question) {
      if body.rcode == .servFail {
        answeredWithFailure = true
      } else if !hosts.contains(caseFile.records[record].source) {
        isClearedElsewhere = true
      } else if clearedAt == nil {
        clearedAt = record
      }
    }
  }

  /// Moves the end of a tainted RRset's last copy.
  private mutating func prolong(_ rrset: AnswerRRset, _ time: Timestamp) {
    let expires = time.adding(seconds: Int64(rrset.ttl))
    if let known = rrsets[rrset.rrset]?.expires, expires > known { rrsets[rrset.rrset]?.expires = expires }
  }

  /// Notes who got forged data.
  private mutating func addVictim(_ client: UInt32, _ record: Int) {
    let time = caseFile.time(record), packet = caseFile.packet(record)
    let ttl = caseFile.answer(record).rrsets.filter { rrsets[$0.rrset] != nil }.map(\.ttl).max() ?? 0
    let expires = time.adding(seconds: Int64(ttl))
    guard var known = victims[client] else {
      guard victims.count < PoisonTrack.limit else { return }
      order.append(client)
      victims[client] = Victim(
        client: caseFile.addresses[client], firstTime: time, lastTime: time, packets: [packet],
        expires: expires)
      return
    }
    (known.lastTime, known.expires) = (max(known.lastTime, time), max(known.expires, expires))
    if known.packets.count < Finding.frameLimit { known.packets.append(packet) }
    victims[client] = known
  }
}

extension Timestamp {
  /// So many seconds later; the end of time when that is beyond it.
  func adding(seconds: Int64) -> Timestamp {
    let (step, tooLong) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, overflow) = nanoseconds.addingReportingOverflow(step)
    return Timestamp(nanoseconds: tooLong || overflow ? .max : sum)
  }
}
