import DNSSEC
import DNSWire

/// D14: a denial without proof in a secure zone, from a server that answers with authority. A filter that says so
/// (RFC 8914 §4.5, §4.16 to §4.18) is left out by what is held for a contradiction.
enum FakeNegativeRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    let doubts = investigation.doubts.with(.unprovenDenial).filter { doubt in
      (doubt.isFromAuthority || doubt.rival != nil) && !isFiltered(doubt, caseFile)
    }
    return DoubtGroup.groups(doubts, byHost: false, caseFile).map { group in
      var charge = group.charge(
        .fakeNegative, .supports, .low, group.isProven ? .high : .low,
        "\(group.subject(caseFile)) \(group.doubts.count == 1 ? "denies" : "deny") without the proof that a secure zone owes",
        kind: .onPathInjection, caseFile)
      charge.benign = ["a filter or response policy", "a server that signs data and not denials"]
      charge.references = ["RFC 4035 §5.4", "RFC 8914"]
      return charge
    }
  }

  /// Whether the server says that it answers in the zone's place: Forged Answer, Blocked, Censored, Filtered.
  private static func isFiltered(_ doubt: Doubt, _ caseFile: CaseFile) -> Bool {
    guard let edns = caseFile.body(doubt.record).edns else { return false }
    return EDNSOptions(caseFile.store.edns[edns]).contains { option in
      option.code == 15 && option.data.count >= 2 && option.data[0] == 0
        && [4, 15, 16, 17].contains(option.data[1])
    }
  }
}
