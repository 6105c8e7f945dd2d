import DNSSEC
import DNSWire

/// D6: genuine records at the wrong time or place: data with older signatures than others that were seen for the same
/// question, data whose signatures ran out while the server gives fresh ones, RRSIGs of another name.
///
/// Caches are honestly old, so that answers of servers with authority are judged, and whatever raced another answer.
enum ReplayRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    let replays = investigation.doubts.all.filter { investigation.doubts.isReplay($0) && $0.isProven }
    let raced = OlderAnswers.inRaces(investigation), returned = OlderAnswers.returned(investigation)
    let proven = DoubtGroup.groups((replays + raced).sorted { $0.record < $1.record }, caseFile)
    return proven.map { charge($0, .medium, .high, investigation) }
      + DoubtGroup.groups(returned, caseFile).map { group in
        let isOdd = group.records.contains { !investigation.deviation($0).isDisjoint(with: .network) }
        return charge(group, isOdd ? .medium : .low, isOdd ? .medium : .low, investigation)
      }
  }

  /// The charge of a group.
  private static func charge(
    _ group: DoubtGroup, _ severity: Severity, _ confidence: Confidence, _ investigation: Investigation
  ) -> Charge {
    let caseFile = investigation.caseFile
    var charge = group.charge(
      .replay, .accuses, severity, confidence,
      "\(group.subject(caseFile)) \(group.doubts.count == 1 ? "replays" : "replay") records that were signed for another time or name",
      kind: .replay, caseFile)
    charge.facts = [("exposure", .texts(group.doubts.prefix(8).compactMap { exposure($0, caseFile) }))]
    charge.benign = [
      "a secondary server, or a node of an anycast server, that lags behind",
      "a server that signs several versions of an RRset and gives them in turn",
    ]
    charge.references = ["RFC 4033 §12", "RFC 4035 §5.3.1"]
    return charge
  }

  /// Until when the replayed signatures hold: so long the replay can go on.
  private static func exposure(_ doubt: Doubt, _ caseFile: CaseFile) -> String? {
    let ends = caseFile.answer(doubt.record).rrsets.filter { $0.section != .additional }.flatMap(\.signatures)
      .compactMap { caseFile.store.rrsets.fields(of: $0)?.expiration }
    guard let end = ends.first else { return nil }
    let now = UInt32(truncatingIfNeeded: caseFile.time(doubt.record).seconds)
    let left = Int32(bitPattern: end &- now), frame = caseFile.packet(doubt.record).number
    return left < 0
      ? "the signatures of frame \(frame) ran out \(-Int64(left)) s before"
      : "those of frame \(frame) hold for \(left) s more"
  }
}
