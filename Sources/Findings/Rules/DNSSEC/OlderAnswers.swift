import DNSSEC
import DNSWire
import Transactions

/// Answers that verify and are older than others that were seen for the same question.
enum OlderAnswers {
  /// Seconds by which signatures must be older where no rival was seen: servers that sign as they answer set the inception
  /// an hour back (BIND's `dnssec-signzone` does), and their clocks differ.
  private static let margin: Int32 = 3_600
  /// How often older data come back where an attacker is likelier than a server that gives several versions in turn.
  private static let returnLimit = 2

  /// Forged sides of races whose signatures verify and are older than the genuine side's.
  static func inRaces(_ investigation: Investigation) -> [Doubt] {
    let caseFile = investigation.caseFile
    return investigation.races.flatMap { race -> [Doubt] in
      guard let rival = race.genuine.first, let newer = caseFile.signatureAge(rival) else { return [] }
      return race.forged.compactMap { record in
        guard caseFile.word(record) == .secure, let own = caseFile.signatureAge(record),
          own.seconds(until: newer) > 0
        else { return nil }
        return Doubt(record: record, flaw: .older, rival: rival)
      }
    }
  }

  /// What a server said last that was signed latest, and what was older and came afterwards.
  private struct Course {
    var newest: SignatureAge, record: Int, content: UInt32, returns: [Int] = []

    /// Takes a later answer.
    mutating func add(_ index: Int, _ age: SignatureAge, _ content: UInt32) {
      if age.seconds(until: newest) >= margin, content != self.content {
        if returns.count <= returnLimit { returns.append(index) }
      } else if age.seconds(until: newest) < 0 {
        (newest, record, self.content) = (age, index, content)
      }
    }
  }

  /// Answers of a server with other and older data than it gave before for the same question.
  static func returned(_ investigation: Investigation) -> [Doubt] {
    let caseFile = investigation.caseFile
    var ages = BodyAges(caseFile)
    guard ages.isAny else { return [] }
    var places = PairTable(), courses: [Course] = []
    let records = caseFile.records
    for index in caseFile.pass where ages.isVaried(records.body(index)) {
      let record = records[index]
      guard record.isAnswered, !record.isDamaged,
        investigation.roles.isAuthority(record.source), caseFile.isOrWasSecure(index),
        let age = ages.age(of: record.body), investigation.race(of: index) == nil
      else { continue }
      let content = caseFile.body(of: record).content
      let (place, isNew) = places.number(record.source, caseFile.facts[Int(record.body)].question)
      if isNew {
        courses.append(Course(newest: age, record: index, content: content))
      } else {
        courses[place].add(index, age, content)
      }
    }
    return courses.filter { $0.returns.count <= returnLimit }.flatMap { course in
      course.returns.map { Doubt(record: $0, flaw: .older, secure: course.record) }
    }.sorted { $0.record < $1.record }
  }
}

/// Bodies that are signed and whose questions were also answered with other signed data, and when these were signed.
private struct BodyAges {
  /// By the number of a body; empty where there are none.
  private var states: [State] = [], varied: [Bool] = []
  private let caseFile: CaseFile

  /// What is known of a body.
  private enum State {
    case unmet, unsigned
    case signed(SignatureAge)
  }

  /// Looks at all bodies.
  init(_ caseFile: CaseFile) {
    self.caseFile = caseFile
    var contents: [UInt32: UInt32] = [:], questions: Set<UInt32> = []
    for (facts, body) in zip(caseFile.facts, caseFile.store.bodies) where BodyAges.counts(facts) {
      if let known = contents.updateValue(body.content, forKey: facts.question), known != body.content {
        questions.insert(facts.question)
      }
    }
    guard !questions.isEmpty else { return }
    varied = caseFile.facts.map { BodyAges.counts($0) && questions.contains($0.question) }
    states = Array(repeating: .unmet, count: varied.count)
  }

  /// Whether a body is signed and has a question.
  private static func counts(_ facts: BodyFacts) -> Bool {
    facts.marks.contains(.isSigned) && facts.question != BodyFacts.noQuestion
  }

  /// Whether there are any such bodies, and whether one is such.
  var isAny: Bool { !states.isEmpty }
  @inline(__always)
  func isVaried(_ body: UInt32) -> Bool { varied[Int(body)] }

  /// When the data of one were signed.
  mutating func age(of body: UInt32) -> SignatureAge? {
    if case .unmet = states[Int(body)] {
      let age = SignatureAge(caseFile.answer(ofBody: body), caseFile.store.rrsets)
      states[Int(body)] = age.map { .signed($0) } ?? .unsigned
    }
    if case .signed(let age) = states[Int(body)] { return age }
    return nil
  }
}
