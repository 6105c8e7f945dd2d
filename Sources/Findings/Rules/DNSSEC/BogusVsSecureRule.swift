import DNSSEC
import DNSWire

/// R11: an answer is bogus, and another one to its query, or the same RRset at another time, is secure and says
/// otherwise. Answers of servers with authority are accused; a resolver passes on what it was told, and is accused of
/// the first answer alone, and only where the capture does not show who told it.
enum BogusVsSecureRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    // What replays genuine records is another rule's.
    let doubts = investigation.doubts.with(
      .unsigned, .unprovenDenial, .badSignature, .labels, .signer, .other
    )
    .filter { !investigation.doubts.isReplay($0) && !DowngradeRule.isDowngrade($0, caseFile) }
    let forged = DoubtGroup.groups(doubts.filter(\.isProven), caseFile).map { group in
      charge(
        group,
        "\(group.subject(caseFile)) \(group.doubts.count == 1 ? "is" : "are") bogus where other data are proven",
        caseFile)
    }
    return forged
      + DoubtGroup.groups(doubts.filter(\.isFromDeceivedResolver), caseFile).map { group in
        charge(
          group,
          "\(group.subject(caseFile)) from a resolver \(group.doubts.count == 1 ? "is" : "are") bogus where other data are proven: forged, or served by a resolver that was deceived before",
          caseFile)
      }
  }

  /// The charge of a group.
  private static func charge(_ group: DoubtGroup, _ summary: String, _ caseFile: CaseFile) -> Charge {
    var charge = group.charge(
      .bogusVsSecure, .accuses, .medium, .high, summary, kind: .onPathInjection, caseFile)
    charge.benign = [
      "a secondary server with an old or unsigned copy of the zone, or in the middle of a key rollover",
      "a middlebox that answers in place of the server",
    ]
    charge.references = ["RFC 4035 §5", "Anonymous et al., FOCI 2020"]
    return charge
  }
}
