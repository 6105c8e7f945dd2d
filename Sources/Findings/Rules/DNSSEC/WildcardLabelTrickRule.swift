import DNSSEC
import DNSWire

/// D8: an RRset with the RRSIG of a wildcard, which verifies, for a name for which no expansion is proven (RFC 4035
/// §5.3.4). A wildcard above the signer's zone is nothing that a server makes.
enum WildcardLabelTrickRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile, doubts = investigation.doubts.all
    let tricks = doubts.filter { isAboveZone($0, caseFile) || ($0.flaw == .labels && $0.isProven) }
    let accused = Set(tricks.map(\.record))
    let rest = doubts.filter { $0.flaw == .labels && $0.isFromAuthority && !accused.contains($0.record) }
    return DoubtGroup.groups(tricks, caseFile).map { charge($0, .accuses, caseFile) }
      + DoubtGroup.groups(rest, byHost: false, caseFile).map { charge($0, .supports, caseFile) }
  }

  /// Whether the source of synthesis lies above the zone of the signer.
  private static func isAboveZone(_ doubt: Doubt, _ caseFile: CaseFile) -> Bool {
    caseFile.data(doubt.record).contains { rrset in
      rrset.signatures.contains { id in
        guard let data = caseFile.store.rrsets.fields(of: id) else { return false }
        return Int(data.labels) < data.signer.labelCount
      }
    }
  }

  /// The charge of a group.
  private static func charge(_ group: DoubtGroup, _ standing: Charge.Standing, _ caseFile: CaseFile) -> Charge
  {
    let accuses = standing == .accuses
    var charge = group.charge(
      .wildcardLabelTrick, standing, accuses ? .medium : .low, accuses ? .high : .low,
      "\(group.subject(caseFile)) \(group.doubts.count == 1 ? "uses" : "use") the RRSIG of a wildcard where no expansion is proven",
      kind: .replay, caseFile)
    charge.benign = ["a server or middlebox that leaves out the denial beside a wildcard's data"]
    charge.references = ["RFC 4035 §5.3.4", "CVE-2026-44690", "CVE-2026-46582"]
    return charge
  }
}
