import DNSWire

/// B3: a referral names other servers of a zone than all others, or a response gives a name server other addresses than
/// all others. When a zone moves, the new data stay and come from all of its servers.
enum NSOrGlueChangeRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    let sets = investigation.serverChanges.filter { !$0.isInAnswer(caseFile) }
    let glue = ServerChange.ofAddresses(investigation).filter { $0.rrset.section == .additional }
    return Charge.gravest(sets + glue, weight: { isSure($0, investigation) ? 1 : 0 }) { change in
      let words = change.rrset.type == .ns ? "servers of" : "addresses of the name server"
      var charge = change.charge(
        .nsOrGlueChange, isSure: isSure(change, investigation), investigation, "\(words) \(change.owner)")
      charge.benign = ["the zone or its server moves", "servers of the zone hold old data"]
      charge.references = ["RFC 1034 §4.2.2"]
      return charge
    }
  }

  /// Whether a change is forged: its server says otherwise itself, later or from a sender with other habits.
  private static func isSure(_ change: ServerChange, _ investigation: Investigation) -> Bool {
    let isOddSender = !change.families(investigation).isEmpty
    let isTakenBack = change.isTakenBack && change.ownWord.count >= leastOwnWord
    return change.isElsewhere && !change.ownWord.isEmpty && (isOddSender || isTakenBack)
  }

  /// Answers in which a server contradicts itself: one alone may be from a node that was not up to date.
  private static let leastOwnWord = 2
}
