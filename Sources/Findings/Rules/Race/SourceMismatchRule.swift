import DNSWire
import Transactions

/// R8: an answer fits an open query in question, ID and port, but comes from another address than was asked, or from
/// another port of it. Servers with several addresses and translators of addresses do so with true data; data other than
/// those that the asked server gives are a forgery, which resolvers rightly drop (RFC 5452 §9.1). A host that asks two
/// resolvers at once, with one port and ID even, gets such answers too where the capture lacks one of its queries.
enum SourceMismatchRule: CaseRule {
  private struct Key: Hashable {
    let source: UInt32, client: UInt32
  }

  /// A query as its answers show it.
  private struct Query: Hashable {
    let client: UInt32, port: UInt16, id: UInt16, question: UInt32
  }

  /// Such answers that are looked at.
  private static let limit = 65_536

  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    guard investigation.hasStrays else { return [] }
    var found: [Key: [Int]] = [:], queries: [Query: [Int]] = [:]
    for index in caseFile.pass where isStray(caseFile.records[index]) && queries.count < limit {
      guard let query = query(of: index, caseFile) else { continue }
      let record = caseFile.records[index]
      found[Key(source: record.source, client: record.destination), default: []].append(index)
      queries[query] = []
    }
    guard !found.isEmpty else { return [] }
    var asked: Set<Key> = []
    for (index, record) in caseFile.records.enumerated() where record.isAnswered {
      let key = Key(source: record.source, client: record.destination)
      // An authority is not asked at the side of another with the same port and ID.
      if found[key] != nil, caseFile.body(of: record).flags.ra { asked.insert(key) }
      if let query = query(of: index, caseFile), queries[query] != nil { queries[query]?.append(index) }
    }
    return found.sorted { ($0.value.first ?? 0) < ($1.value.first ?? 0) }.flatMap {
      charges(
        $0.value, queries, mayLackQuery: caseFile.quality.isLossy || asked.contains($0.key), caseFile)
    }
  }

  /// Whether an answer fits but for its sender.
  private static func isStray(_ record: ResponseRecord) -> Bool {
    guard [.mismatched, .unsolicited, .unknown].contains(record.transaction),
      record.match.isSuperset(of: [.questionOpen, .portOpen, .idFits]), !record.traits.contains(.damaged)
    else { return false }
    return !record.match.contains(.serverAsked) || record.sourcePort != 53
  }

  /// The query that an answer is for.
  private static func query(of index: Int, _ caseFile: CaseFile) -> Query? {
    let record = caseFile.records[index]
    return caseFile.body(of: record).foldedQuestion.map {
      Query(client: record.destination, port: record.destinationPort, id: record.id, question: $0)
    }
  }

  /// The charges of the answers of one sender to one client: those with false data, and the others.
  /// - Parameter mayLackQuery: whether the sender may have been asked too, by a query that the capture lacks.
  private static func charges(
    _ records: [Int], _ queries: [Query: [Int]], mayLackQuery: Bool, _ caseFile: CaseFile
  ) -> [Charge] {
    var forged: [Int] = [], genuine: [Int] = [], others: [Int] = []
    for record in records {
      let answers = query(of: record, caseFile).flatMap { queries[$0] } ?? []
      let content = caseFile.body(record).content
      if answers.isEmpty || answers.contains(where: { caseFile.body($0).content == content }) {
        others.append(record)
      } else {
        forged.append(record)
        genuine += answers
      }
    }
    return [
      charge(forged, genuine, isFalse: true, mayLackQuery: mayLackQuery, caseFile),
      charge(others, [], isFalse: false, mayLackQuery: mayLackQuery, caseFile),
    ].compactMap { $0 }
  }

  /// One of these charges.
  private static func charge(
    _ records: [Int], _ genuine: [Int], isFalse: Bool, mayLackQuery: Bool, _ caseFile: CaseFile
  ) -> Charge? {
    guard let first = records.first else { return nil }
    let accuses = isFalse && !mayLackQuery
    let severity: (Severity, Confidence) = accuses ? (.medium, .medium) : (.low, .low)
    var charge = Charge(
      .sourceMismatch, .structure, accuses ? .accuses : isFalse ? .supports : .stands, severity.0, severity.1,
      "\(counted(records.count, "answer")) to \(caseFile.client(first)) from \(caseFile.server(first)) port \(caseFile.records[first].sourcePort), which was not asked\(isFalse ? ", with other data than the asked server gives" : "")"
    )
    (charge.records, charge.genuine, charge.kind) = (records, genuine, .race)
    if isFalse {
      let frames = genuine.prefix(8).map { "\(caseFile.packet($0).number)" }.joined(separator: ", ")
      charge.arithmetic = [(.content, "the asked server gives other data in frame \(frames)")]
    }
    charge.benign = [
      "a server with several addresses answers from another one", "a translator of addresses on the way",
      "a host that asks several resolvers at once, where the capture lacks a query",
    ]
    charge.references = ["RFC 5452 §9.1", "Liu et al., USENIX Security 2018"]
    return charge
  }
}
