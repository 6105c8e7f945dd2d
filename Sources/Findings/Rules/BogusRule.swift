import DNSSEC
import DNSWire

/// D1 and D2: answers that should be proven and are not; `stripped` where signatures or denials are missing.
struct BogusRule: FindingRule {
  /// Findings are told apart by zone and cause.
  private struct Key: Hashable, Sendable {
    let zone: Name, ede: UInt16?, isStripped: Bool
  }

  private var drafts = DraftTable<Key>(), reasons: [Key: String] = [:]

  mutating func receive(_ response: JudgedResponse) -> Bool {
    let verdict = response.judgement.verdict
    guard verdict.security == .bogus else { return false }
    let stripped =
      verdict.ede == ExtendedErrorCode.rrsigsMissing.rawValue
      || verdict.ede == ExtendedErrorCode.nsecMissing.rawValue
    let key = Key(zone: response.judgement.zone, ede: verdict.ede, isStripped: stripped)
    drafts.add(response, to: key)
    if reasons[key] == nil { reasons[key] = verdict.reason }
    return true
  }

  mutating func receiveAgain(_ packet: JudgedPacket) { drafts.addAgain(packet) }

  mutating func endPart() { drafts.forgetKinds() }

  func findings() -> [Finding] {
    drafts.entries.map { key, draft in
      let reason = reasons[key] ?? ""
      let what = key.isStripped ? "without the signatures or denials that are due" : "bogus"
      let summary =
        "\(counted(draft.count, "answer")) in \(key.zone) \(draft.count == 1 ? "is" : "are") \(what): \(reason)"
      return draft.finding(
        key.isStripped ? .stripped : .bogus, .medium, .high, summary,
        evidence: [
          ("zone", .text(key.zone.description)), ("ede", key.ede.map { .number(Int($0)) } ?? .text("none")),
          ("reason", .text(reason)),
        ],
        benign: key.isStripped
          ? [
            "a middlebox or forwarder without DNSSEC removed the records",
            "a server was loaded with an unsigned copy of the zone",
          ]
          : [
            "the zone's operator let signatures expire or made an error in a key rollover",
            "the clock of the capturing host is wrong",
          ],
        references: ["RFC 4035 §5", "RFC 8914"])
    }
  }
}
