import Bytes
import DNSSEC
import DNSWire
import Findings

/// Makes events of zone reports.
enum ZoneEvents {
  /// The event of one zone.
  static func event(_ report: ZoneReport) -> ZoneEvent {
    ZoneEvent(
      zone: report.zone, parent: report.parent, verdict: report.verdict,
      changes: report.changes.map { (Timestamp(seconds: $0.time), $0.verdict, nil) },
      ds: report.ds.map { DSEntry(ds: $0.ds, matches: $0.matches, weak: .of($0.ds), frame: $0.frame) },
      dnskeys: report.keys.map { entry in
        KeyEntry(
          keyTag: entry.key.keyTag, algorithm: entry.key.algorithm, bits: entry.bits, flags: entry.key.flags,
          role: role(entry.key, report), weak: entry.weak, frame: entry.frame)
      }, anchored: report.isAnchored,
      trustPoint: report.trustPoint?.distinctKeys ?? [])
  }

  /// What people call a key: by its flags, and CSK when it is alone with its algorithm.
  private static func role(_ key: DNSKEYData, _ report: ZoneReport) -> String {
    if key.isRevoked { return "revoked" }
    guard key.isSecureEntryPoint else { return "ZSK" }
    let hasZoneKey = report.keys.contains { !$0.key.isSecureEntryPoint && $0.key.algorithm == key.algorithm }
    return hasZoneKey ? "KSK" : "CSK"
  }
}
