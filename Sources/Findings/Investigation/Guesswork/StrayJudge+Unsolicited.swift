import Bytes
import DNSWire
import Transactions

extension StrayJudge {
  /// Attacks with answers for which no question was open: several in a short time from servers that the hosts do ask,
  /// which say what is not true or come from elsewhere. A capture that loses queries, or begins with some under way, has
  /// stray answers too; they are as true as all others.
  /// - Parameter pool: groups of one zone.
  mutating func unsolicited(_ pool: [(index: Int, group: StrayGroup)]) -> [Campaign] {
    let records = pool.flatMap(\.group.records).sorted(), indices = pool.map(\.index)
    guard let first = pool.first?.group, records.count >= StrayJudge.least else { return [] }
    guard indices.reduce(0, { $0 + evidence.matched[$1].count }) >= StrayJudge.least, !losesQueries(pool)
    else { return [] }
    var view = GroupView(
      StrayGroup(client: first.client, zone: first.zone, records: records),
      inside: Set(indices.flatMap { evidence.inside[$0] }).sorted(), caseFile)
    view.count(&marks, cleanItems)
    let longest = indices.map { evidence.matched[$0].longest }.max() ?? 0
    let absent = records.filter { !looksTrue($0, view) && isAbsent($0, longest) }
    let telling = absent.filter { contradicts($0) || view.hasForeign($0) || isFromElsewhere($0) }
    guard within(telling) >= StrayJudge.least else { return [] }
    return pool.compactMap { entry in
      let own = Set(entry.group.records), found = absent.filter(own.contains)
      guard !found.isEmpty else { return nil }
      var campaign = Campaign(aim: .nothingOpen, group: entry.group, records: found)
      campaign.reasons = reasons(found, view)
      return campaign
    }
  }

  /// Why answers are false, a sentence for each family.
  private func reasons(_ records: [Int], _ view: GroupView) -> [(family: EvidenceFamily, text: String)] {
    let contrary = records.count(where: contradicts), foreign = records.count(where: view.hasForeign)
    let elsewhere = records.count(where: isFromElsewhere)
    var reasons: [(family: EvidenceFamily, text: String)] = []
    if contrary > 0 {
      reasons.append(
        (.content, "\(contrary) of them have other data than all answers to queries for the same question"))
    }
    if foreign > 0 {
      reasons.append((.history, "\(foreign) of them share data that no answer to a query has"))
    }
    if elsewhere > 0 { reasons.append((.network, "\(elsewhere) of them are not sent as that server sends")) }
    return reasons
  }

  /// Whether the capture misses queries of some hosts apart from those of these groups: one in fifty, as
  /// `CaptureQuality` has it.
  private func losesQueries(_ pool: [(index: Int, group: StrayGroup)]) -> Bool {
    let clients = Set(pool.map { Int($0.group.client) })
    let strays =
      clients.reduce(0) { $0 + evidence.straysTo[$1] } - pool.reduce(0) { $0 + $1.group.records.count }
    return strays * 50 > clients.reduce(0) { $0 + evidence.answersTo[$1] } + 50
  }

  /// Whether a query for an answer would have been captured: the capture has run long enough, or much longer than the
  /// servers ever take.
  /// - Parameter longest: the longest round trip before, microseconds.
  private func isAbsent(_ record: Int, _ longest: UInt32) -> Bool {
    let response = caseFile.records[record]
    if response.transaction == .unsolicited { return true }
    guard response.transaction == .unknown, let start = caseFile.quality.start, longest > 0 else {
      return false
    }
    let age = caseFile.time(record).distance(from: start)
    guard age <= StrayJudge.window else { return false }
    return age > max(StrayJudge.settling, Int64(longest) * 1_000 * StrayJudge.longer)
  }

  /// Nanoseconds from the start in which answers to earlier queries come, whatever the round trips.
  private static var settling: Int64 { 20_000_000 }
  /// How much longer than the longest round trip before a query may have waited: resolvers send it again after about as
  /// long as four round trips take (RFC 6298 has the mean and four times the variation).
  private static var longer: Int64 { 4 }

  /// Whether all ordinary answers to the question of a response have one set of data, and that is another one.
  private func contradicts(_ record: Int) -> Bool {
    guard let question = caseFile.body(record).foldedQuestion, let known = evidence.ordinary[question] else {
      return false
    }
    let contents = Set(known.map { caseFile.body($0).content })
    return contents.count == 1 && !contents.contains(caseFile.body(record).content)
      && ![.servFail, .refused].contains(caseFile.body(record).rcode)
  }
}
