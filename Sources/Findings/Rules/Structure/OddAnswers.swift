import DNSWire
import Transactions

/// Answers of authorities whose data no other answer to their question has, while all others agree.
struct OddAnswers {
  /// One of them.
  struct Answer {
    /// The answer, and all others to its question, in frame order.
    let record: Int, others: [Int]
    /// Whether the others are several, and some of them came before it and some after.
    let isSteady: Bool
  }

  /// In frame order.
  private(set) var found: [Answer] = []

  /// What was said to one question: the first set of data, the other one, how often, and whether there are more sets.
  private struct Tally {
    var first = UInt32.max, second = UInt32.max, firstCount: UInt32 = 0, secondCount: UInt32 = 0,
      isMixed = false

    /// Counts a set of data.
    mutating func add(_ content: UInt32) {
      if first == .max || first == content {
        (first, firstCount) = (content, firstCount &+ 1)
      } else if second == .max || second == content {
        (second, secondCount) = (content, secondCount &+ 1)
      } else {
        isMixed = true
      }
    }

    /// The set of data that one answer has.
    var odd: UInt32? {
      guard !isMixed, second != .max else { return nil }
      if secondCount == 1 { return second }
      return firstCount == 1 ? first : nil
    }

    /// Whether two answers stand against each other.
    var isEven: Bool { odd != nil && firstCount == 1 && secondCount == 1 }
  }

  /// Other answers from which a habit is told, as for the server's own habits.
  private static let steady = 3
  /// Other answers that are kept for one question.
  private static let limit = 512

  /// Looks through all responses, twice.
  init(_ caseFile: CaseFile) {
    var tallies: [Tally] = []
    for record in caseFile.records where OddAnswers.counts(record) {
      let body = caseFile.body(of: record)
      guard let question = OddAnswers.question(body) else { continue }
      if Int(question) >= tallies.count {
        tallies.append(contentsOf: repeatElement(Tally(), count: Int(question) + 1 - tallies.count))
      }
      tallies[Int(question)].add(body.content)
    }
    var members: [UInt32: [Int]] = [:]
    for (index, record) in caseFile.records.enumerated() where OddAnswers.counts(record) {
      guard let question = OddAnswers.question(caseFile.body(of: record)),
        tallies[Int(question)].odd != nil, (members[question]?.count ?? 0) < OddAnswers.limit
      else { continue }
      members[question, default: []].append(index)
    }
    for (question, records) in members {
      let tally = tallies[Int(question)]
      // Of two answers each may be the odd one.
      for odd in [tally.odd, tally.isEven ? tally.first : nil].compactMap({ $0 }) {
        add(odd, among: records, caseFile)
      }
    }
    found.sort { $0.record < $1.record }
  }

  /// Adds the answer that has a set of data.
  private mutating func add(_ content: UInt32, among records: [Int], _ caseFile: CaseFile) {
    guard let record = records.first(where: { caseFile.body($0).content == content }),
      caseFile.responses.contains(record)
    else { return }
    let others = records.filter {
      $0 != record && caseFile.records[$0].source != caseFile.records[record].destination
    }
    guard let first = others.first, let last = others.last else { return }
    let isSteady = others.count >= OddAnswers.steady && first < record && last > record
    found.append(Answer(record: record, others: others, isSteady: isSteady))
  }

  /// Whether a response is an ordinary answer.
  @inline(__always)
  private static func counts(_ record: ResponseRecord) -> Bool {
    record.transaction == .answered && record.traits.isDisjoint(with: [.conflicting, .damaged, .cut])
      && record.match.isDisjoint(with: [.mirrorCopy, .otherVersion, .unsure])
  }

  /// The question of what an authority says; nil for referrals, failures and the answers of resolvers.
  @inline(__always)
  private static func question(_ body: ResponseBody) -> UInt32? {
    guard body.flags.aa, !body.flags.ra, !body.flags.tc, body.rcode == .noError || body.rcode == .nxDomain
    else {
      return nil
    }
    return body.foldedQuestion
  }
}
