import Bytes
import DNSWire
import Transactions

extension StrayJudge {
  /// An attack with answers for which no question was open: several in a short time from a server that the host does
  /// ask, which say what is not true or come from elsewhere. A capture that loses queries, or begins with some under way,
  /// has stray answers too; they are as true as all others.
  func unsolicited(_ group: StrayGroup, _ index: Int, _ suspects: [Int], _ view: GroupView) -> Campaign? {
    guard evidence.matched[index].count >= StrayJudge.least, !losesQueries(of: group) else { return nil }
    let absent = suspects.filter { isAbsent($0, index) }
    let contrary = absent.filter { contradicts($0) }, foreign = absent.filter { view.hasForeign($0) }
    let elsewhere = absent.filter(isFromElsewhere)
    let telling = Set(contrary + foreign + elsewhere).sorted()
    guard within(telling) >= StrayJudge.least else { return nil }
    var campaign = Campaign(aim: .nothingOpen, group: group, records: absent)
    if !contrary.isEmpty {
      campaign.reasons.append((.content, "\(contrary.count) of them have other data than all answers to queries for the same question"))
    }
    if !foreign.isEmpty {
      campaign.reasons.append((.history, "\(foreign.count) of them share data that no answer to a query has"))
    }
    if !elsewhere.isEmpty {
      campaign.reasons.append((.network, "\(elsewhere.count) of them are not sent as that server sends"))
    }
    return campaign
  }

  /// Whether the capture misses queries of a host apart from those of this group: one in fifty, as `CaptureQuality` has it.
  private func losesQueries(of group: StrayGroup) -> Bool {
    let others = evidence.straysTo[Int(group.client)] - group.records.count
    return others * 50 > evidence.answersTo[Int(group.client)] + 50
  }

  /// Whether a query for an answer would have been captured: the capture has run long enough, or much longer than the
  /// server ever takes.
  private func isAbsent(_ record: Int, _ index: Int) -> Bool {
    let response = caseFile.records[record]
    if response.transaction == .unsolicited { return true }
    guard response.transaction == .unknown, let start = caseFile.quality.start else { return false }
    let age = caseFile.time(record).distance(from: start), longest = evidence.matched[index].longest
    guard longest > 0, age <= StrayJudge.window else { return false }
    return age > max(StrayJudge.settling, Int64(longest) * 1_000 * StrayJudge.longer)
  }

  /// Nanoseconds from the start in which answers to earlier queries come, whatever the round trips.
  private static var settling: Int64 { 20_000_000 }
  /// How much longer than the longest round trip before a query may have waited: resolvers send it again after about as
  /// long as four round trips take (RFC 6298 has the mean and four times the variation).
  private static var longer: Int64 { 4 }

  /// Whether all ordinary answers to the question of a response have one set of data, and that is another one.
  private func contradicts(_ record: Int) -> Bool {
    guard let question = caseFile.body(record).foldedQuestion, let known = evidence.ordinary[question] else { return false }
    let contents = Set(known.map { caseFile.body($0).content })
    return contents.count == 1 && !contents.contains(caseFile.body(record).content)
      && ![.servFail, .refused].contains(caseFile.body(record).rcode)
  }
}
