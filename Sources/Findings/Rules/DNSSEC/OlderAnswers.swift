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

  /// A question to a server.
  private struct Key: Hashable {
    let server: UInt32, question: UInt32
  }

  /// What a server said last that was signed latest, and what was older and came afterwards.
  private struct Course {
    var newest: SignatureAge, record: Int, content: UInt32, returns: [Int] = []
  }

  /// Answers of a server with other and older data than it gave before for the same question.
  static func returned(_ investigation: Investigation) -> [Doubt] {
    let caseFile = investigation.caseFile, isVaried = variedBodies(caseFile)
    guard isVaried.contains(true) else { return [] }
    var courses: [Key: Course] = [:], order: [Key] = []
    for index in caseFile.responses {
      let record = caseFile.records[index]
      guard isVaried[Int(record.body)], record.transaction == .answered, !record.traits.contains(.damaged),
        investigation.roles.isAuthority(record.source), investigation.race(of: index) == nil,
        let question = caseFile.body(of: record).foldedQuestion,
        let age = caseFile.signatureAge(index)
      else { continue }
      let key = Key(server: record.source, question: question), content = caseFile.body(index).content
      guard var course = courses[key] else {
        order.append(key)
        courses[key] = Course(newest: age, record: index, content: content)
        continue
      }
      if age.seconds(until: course.newest) >= margin, content != course.content {
        if course.returns.count <= returnLimit { course.returns.append(index) }
      } else if age.seconds(until: course.newest) < 0 {
        (course.newest, course.record, course.content) = (age, index, content)
      }
      courses[key] = course
    }
    return order.compactMap { courses[$0] }.filter { $0.returns.count <= returnLimit }.flatMap { course in
      course.returns.map { Doubt(record: $0, flaw: .older, secure: course.record) }
    }.sorted { $0.record < $1.record }
  }

  /// For each body whether it is signed and its question was also answered with other signed data.
  private static func variedBodies(_ caseFile: CaseFile) -> [Bool] {
    var contents: [UInt32: UInt32] = [:], varied: Set<UInt32> = []
    for body in caseFile.store.bodies where body.signatureCount > 0 {
      guard let question = body.foldedQuestion else { continue }
      if let known = contents[question], known != body.content { varied.insert(question) }
      contents[question] = body.content
    }
    return caseFile.store.bodies.map {
      $0.signatureCount > 0 && $0.foldedQuestion.map(varied.contains) ?? false
    }
  }
}
