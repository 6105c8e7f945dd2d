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
  /// A charge for each race that the departures are in, and one for each server for the others.
  static func charges(_ investigation: Investigation) -> [Charge] {
    var order: [HabitKey] = [], records: [HabitKey: [Int]] = [:]
    for (record, deviation) in investigation.deviants where !deviation.isDisjoint(with: deviations) {
      let race = investigation.race(of: record)
      // What is odd about the genuine side is no evidence against the other.
      if let race, !race.forged.isEmpty, !race.forged.contains(record) { continue }
      let key = HabitKey(server: investigation.caseFile.records[record].source, group: race?.group)
      if records[key] == nil { order.append(key) }
      records[key, default: []].append(record)
    }
    return order.compactMap { charge(records[$0] ?? [], investigation) }
  }

  /// The charge of some responses of one server.
  private static func charge(_ records: [Int], _ investigation: Investigation) -> Charge? {
    guard let first = records.first else { return nil }
    let caseFile = investigation.caseFile
    var charge = Charge(
      rule, family, .supports, .low, .low,
      "\(counted(records.count, "answer")) of \(caseFile.server(first)) \(records.count == 1 ? "has" : "have") \(oddity(investigation, first))"
    )
    (charge.records, charge.benign, charge.references) = (records, benign, references)
    return charge
  }
}

/// What charges of a `HabitRule` are told apart by.
private struct HabitKey: Hashable {
  let server: UInt32, group: Int?
}
