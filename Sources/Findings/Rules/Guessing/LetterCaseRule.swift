/// P11: the question comes back in other letter case from a server that keeps it.
enum LetterCaseRule: HabitRule {
  static let rule = Rule.letterCase, family = EvidenceFamily.structure, deviations: Deviation = .letterCase
  static let benign = ["a server or forwarder that rewrites names"]
  static let references = ["draft-vixie-dnsext-dns0x20"]

  static func oddity(_ investigation: Investigation, _ record: Int) -> String {
    "the question in other letter case than the query, which this server keeps at other times"
  }
}
