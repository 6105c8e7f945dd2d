import Bytes
import DNSWire

/// B6: the address of a name server is none that a packet can be sent to: 0.0.0.0, ::, 127/8 or ::1 (CVE-2026-50251). Who
/// asks it asks himself.
enum NullGlueRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile, delegations = investigation.delegations,
      store = caseFile.store.rrsets
    let charges = delegations.addresses.compactMap { server, versions -> Charge? in
      let records = versions.filter { store.records(of: $0).contains(where: isNull) }
        .flatMap { delegations.sightings(of: $0) }.map(\.record)
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

  /// Whether an address stands for no host, or for the own one.
  private static func isNull(_ rdata: [UInt8]) -> Bool {
    if rdata.count == 4 { return rdata[0] == 127 || rdata.allSatisfy { $0 == 0 } }
    return rdata.count == 16 && rdata.dropLast().allSatisfy { $0 == 0 } && (rdata.last ?? 0) <= 1
  }
}
