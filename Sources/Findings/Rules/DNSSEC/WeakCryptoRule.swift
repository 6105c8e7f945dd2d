import DNSSEC
import DNSWire

/// Secure answers that rest on cryptography which is no longer advised, one finding for each zone that has it.
struct WeakCryptoRule: FindingRule {
  private var drafts = DraftTable<Name>(), links: [Name: [WeakLink]] = [:]

  /// Links of one zone that are named: more keys than this tell a reader nothing new.
  private static let linkLimit = 16

  mutating func receive(_ response: JudgedResponse) -> Bool {
    var zones: [Name] = []
    for link in response.judgement.weakLinks {
      if !zones.contains(link.zone) { zones.append(link.zone) }
      if links[link.zone]?.contains(link) == true { continue }
      if links[link.zone, default: []].count < Self.linkLimit { links[link.zone, default: []].append(link) }
    }
    for zone in zones { drafts.add(response, to: zone) }
    return !zones.isEmpty
  }

  mutating func receiveAgain(_ packet: JudgedPacket) { drafts.addAgain(packet) }

  mutating func endPart() { drafts.forgetKinds() }

  func findings() -> [Finding] { drafts.entries.map { finding($0.key, $0.draft) } }

  /// The finding of one zone. RSA of 1024 bits alone is short of today's advice, and no more than that.
  private func finding(_ zone: Name, _ draft: FindingDraft) -> Finding {
    let links = links[zone] ?? [], classes = links.reduce(WeakClasses()) { $0.union($1.classes) }
    let named = links.map { "\($0.text): \($0.classes.text)" }
    let isShort = classes == WeakClasses(.rsa1024)
    let dependence = draft.count == 1 ? "answer rests" : "answers rest"
    return draft.finding(
      .weakCrypto, isShort ? .info : .low, .high,
      "\(draft.count) secure \(dependence) on weak cryptography of \(zone) (\(classes.text)): \(named.joined(separator: "; "))",
      evidence: [
        ("zone", .text(zone.description)), ("classes", .texts(classes.classes.map(\.word))),
        ("weak_links", .texts(named)), ("answers", .number(draft.count)),
      ],
      benign: [
        "the zone's operator has not changed to another algorithm or to longer keys yet; nothing was forged",
        "the capture is older than the advice",
      ], references: classes.classes.flatMap(\.references))
  }
}
