import DNSWire
import Transactions

/// What the answers of one group say, held against the answers to queries that came beside them.
struct GroupView {
  private let caseFile: CaseFile, group: StrayGroup
  /// Answers to queries from the group's servers to its host while it lasted.
  let inside: [Int]
  /// The questions of the group.
  private(set) var questions: Set<UInt32> = []
  /// What each body says, by its number; data that no ordinary answer holds, with how many of the group's answers do.
  private var bodies: [UInt32: AnswerMarks.Body] = [:]
  private(set) var foreign: [Int: Int] = [:]
  /// Answers of the group, and those beside it, by question and data, and by question and substance.
  private var said: [Pair: Int] = [:], carried: [Pair: Int] = [:]
  private(set) var substances: [Pair: Int] = [:]
  /// IP TTLs of the group's packets.
  private(set) var ttls: Set<UInt8> = []

  /// A question and a number.
  struct Pair: Hashable {
    let question: UInt32, value: Int
  }

  /// Of this many answers of a group one beside it may say the same without vouching for it: a hit among guesses.
  private static let share = 4

  /// Nothing counted yet.
  init(_ group: StrayGroup, inside: [Int], _ caseFile: CaseFile) {
    (self.group, self.inside, self.caseFile) = (group, inside, caseFile)
  }

  /// Counts what is said how often.
  mutating func count(_ marks: inout AnswerMarks, _ clean: Set<Int>) {
    var items: [Int: Int] = [:], beside: [Int: Int] = [:]
    for record in group.records {
      let known = marks.marks(caseFile.records[record].bodyID)
      bodies[caseFile.records[record].body] = known
      for item in known.items where !clean.contains(item) { items[item, default: 0] += 1 }
      ttls.insert(caseFile.records[record].network.ipTTL)
      guard let question = caseFile.body(record).foldedQuestion else { continue }
      questions.insert(question)
      said[Pair(question: question, value: Int(caseFile.body(record).content)), default: 0] += 1
      substances[Pair(question: question, value: known.substance), default: 0] += 1
    }
    for record in inside {
      let known = marks.marks(caseFile.records[record].bodyID)
      bodies[caseFile.records[record].body] = known
      guard caseFile.records[record].transaction != .duplicate else { continue }
      for item in known.items where items[item] != nil { beside[item, default: 0] += 1 }
      guard let question = caseFile.body(record).foldedQuestion, questions.contains(question) else {
        continue
      }
      carried[Pair(question: question, value: Int(caseFile.body(record).content)), default: 0] += 1
    }
    foreign = items.filter { $0.value > GroupView.share * (beside[$0.key] ?? 0) }
  }

  /// What a response says.
  func body(_ record: Int) -> AnswerMarks.Body? { bodies[caseFile.records[record].body] }

  /// Whether a response holds data of which no ordinary answer has any, and several of the group.
  func hasForeign(_ record: Int) -> Bool {
    body(record)?.items.contains { foreign[$0, default: 0] >= Spray.notable } ?? false
  }

  /// Data of a response that no ordinary answer holds and several of the group do.
  func foreignCount(_ record: Int) -> Int {
    body(record)?.items.count { foreign[$0, default: 0] >= Spray.notable } ?? 0
  }

  /// Whether so many answers to queries say the same that the group's say what is true.
  func isCarried(question: UInt32, content: UInt32) -> Bool {
    let pair = Pair(question: question, value: Int(content))
    guard let beside = carried[pair] else { return false }
    return GroupView.share * beside >= said[pair] ?? 0
  }
}

extension StrayJudge {
  /// The answers to queries that were guessed right: they say what guesses at the same question say, or hold data of the
  /// guesses that no ordinary answer holds, or come from where the guesses come from.
  func hits(_ guesses: [Int], _ view: GroupView) -> [Int] {
    let questions = Set(guesses.compactMap { caseFile.body($0).foldedQuestion })
    // A forger may copy some of what is true, such as the zone's NS RRset; a hit has all that guesses have.
    let usual = guesses.map(view.foreignCount).filter { $0 > 0 }.min() ?? .max
    return view.inside.filter { record in
      guard caseFile.word(record) != .secure, let marks = view.body(record) else { return false }
      if view.foreignCount(record) >= usual { return true }
      guard let question = caseFile.body(record).foldedQuestion, questions.contains(question) else {
        return false
      }
      let same = view.substances[GroupView.Pair(question: question, value: marks.substance)] ?? 0
      if same > 0, !isOrdinary(record, question),
        !view.isCarried(question: question, content: caseFile.body(record).content)
      {
        return true
      }
      return isFromElsewhere(record) && view.ttls.contains(caseFile.records[record].network.ipTTL)
    }
  }

  /// Whether ordinary answers to a question have the data of a response.
  func isOrdinary(_ record: Int, _ question: UInt32) -> Bool {
    evidence.ordinary[question]?.contains { caseFile.body($0).content == caseFile.body(record).content }
      ?? false
  }

  /// Whether the packet of a response is not as those of its server are.
  func isFromElsewhere(_ record: Int) -> Bool {
    !habits.departure(record).isDisjoint(with: [.ipTTL, .station, .identification, .dontFragment])
  }
}
