import Bytes
import DNSSEC
import DNSWire
import Packets
import Transactions

/// Turns transactions and words into charges: what is learned first from all responses, then every rule of the
/// catalogue that looks at more than one response.
package final class Investigation {
  /// The evidence.
  let caseFile: CaseFile
  /// What is usual, who is who, which zones there are, and what was said at other times.
  let habits: Habits, roles: Roles, resolutions: Resolutions, delegations: Delegations, history: History
  /// Whether there are responses that no query of theirs explains, and second answers to one query.
  let hasStrays: Bool, hasDuplicates: Bool
  private(set) lazy var zones = ZoneMap(caseFile.store.rrsets)
  /// Attacks by guessing, and how hard hosts make it to guess.
  private(set) lazy var guesswork = Guesswork(caseFile, habits, self.zones)
  private(set) lazy var entropy = ResolverEntropy.all(caseFile, roles)
  /// Responses by their hosts, for the rules that ask what some hosts said to one another.
  private lazy var conversations = Conversations(caseFile)
  /// NS RRsets that one response alone has.
  private(set) lazy var serverChanges = ServerChange.ofServers(self)
  private(set) lazy var oddAnswers = OddAnswers(caseFile)
  /// Fragments that stand against others, each pair decided.
  private(set) lazy var fragments = FragmentForgeries(caseFile)
  /// Bogus answers, with what shows whether they were forged.
  private(set) lazy var doubts = Doubts(self)
  /// Responses that stand against others, each race decided.
  private(set) var races: [Race] = []
  private var deviations: [Int: Deviation] = [:]
  /// Addresses that answers in races about different names have in common: an injector's pool is small.
  private var pool: Set<IPAddress> = []
  /// Races by the number of their responses.
  private var raceOf: [Int: Int] = [:]

  /// The rules, in the order of the catalogue.
  private static var rules: [any CaseRule.Type] {
    [
      ConflictingAnswerRule.self, RcodeConflictRule.self, TTLOutlierRule.self, TooFastRule.self,
      InjectorFingerprintRule.self, L2DivergenceRule.self, LetterCaseRule.self, CookieRule.self,
      EDNSDowngradeRule.self, TxidSprayRule.self, PortSprayRule.self, UnsolicitedAnswerRule.self,
      RandomSubdomainRule.self, BirthdayRule.self, DnspooqRule.self, WeakPortRule.self, WeakTxidRule.self,
      SaddnsRule.self, IcmpProbeRule.self, TudorClassRule.self, FlushOracleRule.self,
      QuestionMismatchRule.self,
      EDNSDowngradeRule.self, BogusVsSecureRule.self, DowngradeRule.self, ReplayRule.self,
      NSECSpanMisuseRule.self,
      WildcardLabelTrickRule.self, SignerTrickRule.self, FakeNegativeRule.self,
      DSStrippedRule.self, AlgorithmDowngradeRule.self, CDSInconsistentRule.self,
      FragmentConflictRule.self, PlantedFragmentRule.self, ShrunkPMTURule.self, ChecksumFillerRule.self,
      SameAnswerTwiceRule.self, DeadEndRule.self, SourceMismatchRule.self, InterceptionRule.self,
      UnfoundedAnswerRule.self,
      OutOfBailiwickRule.self, PromiscuousAuthorityRule.self, NSOrGlueChangeRule.self, AliasTakeoverRule.self,
      MaginotRule.self, NullGlueRule.self, RebindingRule.self, GhostDomainRule.self, TTLOddityRule.self,
      SplitAnswerSetRule.self,
    ]
  }

  /// Learns from a case.
  package init(_ caseFile: CaseFile) {
    self.caseFile = caseFile
    let survey = caseFile.survey
    (habits, roles, resolutions) = (survey.habits, survey.roles, survey.resolutions)
    (delegations, hasStrays, hasDuplicates) = (survey.delegations, survey.hasStrays, survey.hasDuplicates)
    let races = Investigation.races(caseFile)
    var interest: Set<UInt32> = []
    for record in races.flatMap(\.records) {
      interest.formUnion([caseFile.body(record).foldedQuestion].compactMap { $0 })
    }
    for (record, deviation) in habits.deviants {
      deviations[record] = deviation
      if !deviation.isDisjoint(with: .network) || deviation.families.count > 1 {
        interest.formUnion([caseFile.body(record).foldedQuestion].compactMap { $0 })
      }
    }
    history = History(caseFile, questions: interest)
    noteOtherData()
    pool = Investigation.pool(races, caseFile)
    let judge = RaceJudge(self)
    self.races = races.map(judge.decide)
    for (index, race) in self.races.enumerated() { for record in race.records { raceOf[record] = index } }
  }

  /// What all rules charge, of each rule the gravest.
  func charges() -> [Charge] {
    Investigation.rules.flatMap {
      Charge.gravest($0.charges(self), weight: { $0.severity.rawValue }, charge: { $0 })
    }
  }

  /// In what a response departs from what is usual for its server.
  func deviation(_ record: Int) -> Deviation { deviations[record] ?? [] }

  /// Responses that depart from what is usual for their server, in frame order.
  private(set) lazy var deviants: [(record: Int, deviation: Deviation)] = habits.deviants.map {
    ($0.record, deviation($0.record))
  }

  /// What the servers that a false NS RRset names answer to its receiver after a response with it, some of it.
  func answers(of set: RRsetID, after record: Int) -> [Int] {
    delegations.answers(of: set, after: record, conversations)
  }

  /// The race that a response is in.
  func race(of record: Int) -> Race? { raceOf[record].map { races[$0] } }

  /// The zone that the question of a response is in, as far as it is known.
  func zone(of record: Int) -> Name? { caseFile.question(record).map { zones.zone(of: $0.name) } }

  /// Notes deviants whose data the server never gave at other times, though it always gave the same.
  private func noteOtherData() {
    for (record, deviation) in habits.deviants
    where !deviation.isDisjoint(with: .network) || deviation.families.count > 1 {
      let server = caseFile.records[record].source
      // What departs from the server's habits itself vouches for nothing: an attack may be repeated.
      let others = history.others(than: record).filter {
        caseFile.records[$0].source == server && self.deviation($0).isDisjoint(with: .network)
      }
      let contents = Set(others.map { caseFile.body($0).content })
      guard contents.count == 1, !contents.contains(caseFile.body(record).content) else { continue }
      deviations[record]?.insert(.otherData)
    }
  }

  /// Whether answers in races about different names have an address.
  func isInPool(_ address: IPAddress) -> Bool { pool.contains(address) }

  /// The addresses that answers in races about different names have in common.
  private static func pool(_ races: [Race], _ caseFile: CaseFile) -> Set<IPAddress> {
    var first: [IPAddress: Name] = [:], pool: Set<IPAddress> = []
    for record in races.flatMap({ $0.sides.compactMap(\.records.first) }) where first.count < Race.recordLimit
    {
      guard let name = caseFile.question(record)?.name else { continue }
      for rrset in caseFile.data(record) where rrset.type == .a || rrset.type == .aaaa {
        for data in caseFile.store.rrsets.records(of: rrset.rrset) {
          guard let address = IPAddress(bytes: data.span) else { continue }
          if let known = first[address], known != name { pool.insert(address) }
          if first[address] == nil { first[address] = name }
        }
      }
    }
    return pool
  }

  /// The responses that stand against each other, by their data.
  private static func races(_ caseFile: CaseFile) -> [Race] {
    var order: [Int] = [], members: [Int: [Int]] = [:]
    for record in caseFile.conflicts.keys.sorted() where caseFile.responses.contains(record) {
      guard let group = caseFile.conflicts[record], !caseFile.records[record].traits.contains(.damaged) else {
        continue
      }
      if members[group] == nil { order.append(group) }
      if (members[group]?.count ?? 0) < Race.recordLimit { members[group, default: []].append(record) }
    }
    return order.compactMap { group in
      let race = Race(group: group, records: members[group] ?? [], caseFile)
      return race.sides.count > 1 ? race : nil
    }
  }
}

extension Race {
  /// Responses of one race that are compared, and sets of data: a forger who repeats himself more often is caught.
  static let recordLimit = 2_048, sideLimit = 64

  /// The sides of a race among responses in frame order.
  init(group: Int, records: [Int], _ caseFile: CaseFile) {
    self.group = group
    var places: [UInt32: Int] = [:]
    for record in records {
      let content = caseFile.body(record).content, word = caseFile.word(record)
      if let place = places[content] {
        sides[place].records.append(record)
        (sides[place].best, sides[place].worst) = (
          min(sides[place].best, word), max(sides[place].worst, word)
        )
      } else if sides.count < Race.sideLimit {
        places[content] = sides.count
        sides.append(Side(content: content, records: [record], best: word, worst: word))
      }
    }
  }
}
