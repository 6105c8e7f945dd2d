import Bytes
import DNSWire

/// B6: the address of a name server is none that a packet can be sent to: 0.0.0.0, ::, 127/8 or ::1 (CVE-2026-50251). Who
/// asks it asks himself.
enum NullGlueRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile, delegations = investigation.delegations,
      store = caseFile.store.rrsets
    let odd = delegations.servers { hasNull($0, store) }
    let charges = odd.compactMap { server, versions -> Charge? in
      let records = versions.flatMap { delegations.sightings(of: $0) }.map(\.record)
        .filter { !caseFile.body($0).flags.ra && caseFile.responses.contains($0) }.sorted()
      guard let first = records.first else { return nil }
      var charge = Charge(
        .nullGlue, .structure, .stands, .low, .low,
        "\(caseFile.server(first)) gives the name server \(server) an address that nobody can reach")
      (charge.records, charge.names) = (records, [server])
      charge.benign = ["a sinkhole, or a zone that is parked"]
      charge.references = ["CVE-2026-50251", "RFC 1122 §3.2.1.3"]
      return charge
    }
    return charges.sorted { ($0.records.first ?? 0) < ($1.records.first ?? 0) }
  }

  /// Whether any address in an RRset stands for no host, or for the own one.
  private static func hasNull(_ rrset: RRsetID, _ store: RRsetStore) -> Bool {
    var hasNull = false
    store.forEachRData(of: rrset) { rdata in
      guard let address = IPAddress(bytes: rdata) else { return }
      if address.isIPv6 ? address.high == 0 && address.low <= 1 : address.low == 0 || address.low >> 24 == 127
      {
        hasNull = true
      }
    }
    return hasNull
  }
}
