import DNSSEC
import DNSWire

/// D7: records that verify, used for what they do not prove: an NSEC or NSEC3 of another span, of a parent below a cut or
/// of an opted-out span, or data of another name. Beside a secure answer that says otherwise they were replayed.
enum NSECSpanMisuseRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile, doubts = investigation.doubts.with(.misused)
    let proven = DoubtGroup.groups(doubts.filter(\.isProven), caseFile).map { charge($0, .accuses, caseFile) }
    return proven
      + DoubtGroup.groups(doubts.filter { !$0.isProven && $0.isFromAuthority }, byHost: false, caseFile).map {
        charge($0, .supports, caseFile)
      }
  }

  /// The charge of a group.
  private static func charge(_ group: DoubtGroup, _ standing: Charge.Standing, _ caseFile: CaseFile) -> Charge
  {
    let isProven = standing == .accuses
    var charge = group.charge(
      .nsecSpanMisuse, standing, isProven ? .medium : .low, isProven ? .high : .low,
      "\(group.subject(caseFile)) \(group.doubts.count == 1 ? "has" : "have") records that verify and do not prove what is said",
      kind: .replay, caseFile)
    charge.benign = [
      "a server with a faulty chain of NSEC or NSEC3", "a middlebox that drops some of the records",
    ]
    charge.references = ["RFC 6840 §4", "RFC 4035 §5.4", "RFC 5155 §8"]
    return charge
  }
}
