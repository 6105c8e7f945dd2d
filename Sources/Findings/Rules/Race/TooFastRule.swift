/// R5: an answer in less than half of the shortest time that its server took for any other.
enum TooFastRule: HabitRule {
  static let rule = Rule.tooFast, family = EvidenceFamily.timing, deviations: Deviation = .tooFast
  static let benign = [
    "a cache or forwarder on the way answered", "two clocks in captures that were put together",
  ]
  static let references = ["Hold-On (Duan et al. 2012)", "Berger et al. 2019"]

  static func oddity(_ investigation: Investigation, _ record: Int) -> String {
    let habits = investigation.habits.server(of: record),
      trip = investigation.caseFile.records[record].rttMicroseconds
    let least = trip == habits.shortest ? habits.secondShortest : habits.shortest
    return "come after \(trip) µs, where this server took at least \(least) µs at other times"
  }
}
