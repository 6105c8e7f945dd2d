import DNSSEC
import DNSWire
import Findings

extension ZoneEvent {
  /// How the chain comes to the zone: the DS records or anchors that match, and the keys, those for keys first;
  /// nil without any.
  func chainText(algorithms: Bool) -> String? {
    let matching = unique(ds.filter(\.matches).map { "\($0.ds.keyTag)" })
    let link = matching.isEmpty ? [] : ["\(anchored ? "anchor" : "DS") \(someOf(matching, limit: 3))"]
    let sorted = dnskeys.filter { $0.role != "ZSK" } + dnskeys.filter { $0.role == "ZSK" }
    let keys = someOf(sorted.map { "\($0.role) \($0.keyTag)" }, limit: 3)
    let mnemonics = Set(dnskeys.map(\.algorithm)).sorted().map { SecurityAlgorithm(rawValue: $0).mnemonic }
    let algorithm = algorithms ? " (\(someOf(mnemonics, limit: 3)))" : ""
    let parts = link + (keys.isEmpty ? [] : [keys + algorithm])
    return parts.isEmpty ? nil : parts.joined(separator: " -> ")
  }
}

extension Verdict {
  /// `EDE 9: `, or nothing.
  var edeText: String { ede.map { "EDE \($0): " } ?? "" }
}
