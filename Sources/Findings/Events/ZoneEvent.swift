import Bytes
import DNSSEC
import DNSWire
import Packets

/// The chain of trust of a zone as the capture shows it; the state is that of the last packet.
package struct ZoneEvent: Sendable {
  /// The zone, and the one above it that the chain passes through.
  package var zone: Name, parent: Name?
  /// The word at the last packet.
  package var verdict: Verdict
  /// When the word changed, in order of time.
  package var changes: [(time: Timestamp, verdict: Verdict, frame: Int?)]
  /// The DS records seen for it, and its keys.
  package var ds: [DSEntry], dnskeys: [KeyEntry]
  /// Whether a trust anchor names this zone.
  package var anchored: Bool
  /// Where each key of the trust point stands (RFC 5011); empty where no anchor is configured.
  package var trustPoint: [TrackedKey]

  /// From the fields.
  package init(
    zone: Name, parent: Name?, verdict: Verdict, changes: [(time: Timestamp, verdict: Verdict, frame: Int?)],
    ds: [DSEntry], dnskeys: [KeyEntry], anchored: Bool, trustPoint: [TrackedKey] = []
  ) {
    (self.zone, self.parent, self.verdict, self.changes) = (zone, parent, verdict, changes)
    (self.ds, self.dnskeys, self.anchored, self.trustPoint) = (ds, dnskeys, anchored, trustPoint)
  }
}

/// A DS record.
package struct DSEntry: Sendable {
  /// The fields of the record.
  package var ds: DSData
  /// Whether a DNSKEY of the zone has this digest.
  package var matches: Bool
  /// The weak classes of its algorithm and digest type.
  package var weak: WeakClasses
  /// Where it was seen first; nil for a trust anchor.
  package var frame: Int?

  /// From the fields.
  package init(ds: DSData, matches: Bool, weak: WeakClasses = [], frame: Int?) {
    (self.ds, self.matches, self.weak, self.frame) = (ds, matches, weak, frame)
  }
}

/// A DNSKEY record.
package struct KeyEntry: Sendable {
  /// Key tag, algorithm, size in bits (0 when the key cannot be read) and flags.
  package var keyTag: UInt16, algorithm: UInt8, bits: Int, flags: UInt16
  /// `KSK`, `ZSK`, `CSK` or `revoked`, as people call what it does.
  package var role: String
  /// The weak classes of its algorithm and size.
  package var weak: WeakClasses
  /// Where it was seen first.
  package var frame: Int

  /// From the fields.
  package init(
    keyTag: UInt16, algorithm: UInt8, bits: Int, flags: UInt16, role: String, weak: WeakClasses = [],
    frame: Int
  ) {
    (self.keyTag, self.algorithm, self.bits, self.flags) = (keyTag, algorithm, bits, flags)
    (self.role, self.weak, self.frame) = (role, weak, frame)
  }
}

/// The counts of a whole run.
package struct SummaryEvent: Sendable {
  /// Packets read, DNS messages found, queries and responses among them.
  package var packets: Int, messages: Int, queries: Int, responses: Int
  /// Responses by word.
  package var bySecurity: [(security: SecurityStatus, count: Int)]
  /// Findings by rule.
  package var byRule: [(rule: Rule, count: Int)]
  /// Distinct RRsets, RRSIGs seen, and cryptographic operations done.
  package var uniqueRRsets: Int, signaturesSeen: Int, signaturesVerified: Int
  /// Packets that the capture itself dropped; nil when unknown.
  package var dropped: Int?
  /// Messages that could not be decoded to their end.
  package var malformed: Int
  /// Messages that are no unicast responses to queries, by kind.
  package var notJudged: [(kind: String, count: Int)]
  /// Oddities by their code, each with a few examples.
  package var oddities: [OddityCount]
  /// Encrypted DNS, which could not be looked into.
  package var opaque: [(name: OpaqueProtocol, count: OpaqueCount)]
  /// Names hashed for NSEC3.
  package var nsec3Hashes: Int
  /// What would break if validation were on.
  package var wouldBreak: WouldBreak

  /// From the fields.
  package init(
    packets: Int, messages: Int, queries: Int, responses: Int,
    bySecurity: [(security: SecurityStatus, count: Int)],
    byRule: [(rule: Rule, count: Int)], uniqueRRsets: Int, signaturesSeen: Int, signaturesVerified: Int,
    dropped: Int?, malformed: Int, notJudged: [(kind: String, count: Int)],
    oddities: [OddityCount], opaque: [(name: OpaqueProtocol, count: OpaqueCount)] = [],
    nsec3Hashes: Int = 0, wouldBreak: WouldBreak = WouldBreak()
  ) {
    (self.packets, self.messages, self.queries, self.responses) = (packets, messages, queries, responses)
    (self.bySecurity, self.byRule, self.uniqueRRsets) = (bySecurity, byRule, uniqueRRsets)
    (self.signaturesSeen, self.signaturesVerified, self.dropped) = (
      signaturesSeen, signaturesVerified, dropped
    )
    (self.malformed, self.notJudged, self.oddities) = (malformed, notJudged, oddities)
    self.opaque = opaque
    (self.nsec3Hashes, self.wouldBreak) = (nsec3Hashes, wouldBreak)
  }
}
