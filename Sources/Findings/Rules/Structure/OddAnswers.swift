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

  /// Looks through the responses to questions that have several sets of data, twice.
  init(_ caseFile: CaseFile) {
    let isVaried = OddAnswers.variedBodies(caseFile)
    guard !isVaried.isEmpty else { return }
    var places = PairTable(), tallies: [Tally] = []
    let records = caseFile.records
    for index in records.pass() where isVaried[Int(records.body(index))] && records[index].isOrdinary {
      let body = records.body(index), (place, isNew) = places.number(caseFile.facts[Int(body)].question, 0)
      if isNew { tallies.append(Tally()) }
      tallies[place].add(caseFile.content(ofBody: body))
    }
    var members: [Int: [Int]] = [:]
    for index in records.pass() where isVaried[Int(records.body(index))] && records[index].isOrdinary {
      guard let place = places.find(caseFile.facts[Int(records.body(index))].question, 0),
        tallies[place].odd != nil, (members[place]?.count ?? 0) < OddAnswers.limit
      else { continue }
      members[place, default: []].append(index)
    }
    for (place, records) in members {
      let tally = tallies[place]
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

  /// For each body whether it is what an authority says, and the authorities say several things to its question; empty
  /// where no question is such.
  private static func variedBodies(_ caseFile: CaseFile) -> [Bool] {
    var isVaried = Array(repeating: false, count: caseFile.facts.count), isAny = false
    var contents: [UInt32] = [], varied: [Bool] = []
    for (facts, body) in zip(caseFile.facts, caseFile.store.bodies) where counts(facts) {
      let question = Int(facts.question)
      if question >= contents.count {
        contents.append(contentsOf: repeatElement(.max, count: question + 1 - contents.count))
        varied.append(contentsOf: repeatElement(false, count: question + 1 - varied.count))
      }
      if contents[question] != .max, contents[question] != body.content {
        (varied[question], isAny) = (true, true)
      }
      contents[question] = body.content
    }
    guard isAny else { return [] }
    for (index, facts) in caseFile.facts.enumerated() where counts(facts) {
      isVaried[index] = varied[Int(facts.question)]
    }
    return isVaried
  }

  /// Whether a body is what an authority says to a question: no referral, failure or answer of a resolver.
  private static func counts(_ facts: BodyFacts) -> Bool {
    facts.marks.contains(.aa) && facts.marks.isDisjoint(with: [.ra, .tc])
      && !facts.marks.isDisjoint(with: [.noError, .nxDomain]) && facts.question != BodyFacts.noQuestion
  }
}
