import DNSSEC
import DNSWire

/// D1: answers with proofs that fail, one finding for each zone and cause. A false response code with a proof of NODATA
/// is a server's error that deceives nobody: low.
struct BogusRule: FindingRule {
  private struct Key: Hashable, Sendable {
    let zone: Name, ede: UInt16?, errsInCodeAlone: Bool
  }

  private var drafts = DraftTable<Key>(), reasons: [Key: String] = [:]

  mutating func receive(_ response: JudgedResponse) -> Bool {
    guard response.judgement.verdict.security == .bogus else { return false }
    let verdict = response.judgement.verdict
    guard !StrippedRule.isMissing(verdict) else { return false }
    let key = Key(
      zone: response.judgement.zone, ede: verdict.ede, errsInCodeAlone: verdict.errsInCodeAlone)
    if drafts.add(response, to: key) { reasons[key] = verdict.reason }
    return true
  }

  mutating func receiveAgain(_ packet: JudgedPacket) { drafts.addAgain(packet) }

  mutating func endPart() { drafts.forgetKinds() }

  func findings() -> [Finding] {
    drafts.entries.map { key, draft in
      let reason = reasons[key] ?? ""
      return draft.finding(
        .bogus, key.errsInCodeAlone ? .low : .medium, .high,
        "\(counted(draft.count, "answer")) in \(key.zone) \(draft.count == 1 ? "is" : "are") bogus: \(reason)",
        evidence: [
          ("zone", .text(key.zone.description)), ("ede", key.ede.map { .number(Int($0)) } ?? .text("none")),
          ("reason", .text(reason)),
        ],
        benign: [
          "the zone's operator let signatures expire or made an error in a key rollover",
          "the clock of the capturing host is wrong",
        ], references: ["RFC 4035 §5", "RFC 8914"])
    }
  }
}
