import DNSSEC
import DNSWire
import Findings

extension ZoneEvent {
  /// How the chain comes to the zone: the DS records or anchors that match, and the keys; nil without any.
  var chainText: String? {
    let matching = ds.filter(\.matches).map { "\($0.ds.keyTag)" }
    let keys = dnskeys.map { "\($0.role) \($0.keyTag) \(SecurityAlgorithm(rawValue: $0.algorithm).mnemonic)" }
    let link = matching.isEmpty ? [] : ["\(anchored ? "anchor" : "DS") \(someOf(matching, limit: 3))"]
    let parts = link + (keys.isEmpty ? [] : [someOf(keys, limit: 3)])
    return parts.isEmpty ? nil : parts.joined(separator: " -> ")
  }
}

extension Verdict {
  /// `EDE 9: `, or nothing.
  var edeText: String { ede.map { "EDE \($0): " } ?? "" }
}
