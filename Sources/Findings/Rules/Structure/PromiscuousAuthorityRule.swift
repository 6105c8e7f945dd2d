import DNSWire

/// B2: a positive answer, or one that denies data, names other servers of the zone in its authority section than all
/// other answers do, and gives them addresses of their own. Resolvers that take such a set ask the attacker from then on
/// (CVE-2025-11411). Many servers add the NS RRset of their zone honestly, and parents and zones often differ in it: what
/// counts is a set that has nothing in common with the others, in one answer of a server that says otherwise itself.
enum PromiscuousAuthorityRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    let changes = investigation.serverChanges.filter { $0.isInAnswer(caseFile) }
    return Charge.gravest(changes, weight: { isSure($0, investigation) ? 1 : 0 }) { change in
      let isUnsigned = change.lacksSignature(caseFile), isSure = isSure(change, investigation)
      var charge = change.charge(
        .promiscuousAuthority, isSure: isSure, investigation, "servers of \(change.owner)")
      if isUnsigned {
        charge.arithmetic.append(
          (.structure, "its answer is signed, and this NS RRset is not, which is signed elsewhere"))
      }
      if isSure {
        charge.records += investigation.answers(of: change.rrset.rrset, after: change.record)
      }
      charge.benign = ["the zone moves to other servers, and this one knows it first"]
      charge.references = ["CVE-2025-11411", "CVE-2026-42960", "RFC 2181 §5.4.1"]
      return charge
    }
  }

  /// Whether a change is forged: it lacks the signature that it has elsewhere, or leads elsewhere and comes from a server
  /// that says otherwise, or from a sender with other habits.
  private static func isSure(_ change: ServerChange, _ investigation: Investigation) -> Bool {
    change.lacksSignature(investigation.caseFile)
      || (change.isElsewhere && (!change.ownWord.isEmpty || !change.families(investigation).isEmpty))
  }
}
