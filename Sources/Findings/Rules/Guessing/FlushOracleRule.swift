import DNSWire
import Transactions

/// P14: after many unwanted replies a host asks anew for what it had in its cache: it has counted them and flushed the
/// cache, which tells an attacker that his guesses come to an open port.
enum FlushOracleRule: CaseRule {
  /// Guesses from which on it is looked for; questions asked again before their TTL is over; the time in which, in
  /// nanoseconds. Unbound counts to the number of `unwanted-reply-threshold`, ten million where its manual proposes one.
  private static let guesses = 1_000, questions = 20
  private static let span: Int64 = 60_000_000_000

  static func charges(_ investigation: Investigation) -> [Charge] {
    investigation.guesswork.campaigns.filter { $0.count >= guesses }.compactMap { charge($0, investigation) }
  }

  /// The charge after one attack.
  private static func charge(_ campaign: Campaign, _ investigation: Investigation) -> Charge? {
    let caseFile = investigation.caseFile, client = campaign.group.client
    let sprays = campaign.group.sprays.map { caseFile.sprays[$0] }
    guard let first = sprays.map(\.firstTime).min(), let last = sprays.map(\.lastTime).max() else {
      return nil
    }
    var cached: [UInt32: Int64] = [:], again: Set<UInt32> = [], records: [Int] = []
    for (index, record) in caseFile.records.enumerated()
    where record.destination == client && record.isAnswered
      && record.time <= last.nanoseconds &+ span
    {
      guard let question = caseFile.body(of: record).foldedQuestion else { continue }
      if record.time < first.nanoseconds {
        let ttl = caseFile.data(index).map(\.ttl).min() ?? 0
        cached[question] = caseFile.time(index).adding(seconds: Int64(ttl)).nanoseconds
      } else if record.time > last.nanoseconds, let expires = cached[question], record.time < expires {
        if again.insert(question).inserted { records.append(index) }
      }
    }
    guard again.count >= questions else { return nil }
    let host = caseFile.addresses[client]
    var charge = Charge(
      .flushOracle, .history, .supports, .low, .medium,
      "after \(campaign.count) unwanted replies \(host) asks again for \(again.count) names that it had in its cache"
    )
    (charge.genuine, charge.host, charge.zone) = (records, host, campaign.group.zone)
    (charge.firstTime, charge.lastTime) = (first, last)
    charge.benign = ["a restart of the resolver", "a cache that is too small"]
    charge.references = ["unbound.conf(5), unwanted-reply-threshold"]
    return charge
  }
}
