import DNSSEC
import DNSWire

/// Answers that nothing proves, one finding for each zone and kind.
struct UnsignedRule: FindingRule {
  private struct Key: Hashable, Sendable {
    let zone: Name, kind: UnsignedKind
  }

  private var drafts = DraftTable<Key>(), reasons: [Key: String] = [:]

  mutating func receive(_ response: JudgedResponse) -> Bool {
    guard let kind = response.judgement.unsigned else { return false }
    let key = Key(zone: response.judgement.zone, kind: kind)
    if drafts.add(response, to: key) { reasons[key] = response.judgement.verdict.reason }
    return true
  }

  mutating func receiveAgain(_ packet: JudgedPacket) { drafts.addAgain(packet) }

  mutating func endPart() { drafts.forgetKinds() }

  func findings() -> [Finding] {
    drafts.entries.map { key, draft in
      draft.finding(
        .unsigned, .info, .high,
        "\(counted(draft.count, "answer")) in \(key.zone) \(sentence(key.kind, reasons[key] ?? ""))",
        evidence: [
          ("kind", .text(key.kind.word)), ("zone", .text(key.zone.description)),
          ("reason", .text(reasons[key] ?? "")),
        ], benign: [], references: ["RFC 4035 §4.3"])
    }
  }

  /// What the kind means for the reader.
  private func sentence(_ kind: UnsignedKind, _ reason: String) -> String {
    switch kind {
    case .notRequested: "came without signatures, which were not requested"
    case .provenInsecure: "cannot be proven: \(reason)"
    case .unknown: "cannot be proven with what the capture holds"
    }
  }
}
