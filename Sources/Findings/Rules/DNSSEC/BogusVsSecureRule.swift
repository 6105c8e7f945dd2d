import DNSSEC
import DNSWire

/// R11: an answer is bogus, and another one to its query, or the same RRset at another time, is secure and says
/// otherwise. Answers of servers with authority are accused; a resolver passes on what it was told, and is accused of
/// the first answer alone, and only where the capture does not show who told it.
enum BogusVsSecureRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    // What replays genuine records, or denies a DS, is another rule's.
    let doubts = investigation.doubts.with(
      .unsigned, .unprovenDenial, .badSignature, .labels, .signer, .other
    )
    .filter { !investigation.doubts.isReplay($0) && !DowngradeRule.isDowngrade($0, caseFile) }
    let proven = doubts.filter(\.isProven), passed = doubts.filter(\.isFromDeceivedResolver)
    let repeated = questionsOfSeveralHosts(proven, caseFile)
    return DoubtGroup.groups(proven, caseFile).map { group in
      charge(group, "where other data are proven", repeated, caseFile)
    }
      + DoubtGroup.groups(passed, caseFile).map { group in
        let tail = "where other data are proven: forged, or given by a resolver that was deceived before"
        return charge(group, tail, repeated, caseFile)
      }
  }

  /// Questions that were answered falsely to more than one host.
  private static func questionsOfSeveralHosts(_ doubts: [Doubt], _ caseFile: CaseFile) -> Set<UInt32> {
    var first: [UInt32: UInt32] = [:], found: Set<UInt32> = []
    for doubt in doubts {
      guard let question = caseFile.body(doubt.record).foldedQuestion else { continue }
      let host = caseFile.records[doubt.record].destination
      if let known = first[question], known != host { found.insert(question) }
      first[question] = host
    }
    return found
  }

  /// Whether a forger has heard the queries: he answers several questions, or one of several hosts, at the first try, or
  /// has the RRSIGs of the answer that he alters.
  private static func hasHeard(_ group: DoubtGroup, _ repeated: Set<UInt32>, _ caseFile: CaseFile) -> Bool {
    let questions = Set(group.records.compactMap { caseFile.body($0).foldedQuestion })
    return questions.count > 1 || !questions.isDisjoint(with: repeated)
      || group.doubts.contains { $0.flaw == .badSignature }
  }

  /// The charge of a group.
  private static func charge(
    _ group: DoubtGroup, _ tail: String, _ repeated: Set<UInt32>, _ caseFile: CaseFile
  ) -> Charge {
    let verb = group.doubts.count == 1 ? "is" : "are"
    var charge = group.charge(
      .bogusVsSecure, .accuses, .medium, .high, "\(group.subject(caseFile)) \(verb) bogus \(tail)",
      kind: hasHeard(group, repeated, caseFile) ? .onPathInjection : .race, caseFile)
    charge.benign = [
      "a secondary server with an old or unsigned copy of the zone, or in the middle of a key rollover",
      "a middlebox that answers in place of the server",
    ]
    charge.references = ["RFC 4035 §5", "Anonymous et al., FOCI 2020"]
    return charge
  }
}
