import DNSWire
import Transactions

/// R8: an answer fits an open query in question, ID and port, but comes from another address than was asked, or from
/// another port of it. Servers with several addresses and translators of addresses do so with true data; data other than
/// those that the asked server gives are a forgery, which resolvers rightly drop (RFC 5452 §9.1).
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
    var found: [Key: [Int]] = [:], queries: [Query: [Int]] = [:]
    for index in caseFile.responses where isStray(caseFile.records[index]) && queries.count < limit {
      guard let query = query(of: index, caseFile) else { continue }
      let record = caseFile.records[index]
      found[Key(source: record.source, client: record.destination), default: []].append(index)
      queries[query] = []
    }
    guard !found.isEmpty else { return [] }
    for (index, record) in caseFile.records.enumerated() where record.transaction == .answered {
      if let query = query(of: index, caseFile), queries[query] != nil { queries[query]?.append(index) }
    }
    return found.values.sorted { ($0.first ?? 0) < ($1.first ?? 0) }
      .flatMap { charges($0, queries, investigation) }
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
  private static func charges(_ records: [Int], _ queries: [Query: [Int]], _ investigation: Investigation)
    -> [Charge]
  {
    let caseFile = investigation.caseFile
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
    return [charge(forged, genuine, isFalse: true, caseFile), charge(others, [], isFalse: false, caseFile)]
      .compactMap { $0 }
  }

  /// One of these charges.
  private static func charge(_ records: [Int], _ genuine: [Int], isFalse: Bool, _ caseFile: CaseFile)
    -> Charge?
  {
    guard let first = records.first else { return nil }
    let severity: (Severity, Confidence) = isFalse ? (.medium, .medium) : (.low, .low)
    var charge = Charge(
      .sourceMismatch, .structure, isFalse ? .accuses : .stands, severity.0, severity.1,
      "\(counted(records.count, "answer")) to \(caseFile.client(first)) from \(caseFile.server(first)) port \(caseFile.records[first].sourcePort), which was not asked\(isFalse ? ", with other data than the asked server gives" : "")"
    )
    (charge.records, charge.genuine, charge.kind) = (records, genuine, .race)
    if isFalse {
      let frames = genuine.prefix(8).map { "\(caseFile.packet($0).number)" }.joined(separator: ", ")
      charge.arithmetic = [(.content, "the asked server gives other data in frame \(frames)")]
    }
    charge.benign = [
      "a server with several addresses answers from another one", "a translator of addresses on the way",
    ]
    charge.references = ["RFC 5452 §9.1", "Liu et al., USENIX Security 2018"]
    return charge
  }
}
