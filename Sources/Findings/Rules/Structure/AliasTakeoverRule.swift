import DNSWire
import Transactions

/// B4: one answer over a transport that can be forged says that a name is an alias, or that a whole tree is, and the same
/// servers say otherwise at other times. A DNAME RRset above the name asked takes over all names below it. BIND refuses
/// such answers over UDP without a cookie (9.18.41). A zone with an alias says so again and again.
enum AliasTakeoverRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    let odd = investigation.oddAnswers.found.compactMap { answer -> Charge? in
      guard isForgeable(caseFile.records[answer.record]), let alias = alias(of: answer.record, caseFile)
      else { return nil }
      guard answer.others.allSatisfy({ self.alias(of: $0, caseFile) == nil }) else { return nil }
      return charge(answer.record, alias, against: answer.others, isSteady: answer.isSteady, investigation)
    }
    return odd + trees(investigation)
  }

  /// Whether an answer came over UDP without a cookie of its client.
  private static func isForgeable(_ record: ResponseRecord) -> Bool {
    record.traits.transport == .udp && !record.match.contains(.cookieEchoed)
  }

  /// The alias in an answer.
  private static func alias(of record: Int, _ caseFile: CaseFile) -> AnswerRRset? {
    caseFile.data(record).first { $0.type == .dname } ?? caseFile.data(record).first { $0.type == .cname }
  }

  /// DNAME RRsets of one answer under whose owners the same server answers without them.
  private static func trees(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile, store = caseFile.store.rrsets
    let isAlias = (0..<store.rrsetCount).map {
      store.type(of: RRsetID(rawValue: UInt32(truncatingIfNeeded: $0))) == .dname
    }
    guard isAlias.contains(true) else { return [] }
    var sightings: [RRsetID: [Int]] = [:]
    let ordinary = caseFile.records.pass().filter { isOrdinary(caseFile, $0) }
    for index in ordinary {
      for rrset in caseFile.answer(index).rrsets
      where isAlias[Int(rrset.rrset.rawValue)] && rrset.section == .answer {
        sightings[rrset.rrset, default: []].append(index)
      }
    }
    let single = sightings.filter { $0.value.count == 1 }.compactMap { id, records -> (Int, RRsetID)? in
      guard let record = records.first, caseFile.responses.contains(record),
        isForgeable(caseFile.records[record])
      else {
        return nil
      }
      return (record, id)
    }.sorted { $0.0 < $1.0 }
    return single.prefix(treeLimit).compactMap { record, id in
      let owner = store.owner(of: id), source = caseFile.records[record].source
      let others = ordinary.filter { other in
        caseFile.records[other].source == source && !caseFile.data(other).isEmpty
          && alias(of: other, caseFile)?.type != .dname
          && (caseFile.question(other).map { $0.name != owner && $0.name.isSubdomain(of: owner) } ?? false)
      }
      guard let first = others.first, let last = others.last,
        let alias = caseFile.data(record).first(where: { $0.rrset == id })
      else { return nil }
      return charge(record, alias, against: others, isSteady: first < record && last > record, investigation)
    }
  }

  /// Trees that are looked at: each costs a pass.
  private static let treeLimit = 64

  /// Whether a response is an ordinary one of an authority.
  private static func isOrdinary(_ caseFile: CaseFile, _ index: Int) -> Bool {
    let record = caseFile.records[index]
    guard record.isAnswered, record.isWhole, !record.isConflicting
    else { return false }
    let flags = caseFile.body(of: record).flags
    return flags.aa && !flags.ra
  }

  /// The charge of one answer.
  private static func charge(
    _ record: Int, _ alias: AnswerRRset, against others: [Int], isSteady: Bool, _ investigation: Investigation
  ) -> Charge {
    let caseFile = investigation.caseFile, text = caseFile.texts(alias.rrset, limit: 1).first ?? ""
    let families = investigation.deviation(record).families.subtracting([.history])
    let isSure = isSteady || !families.isEmpty
    var charge = Charge(
      .aliasTakeover, .history, isSure ? .accuses : .supports, isSure ? .medium : .low,
      isSure ? .medium : .low,
      "\(caseFile.server(record)) says once that there is an alias: \(text)")
    (charge.records, charge.genuine, charge.kind) = (
      [record], Array(others.prefix(8)), .outOfBailiwickTakeover
    )
    let frames = others.prefix(4).map { "\(caseFile.packet($0).number)" }.joined(separator: ", ")
    charge.arithmetic = [
      (.history, "\(counted(others.count, "answer")) without it, in frame \(frames)"),
      (.structure, "it is an alias in an answer over UDP without a cookie"),
    ]
    charge.benign = ["the data changed"]
    charge.references = ["RFC 6672", "BIND 9.18.41"]
    return charge
  }
}
