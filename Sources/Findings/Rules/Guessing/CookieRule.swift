/// P12: the client cookie comes back wrong, or not at all from a server that sends it back.
enum CookieRule: HabitRule {
  static let rule = Rule.cookie, family = EvidenceFamily.structure
  static let deviations: Deviation = [.cookieMissing, .cookieWrong]
  static let benign = ["nodes of one server with and without cookies", "a middlebox that strips EDNS"]
  static let references = ["RFC 7873", "RFC 9018"]

  static func oddity(_ investigation: Investigation, _ record: Int) -> String {
    investigation.deviation(record).contains(.cookieWrong)
      ? "another client cookie than the query"
      : "no client cookie, which this server sends back at other times"
  }
}
