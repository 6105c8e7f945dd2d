import Bytes
import DNSWire

/// B8: the parent says that a name does not exist any more, its last referral has run out, and a resolver goes on asking
/// the servers of the zone, which renew their NS RRset in every answer (CVE-2012-1033, CVE-2022-30698): a ghost.
enum GhostDomainRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile, delegations = investigation.delegations
    let gone = gone(investigation)
    return gone.keys.sorted().compactMap { zone -> Charge? in
      guard let denial = gone[zone] else { return nil }
      let sightings = delegations.sets(of: zone).flatMap { version in
        delegations.sightings(of: version).map { (version, $0.record) }
      }.sorted { $0.1 < $1.1 }
      let parentWord = sightings.filter { !caseFile.body($0.1).flags.aa && !caseFile.body($0.1).flags.ra }
      guard let last = parentWord.last, last.1 < denial else { return nil }
      let ttl = caseFile.answer(last.1).rrsets.first { $0.rrset == last.0 }?.ttl ?? 0
      let end = max(caseFile.time(denial), caseFile.time(last.1).adding(seconds: Int64(ttl)))
      let ghosts = sightings.map(\.1).filter {
        caseFile.body($0).flags.aa && caseFile.time($0) > end && caseFile.responses.contains($0)
      }
      return ghosts.isEmpty ? nil : charge(zone, denial, last.1, ghosts, caseFile)
    }
  }

  /// The charge about one zone.
  private static func charge(
    _ zone: Name, _ denial: Int, _ referral: Int, _ ghosts: [Int], _ caseFile: CaseFile
  ) -> Charge {
    var charge = Charge(
      .ghostDomain, .history, .stands, .medium, .medium,
      "\(zone) is gone from its parent, and \(counted(ghosts.count, "answer")) of its old servers renew it")
    (charge.records, charge.genuine, charge.zone) = (ghosts, [denial], zone)
    charge.arithmetic = [
      (.history, "the parent denies the name in frame \(caseFile.packet(denial).number)"),
      (.history, "its last referral, in frame \(caseFile.packet(referral).number), had run out"),
    ]
    charge.benign = ["the parent and its secondaries do not have the same data yet"]
    charge.references = ["CVE-2012-1033", "CVE-2022-30698", "CVE-2022-30699"]
    return charge
  }

  /// Denials of zones by their parent: NXDOMAIN with AA for the zone or a name in it, with a SOA RRset above the zone.
  private static func gone(_ investigation: Investigation) -> [Name: Int] {
    let caseFile = investigation.caseFile, delegations = investigation.delegations
    var gone: [Name: Int] = [:]
    let isDenial = caseFile.facts.map {
      $0.marks.isSuperset(of: [.nxDomain, .aa]) && !$0.marks.contains(.ra)
    }
    guard !delegations.isEmpty, isDenial.contains(true) else { return gone }
    var isOpen = isDenial
    let records = caseFile.records
    for index in records.pass() where isOpen[Int(records.body(index))] && records[index].isAnswered {
      let body = Int(records.body(index)), question = caseFile.facts[body].question
      isOpen[body] = false
      guard question != BodyFacts.noQuestion,
        let soa = caseFile.answer(index).rrsets.first(where: { $0.section == .authority && $0.type == .soa })
      else { continue }
      for zone in zones(question, below: soa.rrset, delegations, caseFile.store) where gone[zone] == nil {
        gone[zone] = index
      }
    }
    return gone
  }

  /// Zones with NS RRsets at the name of a question or above it that have more labels than the owner of an RRset. Most
  /// names have none, which is seen without making names of their parts.
  private static func zones(
    _ question: UInt32, below rrset: RRsetID, _ delegations: Delegations, _ store: ResponseStore
  ) -> [Name] {
    let wire = store.questions.wire(question), name = wire.extracting(0..<(wire.count - 4)),
      parentLabels = labelCount(store.rrsets.rrset(rrset).ownerWire)
    var left = labelCount(name), offset = 0, zones: [Name] = []
    while left > parentLabels {
      let part = name.extracting(offset..<name.count)
      if delegations.hasSets(of: part), let zone = Name(wire: part.indices.map { part[$0] }) {
        zones.append(zone)
      }
      offset += Int(name[offset]) + 1
      left -= 1
    }
    return zones
  }

  /// Labels of a name in wire form.
  private static func labelCount(_ name: Span<UInt8>) -> Int {
    var offset = 0, count = 0
    while offset < name.count, name[offset] != 0 {
      offset += Int(name[offset]) + 1
      count += 1
    }
    return count
  }
}
