import Bytes
import DNSWire
import Transactions

/// B1: an answer carries data of zones that its server was not asked about and does not serve (RFC 2181 §5.4.1, RFC 5452
/// §3). A resolver that keeps them is taken over: Kashpureff did it in 1997, and CVE-2025-40778 is the latest case.
enum OutOfBailiwickRule: CaseRule {
  /// What is foreign in one response.
  private struct Case {
    let record: Int
    var rrsets: [AnswerRRset], contradicted: Int?
  }

  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    var bodies = ForeignBodies(caseFile), honest = PairTable()
    var told: [RRsetID: Set<UInt32>] = [:], charges: [Charge] = []
    let records = caseFile.records
    for index in caseFile.pass where bodies.mayBeForeign(records.body(index)) {
      let record = records[index]
      guard isJudged(record), let place = bodies.place(of: record.body),
        // What was honest once in a server's mouth is so again.
        honest.find(UInt32(truncatingIfNeeded: place), record.source) == nil
      else { continue }
      guard let found = find(bodies.foreign[place], index, investigation) else {
        _ = honest.number(UInt32(truncatingIfNeeded: place), record.source)
        continue
      }
      // Who was told before may pass it on, and is deceived and no deceiver.
      let isRepeated = found.rrsets.contains { told[$0.rrset]?.contains(record.source) ?? false }
      for rrset in found.rrsets { told[rrset.rrset, default: []].insert(record.destination) }
      if !isRepeated { charges.append(charge(found, investigation)) }
    }
    return merged(charges)
  }

  /// Whether a response is one that its receiver may take.
  private static func isJudged(_ record: ResponseRecord) -> Bool {
    record.isWhole && record.isFirstHand && Delegations.isTold(record)
  }

  /// What of the foreign data no honest shape explains.
  private static func find(_ data: ForeignData, _ index: Int, _ investigation: Investigation) -> Case? {
    let caseFile = investigation.caseFile, store = caseFile.store.rrsets
    let server = caseFile.records[index].source, isRecursive = caseFile.facts(of: index).contains(.ra)
    let isForeign = { (rrset: AnswerRRset) -> Bool in
      store.rrset(rrset.rrset).ownerWire.count > 1
        && !investigation.delegations.isServed(rrset.rrset, by: server)
    }
    // A resolver's answer section holds whole chains of aliases, which its client has no zone for.
    var found = data.strangers.filter { isForeign($0) && !(isRecursive && $0.section == .answer) }
    var contradicted: Int?
    for companion in data.companions where isForeign(companion) {
      if let other = contradiction(companion, index, investigation) {
        found.append(companion)
        contradicted = other
      } else if isLoneServer(companion, index, investigation) {
        found.append(companion)
      }
    }
    return found.isEmpty ? nil : Case(record: index, rrsets: found, contradicted: contradicted)
  }

  /// An answer of another server that has other addresses for a name which this one gives an address for beside its own
  /// answer. Old addresses in referrals are everyday neglect.
  private static func contradiction(_ rrset: AnswerRRset, _ index: Int, _ investigation: Investigation)
    -> Int?
  {
    let caseFile = investigation.caseFile, store = caseFile.store.rrsets,
      delegations = investigation.delegations
    guard !caseFile.data(index).isEmpty else { return nil }
    let record = caseFile.records[index], given = Set(store.records(of: rrset.rrset))
    let isElsewhere = delegations.independent(of: rrset.rrset, without: record.destination)
      .contains { $0.source != record.source }
    guard !isElsewhere else { return nil }
    return delegations.addressSets(of: store.owner(of: rrset.rrset)).lazy
      .filter { store.type(of: $0) == rrset.type && given.isDisjoint(with: store.records(of: $0)) }
      .flatMap { delegations.independent(of: $0, without: record.destination) }
      .first { $0.section == .answer && caseFile.body($0.record).flags.aa }?.record
  }

  /// Whether a response beside its data makes one host of another zone the only server of the question's zone, says its
  /// address, and no other response says either. RFC 2182 §5 asks for two servers at least; all of 2,700 honest answers
  /// with servers in other zones that were looked at name two and more.
  private static func isLoneServer(_ rrset: AnswerRRset, _ index: Int, _ investigation: Investigation) -> Bool
  {
    let caseFile = investigation.caseFile, delegations = investigation.delegations
    guard !caseFile.data(index).isEmpty, rrset.section == .additional else { return false }
    let owner = caseFile.store.rrsets.owner(of: rrset.rrset)
    return caseFile.answer(index).rrsets.contains { set in
      // Servers of the root stand in upward referrals.
      guard set.section == .authority, set.type == .ns, delegations.targets(of: set.rrset) == [owner],
        !caseFile.store.rrsets.owner(of: set.rrset).isRoot
      else { return false }
      return delegations.sightings(of: set.rrset).count == 1
        && delegations.sightings(of: rrset.rrset).count == 1
    }
  }

  /// The charge of one response.
  private static func charge(_ found: Case, _ investigation: Investigation) -> Charge {
    let caseFile = investigation.caseFile, texts = caseFile.texts(found.rrsets)
    let name = caseFile.question(found.record).map { "\($0.name) \($0.type.mnemonic)" } ?? "no question"
    var charge = Charge(
      .outOfBailiwick, .structure, .accuses, .medium, .medium,
      "\(caseFile.server(found.record)) adds data of other zones to its answer about \(name): \(texts.joined(separator: ", "))"
    )
    charge.records = [found.record]
    let servers = found.rrsets.filter { $0.type == .ns }
    charge.records += servers.flatMap { investigation.answers(of: $0.rrset, after: found.record) }
    charge.lies = Set(found.rrsets.map(\.rrset))
    charge.kind = .outOfBailiwickTakeover
    charge.facts = [("foreign", .texts(texts))]
    if let other = found.contradicted {
      charge.arithmetic.append(
        (
          .content,
          "frame \(caseFile.packet(other).number) has other data of \(caseFile.server(other)) for that name"
        ))
    }
    charge.benign = ["one server has both zones, and the capture does not show it"]
    charge.references = ["RFC 2181 §5.4.1", "RFC 5452", "CVE-2025-40778"]
    return charge
  }

  /// One charge for the answers of one server to one host.
  private static func merged(_ charges: [Charge]) -> [Charge] {
    var result: [Charge] = [], places: [String: Int] = [:]
    for charge in charges {
      guard let place = places[charge.summary] else {
        places[charge.summary] = result.count
        result.append(charge)
        continue
      }
      result[place].records += charge.records
      result[place].lies.formUnion(charge.lies)
    }
    return result
  }
}
