import DNSWire
import Transactions

/// What answers to questions of interest said at other times.
struct History {
  /// An ordinary answer, with what is asked of it: records lie in what is seldom read.
  struct Answer {
    /// The number of its record, of its sender, and of what it says.
    let record: Int, source: UInt32, body: UInt32
  }

  /// Ordinary answers by the number of their question, in frame order.
  private var answers: [UInt32: [Answer]] = [:]
  private let caseFile: CaseFile
  /// Answers kept for each question.
  private static let limit = 512

  /// Looks through all responses for questions of interest.
  init(_ caseFile: CaseFile, questions: Set<UInt32>) {
    self.caseFile = caseFile
    guard !questions.isEmpty else { return }
    let isOfInterest = caseFile.facts.map { questions.contains($0.question) }, records = caseFile.records
    for index in records.pass() where isOfInterest[Int(records.body(index))] {
      let record = records[index], question = caseFile.facts[Int(record.body)].question
      guard record.isAnswered, !record.isConflicting, !record.isDamaged, record.isSingle else { continue }
      if (answers[question]?.count ?? 0) < History.limit {
        answers[question, default: []].append(Answer(record: index, source: record.source, body: record.body))
      }
    }
  }

  /// Other ordinary answers with the same question and data, but for those that the receiver of this one gave: these
  /// may repeat what it was told.
  func sightings(of record: Int) -> [Int] {
    let content = caseFile.body(record).content
    return others(than: record).filter { caseFile.content(ofBody: $0.body) == content }.map(\.record)
  }

  /// Other ordinary answers to the same question, but for those that the receiver of this one gave.
  func others(than record: Int) -> [Answer] {
    guard let question = caseFile.body(record).foldedQuestion else { return [] }
    let deceived = caseFile.records[record].destination
    return (answers[question] ?? []).filter { $0.record != record && $0.source != deceived }
  }

  /// How many different sets of data one server gave to the question of a response in ordinary answers.
  func variety(of record: Int) -> Int {
    let server = caseFile.records[record].source
    let own = others(than: record).filter { $0.source == server }
    return Set(own.map { caseFile.content(ofBody: $0.body) }).count
  }
}
