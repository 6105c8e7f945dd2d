/// P3: guesses about many names of one zone, each asked for once: so an attacker tries again at once where a cached name
/// would make him wait for its TTL (Kaminsky 2008). Many such names without guesses are an attack of another kind, or a
/// tracker's names, and no finding here.
enum RandomSubdomainRule: CaseRule {
  /// Names from which on they are many; crude signatures of other tools take 100 in 10 s without looking at guesses.
  private static let least = 10

  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    return investigation.guesswork.campaigns.filter { $0.aim != .nothingOpen }.compactMap { campaign in
      let all = campaign.records + campaign.hits + campaign.genuine
      let names = Set(all.compactMap { caseFile.question($0)?.name })
      guard names.count >= least, let zone = campaign.group.zone else { return nil }
      let host = caseFile.addresses[campaign.group.client]
      var charge = Charge(
        .randomSubdomainBurst, .volume, .supports, .low, .medium,
        "guesses to \(host) are about \(names.count) names in \(zone)")
      (charge.records, charge.genuine, charge.zone, charge.host) = (
        campaign.records, campaign.genuine, zone, host
      )
      charge.facts = [("names", .number(names.count))]
      charge.references = ["CVE-2008-1447"]
      return charge
    }
  }
}
