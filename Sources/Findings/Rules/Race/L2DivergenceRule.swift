/// R9: one server's answers come from two stations on the link, one of which has the odd ones alone.
enum L2DivergenceRule: HabitRule {
  static let rule = Rule.l2Divergence, family = EvidenceFamily.network, deviations: Deviation = .station
  static let benign = [
    "routers that share an address (VRRP, HSRP)", "aggregated links", "both sides of a router are captured",
  ]
  static let references = ["RFC 826", "RFC 5798"]

  static func oddity(_ investigation: Investigation, _ record: Int) -> String {
    "another station or VLAN on the link than its other answers"
  }
}
