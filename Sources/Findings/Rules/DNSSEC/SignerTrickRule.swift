import DNSSEC
import DNSWire

/// D9: an RRSIG whose signer cannot sign for the owner. A signer that is no ancestor of the owner is nothing that a
/// server makes; another ancestor than the zone is also seen where cuts were moved.
enum SignerTrickRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile, doubts = investigation.doubts.with(.signer)
    let tricks = doubts.filter { ($0.isFromAuthority && isForeign($0, caseFile)) || $0.isProven }
    let accused = Set(tricks.map(\.record))
    let rest = doubts.filter { $0.isFromAuthority && !accused.contains($0.record) }
    return DoubtGroup.groups(tricks, caseFile).map { charge($0, .accuses, caseFile) }
      + DoubtGroup.groups(rest, byHost: false, caseFile).map { charge($0, .supports, caseFile) }
  }

  /// Whether a signer of the answer's data is no ancestor of their owner.
  private static func isForeign(_ doubt: Doubt, _ caseFile: CaseFile) -> Bool {
    let store = caseFile.store.rrsets
    return caseFile.data(doubt.record).contains { rrset in
      let owner = store.owner(of: rrset.rrset)
      return rrset.signatures.contains { id in
        guard let data = store.fields(of: id) else { return false }
        return !owner.isSubdomain(of: data.signer)
      }
    }
  }

  /// The charge of a group.
  private static func charge(_ group: DoubtGroup, _ standing: Charge.Standing, _ caseFile: CaseFile) -> Charge
  {
    let accuses = standing == .accuses
    var charge = group.charge(
      .signerTrick, standing, accuses ? .medium : .low, accuses ? .high : .low,
      "\(group.subject(caseFile)) \(group.doubts.count == 1 ? "has" : "have") RRSIGs of a signer that is not the zone of the data",
      kind: .onPathInjection, caseFile)
    charge.benign = ["a zone cut that was moved while its data were signed"]
    charge.references = ["RFC 4035 §5.3.1", "CVE-2022-3346"]
    return charge
  }
}
