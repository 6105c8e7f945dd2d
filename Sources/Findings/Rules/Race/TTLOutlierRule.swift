/// R4: a packet whose IP TTL its server does not have, give or take one.
enum TTLOutlierRule: HabitRule {
  static let rule = Rule.ttlOutlier, family = EvidenceFamily.network, deviations: Deviation = .ipTTL
  static let benign = ["a route change", "another node of an anycast server", "a load balancer"]
  static let references = ["Hold-On (Duan et al. 2012)"]

  static func oddity(_ investigation: Investigation, _ record: Int) -> String {
    let usual = investigation.habits.server(of: record).usualTTLs.prefix(4).map { "\($0)" }.joined(
      separator: ", ")
    return
      "an IP TTL (\(investigation.caseFile.records[record].network.ipTTL)) that this server does not have (\(usual))"
  }
}
