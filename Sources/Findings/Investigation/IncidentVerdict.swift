import Bytes
import DNSWire
import Packets

/// One incident: how sure and how grave it is, with the findings of its charges.
struct IncidentVerdict {
  private(set) var incident: Incident
  let findings: [Finding]

  /// Weighs a cluster of charges with what came of it.
  init(_ cluster: IncidentBuilder.Cluster, _ outcome: AttackOutcome, _ investigation: Investigation) {
    let caseFile = investigation.caseFile
    var weighing = Weighing()
    for charge in cluster.charges {
      weighing.families.insert(charge.family)
      weighing.families.formUnion(charge.arithmetic.map(\.family))
      weighing.isProven = weighing.isProven || charge.isProven
      weighing.hasHit = weighing.hasHit || charge.hasHit
    }
    let isHonestShape = cluster.accusing.allSatisfy(\.isHonestShape)
    let own = cluster.accusing.map(\.confidence).max() ?? .low
    let weighed = max(own, weighing.confidence(contentIsHonestShape: isHonestShape))
    let confidence = cluster.isUndecided ? min(weighed, .medium) : weighed
    let severity = IncidentVerdict.severity(cluster, outcome, weighing, confidence)
    let maker = FindingMaker(investigation)
    findings =
      cluster.accusing.map { maker.finding($0, severity, confidence) }
      + cluster.others.map { maker.finding($0, $0.severity, $0.confidence) }
      // What follows is no graver and no surer than what it follows.
      + outcome.charges.map { maker.finding($0, min($0.severity, severity), min($0.confidence, confidence)) }
    let forged = Set(cluster.forged(caseFile)).union(outcome.attackerAnswers).sorted()
    let genuine = cluster.genuine(caseFile)
    let names = Set(cluster.accusing.flatMap(\.records).compactMap { caseFile.question($0)?.name })
      .union(cluster.accusing.flatMap(\.names))
    let kind = IncidentVerdict.kind(cluster, investigation)
    var servers: [IPAddress] = []
    for server in cluster.accusing.flatMap(\.records).map(caseFile.server)
      + cluster.accusing.flatMap(\.servers)
    where !servers.contains(server) && servers.count < FindingDraft.listLimit {
      servers.append(server)
    }
    let attempts = max(forged.count, cluster.accusing.compactMap(\.count).max() ?? 0)
    incident = Incident(
      kind: kind, severity: severity, confidence: confidence,
      summary: IncidentVerdict.summary(kind, cluster, names, attempts, outcome), resolver: cluster.host,
      zone: cluster.zone, name: names.count == 1 ? names.first : nil, spoofedServers: servers,
      firstTime: cluster.first, lastTime: max(cluster.last, outcome.lastTime ?? cluster.last),
      attempts: attempts,
      succeeded: outcome.succeeded, forged: Array(forged.prefix(Incident.frameLimit)),
      genuine: Array(genuine.prefix(Incident.frameLimit)), served: outcome.served, poisoned: outcome.poisoned,
      victims: outcome.victims, contacts: outcome.contacts, recovery: outcome.recovery,
      arithmetic: IncidentVerdict.arithmetic(cluster), facts: IncidentVerdict.facts(cluster))
    incident.forgedData = IncidentVerdict.data(cluster.records.sorted(), caseFile)
    incident.genuineData = IncidentVerdict.data(cluster.accusing.flatMap(\.genuine).sorted(), caseFile)
  }

  /// The facts of all charges; of several with one name the first, as members of one object have to be.
  private static func facts(_ cluster: IncidentBuilder.Cluster) -> [(name: String, value: EvidenceValue)] {
    var seen: Set<String> = []
    return cluster.accusing.flatMap(\.facts).filter { seen.insert($0.name).inserted }
  }

  /// What responses say, each once, some of them.
  private static func data(_ records: [Int], _ caseFile: CaseFile) -> [String] {
    var seen: Set<UInt32> = [], data: [String] = []
    for record in records where data.count < Incident.dataLimit {
      if seen.insert(caseFile.body(record).content).inserted { data.append(caseFile.summary(record)) }
    }
    return data
  }

