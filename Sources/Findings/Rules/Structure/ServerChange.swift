import Bytes
import DNSWire
import Transactions

/// One response that has other name servers, or other addresses of one, than all others.
struct ServerChange {
  /// The response, its odd RRset, and the zone or the name server that it is about.
  let record: Int, rrset: AnswerRRset, owner: Name
  /// Responses of the same server, and of others, that say otherwise.
  let ownWord: [Int], others: [Int]
  /// Whether the response gives the odd servers addresses, none of which the usual servers have.
  let isElsewhere: Bool

  /// Whether one of those that say otherwise came before, and one later: a zone that has moved does not move back, and
  /// what is seen first and never again may be what it moved from.
  var isTakenBack: Bool {
    let against = ownWord + others
    return against.contains { $0 < record } && against.contains { $0 > record }
  }

  /// NS RRsets that one response alone has.
  static func ofServers(_ investigation: Investigation) -> [ServerChange] {
    changes(of: investigation.delegations.contestedZones, investigation)
  }

  /// Addresses of name servers that one response alone has.
  static func ofAddresses(_ investigation: Investigation) -> [ServerChange] {
    changes(of: investigation.delegations.contestedServers, investigation)
  }

  /// The odd ones among several versions of RRsets, in frame order.
  private static func changes(
    of contested: [(owner: Name, versions: [RRsetID])], _ investigation: Investigation
  ) -> [ServerChange] {
    let delegations = investigation.delegations, store = investigation.caseFile.store.rrsets
    return contested.flatMap { owner, ids in
      let rivals = RivalVersions(ids, delegations, store)
      return rivals.apart.compactMap { change(to: $0, among: rivals, owner, investigation) }
    }.sorted { ($0.record, $0.rrset.rrset) < ($1.record, $1.rrset.rrset) }
  }

  /// The change that a version is, which shares nothing with all others, when one response alone has it.
  private static func change(
    to id: RRsetID, among rivals: RivalVersions, _ owner: Name, _ investigation: Investigation
  ) -> ServerChange? {
    let caseFile = investigation.caseFile, delegations = investigation.delegations
    guard let first = delegations.sightings(of: id).first(where: { $0.section != .answer }) else {
      return nil
    }
    let response = caseFile.records[first.record]
    guard caseFile.responses.contains(first.record), !caseFile.body(first.record).flags.ra,
      delegations.independent(of: id, without: response.destination).map(\.record) == [first.record],
      let rrset = caseFile.answer(first.record).rrsets.first(where: {
        $0.rrset == id && $0.section != .answer
      })
    else { return nil }
    let type = caseFile.store.rrsets.type(of: id)
    let others = rivals.versions.filter { $0 != id && caseFile.store.rrsets.type(of: $0) == type }
    let against = others.flatMap { delegations.sightings(of: $0) }
      .filter { $0.source != response.destination && $0.record != first.record }
    guard !against.isEmpty else { return nil }
    return ServerChange(
      record: first.record, rrset: rrset, owner: owner,
      ownWord: ends(against.filter { $0.source == response.source }),
      others: ends(against.filter { $0.source != response.source }),
      isElsewhere: isElsewhere(first.record, id, rivals, investigation))
  }

  /// Responses that say otherwise and are kept, of a server and of others: enough to name some, and the last one.
  private static let wordLimit = 64

  /// The first responses and the last one.
  private static func ends(_ sightings: [Delegations.Sighting]) -> [Int] {
    let records = Set(sightings.map(\.record)).sorted()
    return records.count > wordLimit ? Array(records.prefix(wordLimit - 1) + records.suffix(1)) : records
  }

  /// Whether a response gives the servers that it names addresses, and the usual servers have none of them.
  private static func isElsewhere(
    _ record: Int, _ id: RRsetID, _ rivals: RivalVersions, _ investigation: Investigation
  ) -> Bool {
    let caseFile = investigation.caseFile, store = caseFile.store.rrsets
    // Of an address RRset it is the addresses themselves, and these are compared already.
    guard let targets = investigation.delegations.targets(of: id) else { return true }
    let names = Set(targets)
    let given = caseFile.answer(record).rrsets.filter {
      ($0.type == .a || $0.type == .aaaa) && names.contains(store.owner(of: $0.rrset))
    }.flatMap { store.records(of: $0.rrset) }
    return !given.isEmpty && !given.contains { rivals.isUsual($0, besides: id) }
  }
}

extension ServerChange {
  /// Whether it stands in an answer, and not in a referral.
  func isInAnswer(_ caseFile: CaseFile) -> Bool {
    caseFile.body(record).flags.aa || !caseFile.data(record).isEmpty
  }

  /// Whether the data of its answer are signed and it is not, although it is signed elsewhere (RFC 4035 §2.2).
  func lacksSignature(_ caseFile: CaseFile) -> Bool {
    guard rrset.signatures.isEmpty, caseFile.data(record).isEmpty == false else { return false }
    let isAnswerSigned = caseFile.answer(record).rrsets.contains {
      $0.section == .answer && !$0.signatures.isEmpty
    }
    return isAnswerSigned
      && (ownWord + others).contains { other in
        caseFile.answer(other).rrsets.contains {
          $0.type == rrset.type && !$0.signatures.isEmpty
            && caseFile.store.rrsets.owner(of: $0.rrset) == owner
        }
      }
  }

  /// Families that set the response apart from its server's others.
  func families(_ investigation: Investigation) -> Set<EvidenceFamily> {
    investigation.deviation(record).families.subtracting([.history])
  }

  /// A charge about it.
  func charge(_ rule: Rule, isSure: Bool, _ investigation: Investigation, _ words: String) -> Charge {
    let caseFile = investigation.caseFile
    let texts = caseFile.texts(rrset.rrset).joined(separator: ", ")
    var charge = Charge(
      rule, .history, isSure ? .accuses : .stands, isSure ? .medium : .low, isSure ? .medium : .low,
      "\(caseFile.server(record)) gives \(words) that no other answer has: \(texts)")
    charge.records = [record]
    charge.genuine = Array((ownWord + others).sorted().prefix(8))
    charge.zone = investigation.zones.zone(of: owner)
    charge.kind = .outOfBailiwickTakeover
    let frames = { (records: [Int]) in
      records.prefix(4).map { "\(caseFile.packet($0).number)" }.joined(separator: ", ")
    }
    if !ownWord.isEmpty {
      charge.arithmetic.append((.history, "the same server says otherwise in frame \(frames(ownWord))"))
    }
    if !others.isEmpty {
      charge.arithmetic.append((.history, "others say otherwise, in frame \(frames(others))"))
    }
    for family in families(investigation).sorted() {
      let words = investigation.deviation(record).words(of: family).joined(separator: ", ")
      charge.arithmetic.append(
        (family, "frame \(caseFile.packet(record).number) differs from its server's others in \(words)"))
    }
    return charge
  }
}
