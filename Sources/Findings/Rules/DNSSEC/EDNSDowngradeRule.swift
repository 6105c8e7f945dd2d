/// D4: no EDNS in the answer to a query with it, from a server that has it.
enum EDNSDowngradeRule: HabitRule {
  static let rule = Rule.ednsDowngrade, family = EvidenceFamily.structure,
    deviations: Deviation = .ednsMissing
  static let benign = [
    "a path that drops large answers", "the resolver's own fallback", "nodes of one server that differ",
  ]
  static let references = ["RFC 6891 §7"]

  static func oddity(_ investigation: Investigation, _ record: Int) -> String {
    "no EDNS, which this server has at other times"
  }
}
