import Bytes
import DNSSEC
import DNSWire
import Findings

/// One zone on the page.
struct ZoneCard {
  /// How many of the zones shown lie above it.
  let depth: Int
  /// Its name, its word, and why.
  let zone: Printable, word: Printable, reason: Printable
  /// Whether there are records to show, whether at once, and how the chain goes in a few words.
  let hasDetails: Bool, isOpen: Bool, chain: Printable
  /// The DS records or anchors.
  let hasDS: Bool, dsCaption: Printable, dsRows: [DSRow]
  /// The keys.
  let hasKeys: Bool, keyRows: [KeyRow]
  /// What is new about the keys of a trust point.
  let hasTrustPoint: Bool, trustPoint: [Printable]
  /// When the word changed.
  let hasChanges: Bool, changes: [Printable]
  /// What is said of records that the card has no room for.
  let hasLeftOut: Bool, leftOut: Printable

  /// The card of a row of the tree.
  init(_ row: ZoneTree.Row) {
    let event = row.zone
    depth = row.depth
    zone = Printable(event.zone.isRoot ? ". (root)" : "\(event.zone)")
    word = Printable(event.verdict.security.word)
    reason = Printable(event.verdict.edeText + event.verdict.reason)
    let isSecure = event.verdict.security == .secure
    isOpen = event.verdict.security >= .indeterminate
    chain = Printable(
      isSecure ? event.chainText(algorithms: true) ?? "Records" : "DS records, keys and changes")
    dsCaption = Printable(
      event.anchored
        ? "Trust anchors and DS records" : "DS records at \(event.parent?.description ?? "the parent")")
    dsRows = event.ds.prefix(Page.listLimit).map { DSRow($0) }
    hasDS = !dsRows.isEmpty
    keyRows = event.dnskeys.prefix(Page.listLimit).map { KeyRow($0) }
    hasKeys = !keyRows.isEmpty
    trustPoint = TrackedKey.news(of: event.trustPoint).prefix(Page.listLimit).map { Printable($0) }
    hasTrustPoint = !trustPoint.isEmpty
    changes = event.changes.prefix(Page.listLimit).map { Printable(ZoneCard.text($0)) }
    hasChanges = event.changes.count > 1
    let rest = [event.ds.count, event.dnskeys.count, event.changes.count].map { max(0, $0 - Page.listLimit) }
    hasLeftOut = rest.contains { $0 > 0 }
    leftOut = Printable("Not shown: \(rest[0]) DS records, \(rest[1]) keys, \(rest[2]) changes.")
    hasDetails = hasDS || hasKeys || hasTrustPoint || hasChanges
  }

  /// A change in a sentence.
  private static func text(_ change: (time: Timestamp, verdict: Verdict, frame: Int?)) -> String {
    let frame = change.frame.map { ", frame \($0)" } ?? ""
    let verdict = change.verdict
    return "\(timeText(change.time))\(frame): \(verdict.security.word), \(verdict.edeText)\(verdict.reason)"
  }
}

/// One DS record or anchor.
struct DSRow {
  /// The fields of the record, and where it was seen.
  let keyTag: Int, algorithm: Printable, digestType: Printable, digest: Printable, seen: Printable
  /// Whether a key of the zone has this digest.
  let matches: Bool
  /// The weak classes that it belongs to.
  let isWeak: Bool, weak: Printable

  /// The row of a record.
  init(_ entry: DSEntry) {
    keyTag = Int(entry.ds.keyTag)
    algorithm = Printable(SecurityAlgorithm(rawValue: entry.ds.algorithm).mnemonic)
    digestType = Printable(DSDigestType(rawValue: entry.ds.digestType).mnemonic)
    digest = Printable(Hex.encode(entry.ds.digest))
    matches = entry.matches
    (isWeak, weak) = (!entry.weak.isEmpty, Printable("weak: \(entry.weak.text)"))
    seen = Printable(entry.frame.map { "frame \($0)" } ?? "trust anchor")
  }
}

/// One key.
struct KeyRow {
  /// What is known of the key, and where it was seen.
  let keyTag: Int, role: Printable, algorithm: Printable, bits: Printable, flags: Int, seen: Printable
  /// The weak classes that it belongs to.
  let isWeak: Bool, weak: Printable

  /// The row of a key.
  init(_ entry: KeyEntry) {
    keyTag = Int(entry.keyTag)
    role = Printable(entry.role)
    algorithm = Printable(SecurityAlgorithm(rawValue: entry.algorithm).mnemonic)
    bits = Printable(entry.bits > 0 ? grouped(entry.bits) : "unreadable")
    flags = Int(entry.flags)
    seen = Printable("frame \(entry.frame)")
    (isWeak, weak) = (!entry.weak.isEmpty, Printable("weak: \(entry.weak.text)"))
  }
}
