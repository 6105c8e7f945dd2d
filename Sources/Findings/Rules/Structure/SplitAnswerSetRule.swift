import DNSWire
import Transactions

/// B10: one answer has other data than all other answers to its question, and is made in another way. So looks a race in
/// which the true server was kept silent. Content networks and zones that change give other data too, but in answers that
/// are made like their others.
enum SplitAnswerSetRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    investigation.oddAnswers.found.compactMap { charge($0, investigation) }
  }

  /// The charge of an answer, when anything but its data is odd.
  private static func charge(_ odd: OddAnswers.Answer, _ investigation: Investigation) -> Charge? {
    let caseFile = investigation.caseFile, record = odd.record
    guard investigation.race(of: record) == nil else { return nil }
    // How the others are made says something only where they are many, and which side is odd is plain.
    var arithmetic = odd.isSteady ? traits(odd, caseFile) : []
    for family in senderFamilies(record, investigation).sorted() {
      let words = investigation.deviation(record).words(of: family).joined(separator: ", ")
      arithmetic.append((family, "it differs from its server's others in \(words)"))
    }
    let families = Set(arithmetic.map(\.family)).subtracting([.history])
    guard !arithmetic.isEmpty else { return nil }
    let others = odd.others.prefix(4).map { "\(caseFile.packet($0).number)" }.joined(separator: ", ")
    // What a node of an anycast server, or a server after a change, differs in is one of these alone.
    let isAlone = odd.others.allSatisfy { senderFamilies($0, investigation).isEmpty }
    let isSure = odd.isSteady ? !families.isEmpty : families.count > 1 && isAlone
    var charge = Charge(
      .splitAnswerSet, .history, isSure ? .accuses : .supports, isSure ? .medium : .low,
      isSure ? .medium : .low,
      "one answer of \(caseFile.server(record)) has data that no other answer has: \(caseFile.summary(record))"
    )
    (charge.records, charge.genuine, charge.kind) = ([record], Array(odd.others.prefix(8)), .race)
    charge.arithmetic =
      [
        (
          .history,
          "\(counted(odd.others.count, "other answer")) to that question, in frame \(others), agree on other data"
        )
      ] + arithmetic
    charge.benign = ["a content network answers by place and load", "the data changed"]
    charge.references = ["Anax (Antonakakis et al. 2010)"]
    return charge
  }

  /// Families in which an answer departs from what is usual for its server.
  private static func senderFamilies(_ record: Int, _ investigation: Investigation) -> Set<EvidenceFamily> {
    investigation.deviation(record).families.subtracting([.history])
  }

  /// In what an answer is made otherwise than all that stand against it.
  private static func traits(
    _ odd: OddAnswers.Answer, _ caseFile: CaseFile
  ) -> [(family: EvidenceFamily, text: String)] {
    var lines: [(family: EvidenceFamily, text: String)] = []
    let shape = AnswerShape(odd.record, caseFile), shapes = Set(odd.others.map { AnswerShape($0, caseFile) })
    if shapes.count == 1, let usual = shapes.first, !usual.words(against: shape).isEmpty {
      lines.append(
        (.structure, "it differs from them in \(usual.words(against: shape).joined(separator: ", "))"))
    }
    let ttls = Set(odd.others.compactMap { caseFile.data($0).first?.ttl })
    if let ttl = caseFile.data(odd.record).first?.ttl, ttls.count == 1, let usual = ttls.first, ttl != usual {
      lines.append((.history, "its TTL is \(ttl) s, theirs \(usual) s"))
    }
    return lines
  }
}

/// How an answer is made.
private struct AnswerShape: Hashable {
  let hasData: Bool, hasServers: Bool, hasMore: Bool, isAuthoritative: Bool, hasEDNS: Bool, isSigned: Bool

  /// Of a response.
  init(_ record: Int, _ caseFile: CaseFile) {
    let body = caseFile.body(record), rrsets = caseFile.answer(record).rrsets
    hasData = rrsets.contains { $0.section == .answer }
    hasServers = rrsets.contains { $0.section == .authority && $0.type == .ns }
    hasMore = rrsets.contains { $0.section == .additional && $0.type != .opt }
    // What was not asked for does not come.
    isAuthoritative = body.flags.aa
    hasEDNS = body.edns != nil || !caseFile.records[record].match.contains(.queryHadEDNS)
    isSigned =
      rrsets.contains { !$0.signatures.isEmpty } || !caseFile.records[record].traits.contains(.queryDO)
  }

  /// In what another one differs. A denial has other sections than data by its nature.
  func words(against other: AnswerShape) -> [String] {
    guard hasData == other.hasData else { return [] }
    return [
      hasServers != other.hasServers ? "the NS RRset of its zone" : nil,
      hasMore != other.hasMore ? "its additional section" : nil,
      isAuthoritative != other.isAuthoritative ? "AA" : nil, hasEDNS != other.hasEDNS ? "EDNS" : nil,
      isSigned != other.isSigned ? "signatures" : nil,
    ].compactMap { $0 }
  }
}
