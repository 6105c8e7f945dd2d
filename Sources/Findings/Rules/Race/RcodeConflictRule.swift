/// R3: one query is answered with data and with an error or a denial.
enum RcodeConflictRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    return investigation.races.compactMap { race in
      let rcodes = race.sides.compactMap(\.records.first).map { caseFile.body($0).rcode }
      guard Set(rcodes.map(\.rawValue)).count > 1, let first = race.records.first else { return nil }
      let words = rcodes.map(\.mnemonic).joined(separator: ", ")
      var charge = Charge(
        .rcodeConflict, .content, .supports, .low, .low,
        "\(caseFile.server(first)) answers one query of \(caseFile.client(first)) with \(words)")
      charge.records = race.forged.isEmpty ? race.records : race.forged
      charge.genuine = race.genuine
      charge.benign = [
        "an overloaded node of an anycast server", "a firewall or filter in the path that denies names",
        "a resolver that fails over",
      ]
      return charge
    }
  }
}
