import DNSWire

/// B3: a referral names other servers of a zone than all others, or a response gives a name server other addresses than
/// all others. When a zone moves, the new data stay and come from all of its servers.
enum NSOrGlueChangeRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    let sets = ServerChange.ofServers(investigation).filter { !$0.isInAnswer(caseFile) }
    let glue = ServerChange.ofAddresses(investigation).filter { $0.rrset.section == .additional }
    return sets.map { charge($0, "servers of \($0.owner)", investigation) }
      + glue.map { charge($0, "addresses of the name server \($0.owner)", investigation) }
  }

  /// The charge about a change: its server must say otherwise itself, later or from a sender with other habits.
  private static func charge(_ change: ServerChange, _ words: String, _ investigation: Investigation)
    -> Charge
  {
    let isOddSender = !change.families(investigation).isEmpty
    let isTakenBack = change.isTakenBack && change.ownWord.count >= leastOwnWord
    let isSure = change.isElsewhere && !change.ownWord.isEmpty && (isOddSender || isTakenBack)
    var charge = change.charge(.nsOrGlueChange, isSure: isSure, investigation, words)
    charge.benign = ["the zone or its server moves", "servers of the zone hold old data"]
    charge.references = ["RFC 1034 §4.2.2"]
    return charge
  }

  /// Answers in which a server contradicts itself: one alone may be from a node that was not up to date.
  private static let leastOwnWord = 2
}
