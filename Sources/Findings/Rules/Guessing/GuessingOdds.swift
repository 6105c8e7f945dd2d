import Transactions

/// How likely so many guesses hit (RFC 5452 §7.2): 1 - (1 - 1/(65536 P))^n, where P is how many ports the attacker has to
/// cover.
struct GuessingOdds {
  /// The ports to cover, the chance, and how hard the host made it.
  let ports: Int, chance: Double
  let entropy: ResolverEntropy?

  /// Of a campaign that tried so many ports.
  init(_ campaign: Campaign, _ investigation: Investigation, ports tried: Int) {
    let host = investigation.caseFile.addresses[campaign.group.client]
    entropy = investigation.entropy.first { $0.address == host }
    // Who sends to the open port has found it out.
    let pool = entropy.map { Int(max(1, $0.ports.pool).rounded()) } ?? ResolverEntropy.portCount
    ports = campaign.aim == .ids ? max(1, min(tried, pool)) : max(1, pool)
    chance = 1 - raised(1 - 1 / (65_536 * Double(ports)), to: campaign.count)
  }

  /// The chance for people.
  var text: String {
    guard chance >= 0.001 else { return "1 in \(Int((1 / max(chance, 1e-15)).rounded()))" }
    let tenths = Int((chance * 1_000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }
}

extension ResolverEntropy {
  /// What each means costs an attacker, for people.
  package var texts: [String] {
    [
      "source ports: \(ports.grade.rawValue), \(ports.text)",
      "message IDs: \(ids.grade.rawValue), \(ids.text)",
      "letter case (0x20): \(Int((caseShare * 100).rounded())) % of \(queries) queries",
      "cookies: \(Int((cookieShare * 100).rounded())) % of \(ports.sampled) queries",
    ]
  }
}

extension NumberSpread {
  /// The figures for people.
  package var text: String {
    let figures = "\(distinct) different in \(sampled), standard deviation \(Int(deviation.rounded()))"
    return flaws.isEmpty ? figures : "\(flaws.joined(separator: ", ")) (\(figures))"
  }
}