  /// Critical when forged data were taken and served on; high when they were delivered, or contradict a secure answer;
  /// medium for an attack without a hit. Low charges stay low unless several families say the same.
  private static func severity(
    _ cluster: IncidentBuilder.Cluster, _ outcome: AttackOutcome, _ weighing: Weighing,
    _ confidence: Confidence
  ) -> Severity {
    let own = cluster.accusing.map(\.severity).max() ?? .low
    guard confidence >= .medium else { return min(own, .low) }
    // Where the order alone tells what is false, what came of it is not known either.
    if cluster.isUndecided { return .medium }
    if !outcome.served.isEmpty { return .critical }
    if outcome.succeeded == true || outcome.isDelivered { return max(own, .high) }
    return max(own, weighing.isProven ? .high : .medium)
  }

  /// The kind that the charges speak for; the first of the list below decides.
  private static func kind(_ cluster: IncidentBuilder.Cluster, _ investigation: Investigation) -> IncidentKind
  {
    let kinds = Set(cluster.accusing.compactMap(\.kind))
    let order: [IncidentKind] = [
      .fragmentInjection, .kaminsky, .replay, .outOfBailiwickTakeover, .interception, .downgrade,
    ]
    if let first = order.first(where: kinds.contains) { return first }
    // Who answers what nobody asked is no man in the middle, however odd his packets are.
    if kinds.contains(.unsolicited), kinds.isSubset(of: [.unsolicited, .race]) { return .unsolicited }
    if let host = cluster.host, let number = investigation.caseFile.addresses.known(host),
      investigation.roles.isStub(number), isFromResolver(cluster, investigation)
    {
      return .clientSideSpoof
    }
    // Who answers several questions with the right ID at the first try has heard them.
    let questions = Set(cluster.records.compactMap { investigation.caseFile.body($0).foldedQuestion })
    return questions.count > 1 || kinds.contains(.onPathInjection) ? .onPathInjection : .race
  }

  /// Whether the forged answers claim to be from a resolver.
  private static func isFromResolver(_ cluster: IncidentBuilder.Cluster, _ investigation: Investigation)
    -> Bool
  {
    cluster.records.contains { investigation.roles.isResolver(investigation.caseFile.records[$0].source) }
  }

  /// The sentence of an incident.
  private static func summary(
    _ kind: IncidentKind, _ cluster: IncidentBuilder.Cluster, _ names: Set<Name>, _ attempts: Int,
    _ outcome: AttackOutcome
  ) -> String {
    let about = names.count == 1 ? names.first.map { "\($0)" } : cluster.zone.map { "names in \($0)" }
    let packets = "\(attempts) forged packet\(attempts == 1 ? "" : "s")"
    let target = cluster.host.map { " to \($0)" } ?? ""
    let end: String
    switch (outcome.succeeded, outcome.victims.count) {
    case (true, 0): end = "forged data were taken"
    case (true, let count): end = "forged data reached \(counted(count, "client"))"
    case (false, _): end = "they were not taken"
    case (nil, _): end = "the capture does not show whether they were taken"
    }
    return "\(kind.rawValue): \(packets)\(target)\(about.map { " about \($0)" } ?? ""); \(end)"
  }

  /// The arithmetic of all charges, without repetitions.
  private static func arithmetic(_ cluster: IncidentBuilder.Cluster) -> [(
    family: EvidenceFamily, text: String
  )] {
    var seen: Set<String> = [], lines: [(family: EvidenceFamily, text: String)] = []
    for charge in cluster.charges {
      for line in [(charge.family, charge.summary)] + charge.arithmetic
      where lines.count < lineLimit && seen.insert(line.1).inserted {
        lines.append(line)
      }
    }
    return lines.sorted { $0.family < $1.family }
  }

  /// Lines of arithmetic in one incident.
  private static let lineLimit = 64
}

extension IncidentBuilder.Cluster {
  /// Whether nothing but the order of arrival tells what is false.
  var isUndecided: Bool { !accusing.isEmpty && accusing.allSatisfy(\.isUndecided) }

  /// The forged packets.
  func forged(_ caseFile: CaseFile) -> [PacketID] {
    let named = Set(accusing.flatMap(\.packets))
    return Set(accusing.flatMap { $0.records.flatMap { caseFile.packets($0, ofWhich: named) } }).union(named)
      .sorted()
  }

  /// The genuine ones.
  func genuine(_ caseFile: CaseFile) -> [PacketID] {
    Set(accusing.flatMap { $0.genuine.flatMap(caseFile.packets) }).subtracting(forged(caseFile)).sorted()
  }
}
