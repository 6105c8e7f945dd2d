import DNSSEC
import DNSWire

/// D2 beside a server that signs: answers to queries with DO from which RRSIGs, DS or denials were taken on the way,
/// while the same server gave such answers in the same zone with them before and after, one within the same minute.
enum DowngradeRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    let doubts = investigation.doubts.all.filter { $0.isStripped || isDowngrade($0, caseFile) }
    return DoubtGroup.groups(doubts, caseFile).compactMap { group in
      guard isOnTheWay(group, among: doubts, investigation) else { return nil }
      var charge = group.charge(
        .stripped, .accuses, .high, .high,
        "\(group.subject(caseFile)) \(group.doubts.count == 1 ? "lacks" : "lack") the signatures or denials that the same server gave before and after",
        kind: .downgrade, caseFile)
      charge.benign = [
        "a server behind a load balancer of which one node has an unsigned copy of the zone",
        "a middlebox that removes what it does not know",
      ]
      charge.references = ["RFC 4035 §5", "RFC 8914 §4.11", "systemd issue 25676"]
      return charge
    }
  }

  /// Whether it was done on the way: to answers about several names or types, to one that secure data contradict, or to one
  /// host alone. One RRset that comes to several hosts without its RRSIG was signed carelessly.
  private static func isOnTheWay(
    _ group: DoubtGroup, among all: [Doubt], _ investigation: Investigation
  ) -> Bool {
    if group.doubts.contains(where: \.isContradicted) { return true }
    let caseFile = investigation.caseFile,
      zone = group.doubts.first.flatMap { investigation.zone(of: $0.record) }
    let others = all.filter { investigation.zone(of: $0.record) == zone }
    if Set(others.compactMap { caseFile.body($0.record).foldedQuestion }).count > 1 { return true }
    let hosts = Set(others.map { investigation.resolutions.root(caseFile.records[$0.record].destination) })
    return hosts.count == 1
  }

  /// Whether an answer denies a proven DS: the zone below would pass for unsigned.
  static func isDowngrade(_ doubt: Doubt, _ caseFile: CaseFile) -> Bool {
    [.unsigned, .unprovenDenial].contains(doubt.flaw) && doubt.isProven
      && caseFile.question(doubt.record)?.type == .ds
  }
}
