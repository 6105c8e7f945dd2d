import Bytes
import DNSSEC
import DNSWire

/// D2: answers without the signatures or denials that are due. One finding for each zone and cause; one for each server
/// that has no signatures for anybody, which is how forwarders without DNSSEC are.
struct StrippedRule: FindingRule {
  /// What findings are told apart by.
  private enum Key: Hashable, Sendable {
    case zone(Name, ede: UInt16?), server(IPAddress)
  }

  private var drafts = DraftTable<Key>(), reasons: [Key: String] = [:]

  mutating func receive(_ response: JudgedResponse) -> Bool {
    guard response.judgement.verdict.security == .bogus else { return false }
    let verdict = response.judgement.verdict
    guard StrippedRule.isMissing(verdict) else { return false }
    let key: Key =
      response.serverSigns
      ? .zone(response.judgement.zone, ede: verdict.ede) : .server(response.server)
    if drafts.add(response, to: key) { reasons[key] = verdict.reason }
    return true
  }

  mutating func receiveAgain(_ packet: JudgedPacket) { drafts.addAgain(packet) }

  mutating func endPart() { drafts.forgetKinds() }

  func findings() -> [Finding] { drafts.entries.map { finding($0.key, $0.draft, reasons[$0.key] ?? "") } }

  /// Whether a bogus word says that records are missing, not that some are wrong (RFC 8914 §4.11, §4.13).
  static func isMissing(_ verdict: Verdict) -> Bool {
    verdict.ede == ExtendedErrorCode.rrsigsMissing.rawValue
      || verdict.ede == ExtendedErrorCode.nsecMissing.rawValue
  }

  /// The finding of a zone, or of a server.
  private func finding(_ key: Key, _ draft: FindingDraft, _ reason: String) -> Finding {
    let answers = "\(counted(draft.count, "answer"))", verb = draft.count == 1 ? "is" : "are"
    switch key {
    case .zone(let zone, let ede):
      return draft.finding(
        .stripped, .medium, .high,
        "\(answers) in \(zone) \(verb) without the signatures or denials that are due: \(reason)",
        evidence: [
          ("zone", .text(zone.description)), ("ede", ede.map { .number(Int($0)) } ?? .text("none")),
          ("reason", .text(reason)),
        ],
        benign: [
          "a middlebox or forwarder without DNSSEC removed the records",
          "a server was loaded with an unsigned copy of the zone",
        ], references: ["RFC 4035 §5", "RFC 8914"])
    case .server(let server):
      return draft.finding(
        .stripped, .low, .high,
        "\(answers) from \(server) \(verb) without the signatures that DO asks for, and so is all that it sends: it seems to know no DNSSEC",
        evidence: [("server", .text("\(server)")), ("reason", .text(reason))],
        benign: [
          "a forwarder, or a middlebox before it, without DNSSEC", "a translator for DNS64 (RFC 6147 §5.5)",
          "a filter that gives answers of its own (RFC 8914 §4.16-4.18)",
        ], references: ["RFC 4035 §3", "RFC 6147 §5.5"])
    }
  }
}
