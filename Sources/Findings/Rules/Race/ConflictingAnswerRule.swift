import Bytes
import DNSSEC
import DNSWire

/// R1 and R11: responses to one question whose data differ, more of them than were asked for.
enum ConflictingAnswerRule: CaseRule {
  /// Conflicts of one question between two hosts are one charge.
  private struct Key: Hashable {
    let question: UInt32?, server: UInt32, client: UInt32
  }

  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    var order: [Key] = [], races: [Key: [Race]] = [:]
    for race in investigation.races {
      guard let first = race.records.first else { continue }
      let record = caseFile.records[first]
      let key = Key(
        question: caseFile.body(first).foldedQuestion, server: record.source, client: record.destination)
      if races[key] == nil { order.append(key) }
      races[key, default: []].append(race)
    }
    return order.compactMap { key in races[key].flatMap { charge($0, investigation) } }
  }

  /// The charge of the conflicts about one question between two hosts.
  private static func charge(_ races: [Race], _ investigation: Investigation) -> Charge? {
    let caseFile = investigation.caseFile, forged = races.flatMap(\.forged).sorted()
    guard let race = races.first, let first = race.records.first else { return nil }
    let isHonest = races.allSatisfy { HonestShape($0, investigation).isLikely }
    let name = caseFile.question(first).map { "\($0.name) \($0.type.mnemonic)" } ?? "no question"
    let sides = Set(races.flatMap { $0.sides.map(\.content) }).count
    var charge = Charge(
      .conflictingAnswer, .content, .accuses, isHonest ? .low : .medium, isHonest ? .low : .medium,
      "\(sides) different answers to \(name) from \(caseFile.server(first)) to \(caseFile.client(first)); \(decision(races, caseFile))"
    )
    charge.records = forged
    charge.genuine = races.flatMap(\.genuine).sorted()
    charge.isHonestShape = isHonest
    charge.count = count(races, investigation)
    charge.isUndecided = !races.contains(where: \.isDecided)
    charge.isProven = races.contains(where: isProven)
    charge.kind = .race
    for race in races { charge.arithmetic += arithmetic(race) }
    charge.facts = facts(race, caseFile)
    charge.benign = HonestShape(race, investigation).explanations
    charge.references = ["Hold-On (Duan et al. 2012)", "RFC 5452"]
    return charge
  }

  /// How many answers are false at least: all but one to each query, with those of a flood that were only counted; nil
  /// where these are the ones that are named.
  private static func count(_ races: [Race], _ investigation: Investigation) -> Int? {
    let caseFile = investigation.caseFile
    guard let first = races.first?.records.first, races.contains(where: { $0.sides.count > 2 }) else {
      return nil
    }
    let kept = races.reduce(0) { $0 + $1.records.count - 1 }
    let counted = caseFile.sprays.filter {
      $0.client == caseFile.client(first) && $0.server == caseFile.server(first)
    }
    return kept + counted.reduce(0) { $0 + $1.contested }
  }

  /// Whether one side is bogus, or under a secure delegation unsigned, and a rival secure.
  private static func isProven(_ race: Race) -> Bool {
    race.sides.contains { $0.best == .secure }
      && race.sides.contains { $0.worst == .bogus && $0.best != .secure }
  }

  /// What decided, family by family.
  private static func arithmetic(_ race: Race) -> [(family: EvidenceFamily, text: String)] {
    var lines: [(family: EvidenceFamily, text: String)] = []
    for side in race.sides where side.isForged || side.isGenuine {
      for reason in side.reasons where !reason.isOrder {
        // What speaks for the forged side, or against the genuine one, is doubt and no evidence.
        guard side.isForged ? reason.points > 0 : reason.points < 0 else { continue }
        lines.append((reason.family, reason.text))
      }
    }
    return lines
  }

  /// Sides of a race that are described.
  private static var listed: Int { 8 }

  /// The sides of a race, and what decided.
  private static func facts(_ race: Race, _ caseFile: CaseFile) -> [(name: String, value: EvidenceValue)] {
    race.sides.prefix(listed).enumerated().map { number, side in
      let word = side.worst == side.best ? side.worst.word : "\(side.best.word) to \(side.worst.word)"
      let mark = side.isForged ? "taken for forged" : side.isGenuine ? "taken for genuine" : "undecided"
      let reasons = side.reasons.map { "\($0.family.rawValue): \($0.text)" }.joined(separator: "; ")
      let text =
        "\(side.records.first.map(caseFile.summary) ?? "") [\(word); \(mark)\(reasons.isEmpty ? "" : "; \(reasons)")]"
      return ("answer_\(number + 1)", .text(text))
    }
  }

  /// Which side is false, as far as it is known.
  private static func decision(_ races: [Race], _ caseFile: CaseFile) -> String {
    let list = { (records: [Int]) in
      records.prefix(10).map { "\(caseFile.packet($0).number)" }.joined(separator: ", ")
    }
    let forged = races.flatMap(\.forged), genuine = races.flatMap(\.genuine)
    let sides = races.flatMap(\.sides)
    if sides.contains(where: { $0.best == .secure }), !forged.isEmpty {
      return "DNSSEC proves the answer in frame \(list(genuine)), so that in frame \(list(forged)) is false"
    }
    if sides.contains(where: { $0.worst == .bogus }) {
      return "the answer in frame \(list(forged)) is bogus, and nothing proves the other"
    }
    guard !forged.isEmpty else { return "nothing tells which is false" }
    if races.contains(where: \.isDecided) {
      return
        "the one in frame \(list(forged)) departs from what is usual for that server or from its other answers"
    }
    return "nothing but the order tells which is false: the one in frame \(list(forged)) came first"
  }
}
