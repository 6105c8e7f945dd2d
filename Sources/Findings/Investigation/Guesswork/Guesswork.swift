import Bytes
import DNSWire
import Packets
import Transactions

/// Attacks by guessing: answers without a query of their own that no loss, lateness or reflection explains, and those
/// among the answers to queries that were guessed right.
struct Guesswork {
  /// The attacks, in order of their hosts and times.
  private(set) var campaigns: [Campaign] = []
  /// Groups of stray answers that are no attack as far as the capture shows.
  private(set) var others: [StrayGroup] = []
  private var ofRecord: [Int: Int] = [:]

  /// Looks through all stray answers.
  init(_ caseFile: CaseFile, _ habits: Habits, _ zones: @autoclosure () -> ZoneMap) {
    guard caseFile.sprays.reduce(0, { $0 + $1.count }) >= Spray.notable else { return }
    var sorter = StraySorter(caseFile, zones())
    let groups = sorter.groups()
    guard !groups.isEmpty else { return }
    let evidence = StrayEvidence(caseFile, groups)
    var judge = StrayJudge(caseFile, habits, evidence)
    var rest: [(index: Int, group: StrayGroup)] = []
    for (index, group) in groups.enumerated() {
      if let campaign = judge.campaign(group, index) {
        campaigns.append(campaign)
      } else {
        rest.append((index, group))
      }
    }
    for pool in Guesswork.pools(rest) {
      let found = judge.unsolicited(pool)
      campaigns += found
      if found.isEmpty { others += pool.map(\.group) }
    }
    for (index, campaign) in campaigns.enumerated() {
      for record in campaign.records + campaign.hits { ofRecord[record] = index }
    }
  }

  /// Groups by zone: a host with addresses of both kinds has one for each.
  private static func pools(_ groups: [(index: Int, group: StrayGroup)]) -> [[(
    index: Int, group: StrayGroup
  )]] {
    var order: [Name] = [], pools: [Name: [(index: Int, group: StrayGroup)]] = [:]
    for entry in groups {
      guard let zone = entry.group.zone else { continue }
      if pools[zone] == nil { order.append(zone) }
      pools[zone, default: []].append(entry)
    }
    return order.compactMap { pools[$0] } + groups.filter { $0.group.zone == nil }.map { [$0] }
  }

  /// The attack that a response belongs to, as a guess or a hit.
  func campaign(of record: Int) -> Campaign? { ofRecord[record].map { campaigns[$0] } }
}

/// An attack by guessing on one host and zone.
struct Campaign {
  /// What was guessed.
  enum Aim {
    /// IDs, at a port that is known; ports, and mostly IDs too; nothing was open.
    case ids, ports, nothingOpen
  }

  /// What was guessed; the guesses, with those that were only counted; and the guesses that were right.
  let aim: Aim
  let group: StrayGroup
  var records: [Int], hits: [Int] = []
  /// True answers to the questions attacked.
  var genuine: [Int] = []
  /// Why it is one, a sentence for each family.
  var reasons: [(family: EvidenceFamily, text: String)] = []

  /// All packets that are no hits.
  var count: Int { records.count + group.uncounted }
}
