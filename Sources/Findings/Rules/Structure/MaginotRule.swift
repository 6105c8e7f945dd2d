import DNSWire

/// B5: a resolver that a host forwards some names to adds servers of a zone, and the zone's own servers and its parent say
/// others. Hosts that forward and resolve by themselves let such data over the wall (MaginotDNS, CVE-2021-25220).
enum MaginotRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile, delegations = investigation.delegations
    return delegations.contestedZones.flatMap { zone, versions in
      let forwarded = versions.filter { version in
        delegations.sightings(of: version).allSatisfy { isForwarded($0.record, investigation) }
      }
      guard !forwarded.isEmpty else { return [Charge]() }
      let apart = Set(RivalVersions(versions, delegations, caseFile.store.rrsets).apart)
      return forwarded.filter(apart.contains).compactMap { version -> Charge? in
        guard let first = delegations.sightings(of: version).first(where: { $0.section != .answer }),
          caseFile.responses.contains(first.record)
        else { return nil }
        return charge(first.record, version, versions, zone, investigation)
      }
    }.sorted { ($0.records.first ?? 0) < ($1.records.first ?? 0) }
  }

  /// Whether a response is one of a resolver to a host that resolves for others.
  private static func isForwarded(_ record: Int, _ investigation: Investigation) -> Bool {
    investigation.caseFile.body(record).flags.ra
      && investigation.roles.isResolver(investigation.caseFile.records[record].destination)
  }

  /// The charge of a response with a set that has nothing in common with what authorities told the same host.
  private static func charge(
    _ record: Int, _ version: RRsetID, _ versions: [RRsetID], _ zone: Name, _ investigation: Investigation
  ) -> Charge? {
    let caseFile = investigation.caseFile, delegations = investigation.delegations
    let host = caseFile.records[record].destination
    let against = versions.filter { $0 != version }.flatMap { delegations.sightings(of: $0) }.map(\.record)
      .filter { caseFile.records[$0].destination == host && !caseFile.body($0).flags.ra }
    guard let other = against.first else { return nil }
    var charge = Charge(
      .maginot, .structure, .accuses, .medium, .medium,
      "\(caseFile.server(record)), to which \(caseFile.client(record)) forwards, adds servers of \(zone) that its own servers do not name: \(caseFile.texts(version).joined(separator: ", "))"
    )
    (charge.records, charge.genuine, charge.zone) = ([record], Array(against.prefix(8)), zone)
    charge.kind = .outOfBailiwickTakeover
    charge.arithmetic = [
      (.content, "\(caseFile.server(other)) names others in frame \(caseFile.packet(other).number)")
    ]
    charge.benign = ["the resolver has a view of its own of that zone (split horizon)"]
    charge.references = ["MaginotDNS (Li et al., USENIX Security 2023)", "CVE-2021-25220"]
    return charge
  }
}
