import DNSWire

import DNSWire

/// A rule about one way in which a response departs from what is usual for its server. It supports, and never accuses
/// alone.
protocol HabitRule: CaseRule {
  /// Its name, its family and the departures that it is about.
  static var rule: Rule { get }
  static var family: EvidenceFamily { get }
  static var deviations: Deviation { get }
  /// What is odd in a few words, behind "N answers of SERVER have".
  static func oddity(_ investigation: Investigation, _ record: Int) -> String
  /// Honest explanations, and references.
  static var benign: [String] { get }
  static var references: [String] { get }
}

extension HabitRule {
  /// A charge for the races about each zone between two hosts, as they come one after the other, and one for each server
  /// for responses that are in none.
  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    var groups: [HabitGroup] = [], latest: [HabitKey: Int] = [:]
    for (record, deviation) in investigation.deviants where !deviation.isDisjoint(with: deviations) {
      let race = investigation.race(of: record)
      // What is odd about the genuine side is no evidence against the other.
      if let race, race.sides.contains(where: \.isForged), !race.accuses(record) { continue }
      let response = caseFile.records[record]
      let key = HabitKey(
        server: response.source, client: race.map { _ in response.destination },
        zone: race.flatMap { _ in investigation.zone(of: record) })
      if let place = latest[key], key.client == nil || groups[place].isNear(record, caseFile) {
        groups[place].records.append(record)
      } else {
        latest[key] = groups.count
        groups.append(HabitGroup(records: [record], isContested: race != nil))
      }
    }
    return Charge.gravest(
      groups, weight: { $0.isContested ? 1 : 0 }, charge: { charge($0.records, investigation) })
  }

  /// The charge of some responses of one server.
  private static func charge(_ records: [Int], _ investigation: Investigation) -> Charge {
    let caseFile = investigation.caseFile, first = records[0]
    var charge = Charge(
      rule, family, .supports, .low, .low,
      "\(counted(records.count, "answer")) of \(caseFile.server(first)) \(records.count == 1 ? "has" : "have") \(oddity(investigation, first))"
    )
    (charge.records, charge.benign, charge.references) = (records, benign, references)
    return charge
  }
}

/// What charges of a `HabitRule` are told apart by; host and zone only of responses in races.
private struct HabitKey: Hashable {
  let server: UInt32, client: UInt32?, zone: Name?
}

/// Responses that one charge is about, at least one, and whether they are in races.
private struct HabitGroup {
  var records: [Int]
  let isContested: Bool

  /// Whether a response came so soon after the last one that both are of one attack.
  func isNear(_ record: Int, _ caseFile: CaseFile) -> Bool {
    guard let last = records.last else { return false }
    return caseFile.time(record).distance(from: caseFile.time(last)) <= IncidentBuilder.pause
  }
}
