import DNSSEC
import DNSWire

/// D11: denials that cost a validator many hashes, or would without limits; one finding for each zone.
struct NSEC3WorkRule: FindingRule {
  /// The most that a zone's messages cost and asked for.
  private struct Load: Sendable {
    var hashes = 0, blocks = 0, iterations: UInt16 = 0, saltLength = 0
    var isStopped = false, isAboveIterations = false, reason = ""
  }

  /// Blocks of SHA-1 for one message from which on its cost is worth a word. An honest denial hashes four names, with 150
  /// iterations and a salt of eight octets 604 blocks; the floods of CVE-2023-50868 take 50,000 and more.
  static let costlyBlocks = 4_096

  private var drafts = DraftTable<Name>(), loads: [Name: Load] = [:]

  mutating func receive(_ response: JudgedResponse) -> Bool {
    guard let work = response.judgement.work else { return false }
    let verdict = response.judgement.verdict
    let isAbove = verdict.ede == ExtendedErrorCode.unsupportedNSEC3Iterations.rawValue
    guard isAbove || work.isHashLimitReached || work.blocks >= NSEC3WorkRule.costlyBlocks else {
      return false
    }
    let zone = response.judgement.zone
    drafts.add(response, to: zone)
    var load = loads[zone] ?? Load()
    (load.hashes, load.blocks) = (max(load.hashes, work.hashes), max(load.blocks, work.blocks))
    load.iterations = max(load.iterations, work.iterations ?? 0)
    load.saltLength = max(load.saltLength, work.saltLength ?? 0)
    load.isStopped = load.isStopped || work.isHashLimitReached
    if isAbove || load.reason.isEmpty { load.reason = verdict.reason }
    load.isAboveIterations = load.isAboveIterations || isAbove
    loads[zone] = load
    return true
  }

  mutating func receiveAgain(_ packet: JudgedPacket) { drafts.addAgain(packet) }

  mutating func endPart() { drafts.forgetKinds() }

  func findings() -> [Finding] {
    drafts.entries.map { zone, draft in
      let load = loads[zone] ?? Load()
      return draft.finding(
        .nsec3Work, load.isStopped ? .medium : .low, load.isStopped ? .medium : .high,
        "\(counted(draft.count, "answer")) in \(zone): \(sentence(load))",
        evidence: [
          ("zone", .text(zone.description)), ("kind", .text(kind(load))), ("hashes", .number(load.hashes)),
          ("sha1_blocks", .number(load.blocks)), ("iterations", .number(Int(load.iterations))),
          ("salt_octets", .number(load.saltLength)), ("reason", .text(load.reason)),
        ],
        benign: ["an old zone, signed with the many iterations and the salt that were once recommended"],
        references: ["RFC 9276 §3.2", "CVE-2023-50868", "RFC 8914 §4.28"])
    }
  }

  /// What the load is called: the worst of what it is.
  private func kind(_ load: Load) -> String {
    load.isStopped ? "hash-limit" : load.isAboveIterations ? "iterations" : "costly"
  }

  /// The load in words.
  private func sentence(_ load: Load) -> String {
    if load.isStopped { return "a denial needs more NSEC3 hashes than the limit allows" }
    if load.isAboveIterations { return "more NSEC3 iterations than the limit; \(load.reason)" }
    return
      "one denial takes \(load.hashes) NSEC3 hashes, \(load.blocks) blocks of SHA-1, with \(load.iterations) iterations and a salt of \(load.saltLength) octets"
  }
}
