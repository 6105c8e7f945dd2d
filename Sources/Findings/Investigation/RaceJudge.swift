import DNSSEC
import DNSWire
import Transactions

/// Decides which side of a race is false: by the word of DNSSEC first, then by data that are secure elsewhere, then by
/// the server's habits, then by what the capture shows at other times, and at last by order. "The first is false" is
/// no rule: one in nine forged answers of a censor's injector came second (Hoang 2021).
struct RaceJudge {
  private let investigation: Investigation
  private var caseFile: CaseFile { investigation.caseFile }

  /// Points of each kind of evidence. One step of the order above outweighs all steps behind it together.
  static let wordPoints = 10_000, securePoints = 1_000, guessPoints = 600, orderPoints = 1
  private static let habitPoints: [(Deviation, Int, String)] = [
    (.cookieWrong, 60, "another client cookie than the query's"),
    (.cookieMissing, 50, "no client cookie although this server sends it back"),
    (.letterCase, 60, "the question in other letter case although this server keeps it"),
    (.ipTTL, 50, "an IP TTL that this server does not have"),
    (.station, 50, "another station on the link"),
    (.identification, 30, "an IP ID against this server's habit"),
    (.dontFragment, 25, "the don't-fragment bit against this server's habit"),
    (.checksum, 20, "a UDP checksum against this server's habit"),
    (.trafficClass, 20, "another traffic class"),
    (.tooFast, 30, "an answer in less than half of this server's shortest time"),
    (.ednsMissing, 40, "no EDNS although this server has it"),
    (.ednsSize, 15, "another EDNS size"),
    (.flags, 30, "flags or sections against this server's habit"),
  ]
  private static let historyPoints = 40
  /// Signatures that are older than a rival's weigh more than all habits, and less than a word.
  private static let agePoints = 500

  /// A judge with the evidence of an investigation.
  init(_ investigation: Investigation) { self.investigation = investigation }

  /// Decides a race.
  func decide(_ race: Race) -> Race {
    var race = race
    for index in race.sides.indices {
      weighWord(&race.sides[index])
      weighGuesses(&race.sides[index])
      weighHabits(&race.sides[index])
      weighHistory(&race.sides[index])
      weighFragments(&race.sides[index])
    }
    weighAge(&race)
    for (index, reasons) in RaceComparison(race, investigation).reasons().enumerated() {
      for reason in reasons { race.sides[index].add(reason.family, reason.points, reason.text) }
    }
    weighOrder(&race)
    let most = race.sides.map(\.points).max() ?? 0, least = race.sides.map(\.points).min() ?? 0
    guard most > least else { return race }
    // With one side that is better than all others these are false; the genuine server answers with one set of data, so
    // that of several sides that are equally good at most one is genuine, and nothing tells which.
    let hasBest = race.sides.count { $0.points == least } == 1
    for index in race.sides.indices {
      let points = race.sides[index].points
      race.sides[index].isGenuine = hasBest && points == least && points < RaceJudge.wordPoints
      race.sides[index].isForged = points > least || points >= RaceJudge.wordPoints
    }
    return race
  }

  /// What DNSSEC says of a side, and whether its data are secure elsewhere.
  private func weighWord(_ side: inout Race.Side) {
    let place = side.records.first.map { "frame \(caseFile.packet($0).number)" } ?? "it"
    if side.best == .secure {
      side.add(.crypto, -RaceJudge.wordPoints, "DNSSEC proves \(place)")
    } else if side.worst == .bogus {
      side.add(.crypto, RaceJudge.wordPoints, "\(place) is bogus")
    }
    guard side.best != .secure, let record = side.records.first else { return }
    if let other = caseFile.corroboration(record) {
      side.add(
        .crypto, -RaceJudge.securePoints, "its data are secure in frame \(caseFile.packet(other).number)")
    } else if let contradiction = caseFile.contradiction(record) {
      side.add(.crypto, RaceJudge.securePoints, "frame \(contradiction.frame) proves other data")
    }
  }

  /// Whether a side says what guesses at other IDs or ports say.
  private func weighGuesses(_ side: inout Race.Side) {
    guard let campaign = side.records.lazy.compactMap(investigation.guesswork.campaign).first else { return }
    side.add(.volume, RaceJudge.guessPoints, "it is one of \(campaign.count + campaign.hits.count) guesses")
  }

  /// In what the responses of a side depart from what is usual for their server.
  private func weighHabits(_ side: inout Race.Side) {
    for record in side.records.prefix(8) {
      let deviation = investigation.deviation(record)
      for (kind, points, text) in RaceJudge.habitPoints where deviation.contains(kind) {
        side.add(family(of: kind), points, "frame \(caseFile.packet(record).number) has \(text)")
      }
      if !deviation.isEmpty { break }
    }
  }

  /// The family of one departure.
  private func family(of deviation: Deviation) -> EvidenceFamily { deviation.families.first ?? .structure }

  /// Whether other answers of that server, or of others, have the same data.
  private func weighHistory(_ side: inout Race.Side) {
    guard let record = side.records.first else { return }
    let others = investigation.history.sightings(of: record)
    guard let first = others.first else { return }
    side.add(
      .history, -RaceJudge.historyPoints,
      "\(others.count == 1 ? "another answer has" : "\(others.count) other answers have") the same data, the first in frame \(caseFile.packet(first).number)"
    )
  }

  /// Whether a fragment of it was planted.
  private func weighFragments(_ side: inout Race.Side) {
    guard let record = side.records.first(where: investigation.fragments.records.contains) else { return }
    side.add(
      .network, RaceJudge.securePoints, "a fragment of frame \(caseFile.packet(record).number) was planted")
  }

  /// Of two sides that verify, the one with older signatures is a replay, unless a secondary server lags.
  private func weighAge(_ race: inout Race) {
    let ages = race.sides.map { $0.records.first.flatMap(caseFile.signatureAge) }
    for (index, age) in ages.enumerated() {
      guard let age else { continue }
      let newer = ages.indices.first { ages[$0].map { age.seconds(until: $0) > 0 } ?? false }
      guard let newer, let record = race.sides[newer].records.first else { continue }
      race.sides[index].add(
        .crypto, RaceJudge.agePoints,
        "its signatures are older than those in frame \(caseFile.packet(record).number)")
    }
  }

  /// The earlier one is the more likely to be false.
  private func weighOrder(_ race: inout Race) {
    guard let first = race.sides.indices.min(by: { race.sides[$0].firstRecord < race.sides[$1].firstRecord })
    else {
      return
    }
    race.sides[first].add(.timing, RaceJudge.orderPoints, "it came first, as forged answers mostly do")
  }
}

extension Race.Side {
  /// The number of its first response.
  fileprivate var firstRecord: Int { records.first ?? .max }

  /// Adds what speaks for or against it.
  fileprivate mutating func add(_ family: EvidenceFamily, _ points: Int, _ text: String) {
    self.points += points
    reasons.append(Race.Reason(family: family, points: points, text: text))
  }
}
