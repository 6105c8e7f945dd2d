import DNSSEC
import DNSWire

/// D10: messages that would make a validator try many keys on many RRSIGs (KeyTrap), one finding for each zone.
struct KeyTrapRule: FindingRule {
  /// What the messages of one zone would have cost.
  private struct Load: Sendable {
    var signatures = 0, skipped = 0, leftOut = 0, stopped = 0, costliest = 0
    var tags: [MessageWork.CrowdedTag] = []
  }

  /// Crowded tags that are named for one zone.
  private static let tagLimit = 16

  private var drafts = DraftTable<Name>(), loads: [Name: Load] = [:]

  mutating func receive(_ response: JudgedResponse) -> Bool {
    guard let work = response.judgement.work, work.isKeyLimitReached else { return false }
    let zone = work.crowdedTags.first?.zone ?? response.judgement.zone
    drafts.add(response, to: zone)
    var load = loads[zone] ?? Load()
    if work.skippedSignatures >= load.skipped {
      (load.signatures, load.skipped, load.costliest) = (
        work.signatures, work.skippedSignatures, response.frame
      )
    }
    load.leftOut = max(load.leftOut, work.leftOutRecords)
    if response.judgement.verdict.security == .bogus { load.stopped += 1 }
    for tag in work.crowdedTags where load.tags.count < KeyTrapRule.tagLimit && !load.tags.contains(tag) {
      load.tags.append(tag)
    }
    loads[zone] = load
    return true
  }

  mutating func receiveAgain(_ packet: JudgedPacket) { drafts.addAgain(packet) }

  mutating func endPart() { drafts.forgetKinds() }

  func findings() -> [Finding] {
    drafts.entries.map { zone, draft in finding(zone, draft, loads[zone] ?? Load()) }
  }

  /// The finding on one zone: sure where keys collide that chance does not make collide.
  private func finding(_ zone: Name, _ draft: FindingDraft, _ load: Load) -> Finding {
    let keys = load.tags.map(\.keys).max() ?? 0
    let crowd = keys > 0 ? "; \(keys) keys share one tag" : ""
    let what =
      load.skipped > 0
      ? "the worst leaves \(load.skipped) of \(load.signatures) RRSIGs untried"
      : "the worst has \(load.leftOut) DNSKEY or DS records more than are looked at"
    return draft.finding(
      .keyTrap, .high, keys > 0 ? .high : .medium,
      "\(counted(draft.count, "message")) of \(zone) would cost more signature checks than the limits allow: \(what)\(crowd)",
      evidence: [
        ("zone", .text(zone.description)), ("costliest_frame", .number(load.costliest)),
        ("rrsigs", .number(load.signatures)), ("rrsigs_skipped", .number(load.skipped)),
        ("rrsigs_tried", .number(load.signatures - load.skipped)),
        ("records_left_out", .number(load.leftOut)),
        (
          "colliding_tags",
          .texts(load.tags.map { "\($0.zone) tag \($0.keyTag) algorithm \($0.algorithm): \($0.keys) keys" })
        ), ("bogus_by_limit", .flag(load.stopped > 0)),
      ],
      benign: [
        "a zone with many algorithms and keys in the middle of a rollover; two keys with one tag happen by chance, five do not",
        "somebody tests a validator",
      ],
      references: ["CVE-2023-50387", "CVE-2025-8677", "RFC 4034 Appendix B"])
  }
}
