import DNSSEC
import DNSWire

/// Signatures that do not verify, of answers that are not bogus only because the capture lacks a link of the chain to
/// their signer: with it they might be. One finding for each zone.
struct FailedSignatureRule: FindingRule {
  private var drafts = DraftTable<Name>(), reasons: [Name: String] = [:]

  mutating func receive(_ response: JudgedResponse) -> Bool {
    let judgement = response.judgement
    guard judgement.verdict.security == .indeterminate, response.isIntact else { return false }
    guard judgement.rrsets.contains(where: { $0.signatures.contains(.failed) }) else { return false }
    if drafts.add(response, to: judgement.zone) { reasons[judgement.zone] = judgement.verdict.reason }
    return true
  }

  mutating func receiveAgain(_ packet: JudgedPacket) { drafts.addAgain(packet) }

  mutating func endPart() { drafts.forgetKinds() }

  func findings() -> [Finding] {
    drafts.entries.map { zone, draft in
      let reason = reasons[zone] ?? ""
      return draft.finding(
        .failedSignature, .low, .medium,
        "\(counted(draft.count, "answer")) in \(zone) \(draft.count == 1 ? "has" : "have") an RRSIG that verifies with no key seen, and the chain to its signer is not known: \(reason)",
        evidence: [("zone", .text(zone.description)), ("reason", .text(reason))],
        benign: [
          "the key that made it was not captured, and another one has its tag",
          "the zone was signed anew between the two",
        ], references: ["RFC 4035 §5.3.3"])
    }
  }
}
