import Bytes
import DNSSEC
import DNSWire

/// D13: a trust point whose DNSKEY RRset no trust anchor in force vouches for, and keys of it that come and go.
struct AnchorTroubleRule: FindingRule {
  private var found: [Finding] = []

  mutating func receive(_ response: JudgedResponse) -> Bool { false }
  mutating func receiveAgain(_ packet: JudgedPacket) {}

  mutating func receive(_ zone: ZoneReport) {
    guard let point = zone.trustPoint else { return }
    if let rejected = point.rejected { found.append(finding(rejected, point)) }
    for key in point.distinctKeys {
      if let news = news(of: key, point.zone) { found.append(finding(key, point.zone, news)) }
    }
  }

  func findings() -> [Finding] { found }

  /// The finding on DNSKEY RRsets that are signed by none of the anchors.
  private func finding(_ rejected: RejectedKeySets, _ point: TrustPoint) -> Finding {
    let summary =
      "\(counted(rejected.count, "DNSKEY RRset")) of \(point.zone) \(rejected.count == 1 ? "is" : "are") not signed by any trust anchor in force: \(rejected.reason)"
    return finding(
      .high, summary, point.zone, frames: rejected.frames, count: rejected.count,
      (rejected.firstTime, rejected.lastTime),
      evidence: [("kind", .text("not-signed")), ("reason", .text(rejected.reason))],
      benign: [
        "the capture is of a network with a root or a zone of its own, and other trust anchors are in use there",
        "the trust anchors given are out of date",
      ])
  }

  /// What happened to a key in this run, as a kind and a sentence; nil where nothing did.
  private func news(of key: TrackedKey, _ zone: Name) -> (kind: String, sentence: String)? {
    guard key.isFollowed, key.frame != nil else { return nil }
    switch key.state {
    case .addPend:
      let until = key.holdDownUntil.map { ", at the earliest \(timeText($0))" } ?? ""
      return (
        "hold-down", "\(zone) has a new key \(key.keyTag), which becomes a trust anchor in 30 days\(until)"
      )
    case .revoked, .removed:
      return ("revoked", "the trust anchor \(key.keyTag) of \(zone) is revoked, signed with the key itself")
    case .valid where key.anchor == nil:
      return (
        "accepted", "the new key \(key.keyTag) of \(zone) became a trust anchor after its hold-down time"
      )
    default: return nil
    }
  }

  /// The finding on a key.
  private func finding(_ key: TrackedKey, _ zone: Name, _ news: (kind: String, sentence: String)) -> Finding {
    let first = key.firstSeen ?? key.since ?? 0
    return finding(
      .info, news.sentence, zone, frames: [key.frame ?? 1], count: 1, (first, key.lastSeen ?? first),
      evidence: [
        ("kind", .text(news.kind)), ("key_tag", .number(Int(key.keyTag))), ("state", .text(key.state.word)),
        ("source", .text(key.source)),
      ], benign: ["the zone changes its keys as RFC 5011 wants it"])
  }

  /// A finding about a zone.
  private func finding(
    _ severity: Severity, _ summary: String, _ zone: Name, frames: [Int], count: Int,
    _ times: (first: Int64, last: Int64), evidence: [(name: String, value: EvidenceValue)], benign: [String]
  ) -> Finding {
    Finding(
      id: "", rule: .anchorTrouble, severity: severity, confidence: .high, summary: capitalized(summary),
      frames: frames, count: count, firstFrame: frames.min() ?? 1, lastFrame: frames.max() ?? 1,
      firstTime: Timestamp(seconds: times.first), lastTime: Timestamp(seconds: times.last), names: [zone],
      servers: [], clients: [], evidence: [("zone", .text(zone.description))] + evidence,
      benignExplanations: benign, references: ["RFC 5011"])
  }

  /// A moment for people: RFC 3339 to the second.
  private func timeText(_ seconds: Int64) -> String {
    String(decoding: Timestamp(seconds: seconds).rfc3339.utf8.prefix(19), as: UTF8.self) + "Z"
  }
}
