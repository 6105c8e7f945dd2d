import DNSWire
import Transactions

/// R10: a client gets answers in the name of a resolver that are made and sent otherwise than those that other clients,
/// and the client itself at other times, get from that address: a box on the way answers. That may be the owner's policy
/// (low), unless it gives other data than the resolver does.
enum InterceptionRule: CaseRule {
  /// How answers in the name of one resolver are made and sent.
  private struct Habit: Hashable {
    let server: UInt32, ttl: UInt8, station: UInt16, isAuthoritative: Bool, isRecursive: Bool
  }

  /// Answers of one habit: how many, to whom first, and whether to others as well; the answers to the first client.
  fileprivate struct Use {
    var client: UInt32, isShared = false, count = 0, records: [Int] = []
  }

  /// Answers that make a habit; answers that are kept of one.
  private static let least = 3, limit = 4_096

  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    let isWatched = (0..<caseFile.addresses.count).map { place in
      let address = UInt32(truncatingIfNeeded: place)
      return investigation.habits.hasSeveralSenders(address) && investigation.roles.sendsRecursion(address)
    }
    guard isWatched.contains(true) else { return [] }
    var uses: [Habit: Use] = [:], habits: [UInt32: [Habit]] = [:]
    for (index, record) in caseFile.records.enumerated() where isWatched[Int(record.source)] && counts(record)
    {
      let flags = caseFile.body(of: record).flags
      guard flags.ra || investigation.roles.isResolver(record.source) else { continue }
      let habit = Habit(
        server: record.source, ttl: record.network.ipTTL, station: record.network.station,
        isAuthoritative: flags.aa,
        isRecursive: flags.ra)
      if uses[habit] == nil {
        habits[record.source, default: []].append(habit)
        uses[habit] = Use(client: record.destination)
      }
      uses[habit]?.add(index, to: record.destination, limit)
    }
    return habits.keys.sorted().flatMap { server -> [Charge] in
      let own = (habits[server] ?? []).compactMap { habit in uses[habit].map { (habit, $0) } }
      guard own.count > 1, let usual = own.first(where: { $0.1.isShared }) else { return [] }
      return own.compactMap { habit, use in
        let isSentOtherwise = abs(Int(habit.ttl) - Int(usual.0.ttl)) > 1 || habit.station != usual.0.station
        guard !use.isShared, use.count >= least, isSentOtherwise else { return nil }
        let knowsBoth = own.contains { $0.0 != habit && ($0.1.isShared || $0.1.client == use.client) }
        return knowsBoth ? charge(use.records, investigation) : nil
      }
    }
  }

  /// Whether an answer counts.
  private static func counts(_ record: ResponseRecord) -> Bool {
    record.isAnswered && record.isUDP && record.isWhole && record.isSingle && record.isFirstHand
  }

  /// The charge of the answers to one client.
  private static func charge(_ all: [Int], _ investigation: Investigation) -> Charge? {
    let caseFile = investigation.caseFile, records = all.filter(caseFile.responses.contains)
    guard let first = records.first else { return nil }
    let rivals = rivals(of: records, caseFile)
    let isFalse = !rivals.isEmpty
    var charge = Charge(
      .interception, .network, isFalse ? .accuses : .stands, isFalse ? .medium : .low,
      isFalse ? .medium : .low,
      "\(counted(records.count, "answer")) in the name of \(caseFile.server(first)) to \(caseFile.client(first)) alone are sent otherwise than its answers to others"
    )
    (charge.records, charge.genuine, charge.kind) = (records, rivals.map(\.rival), .interception)
    charge.host = caseFile.client(first)
    for (record, rival) in rivals.prefix(8) {
      charge.arithmetic.append(
        (
          .content,
          "frame \(caseFile.packet(record).number) has other data than frame \(caseFile.packet(rival).number)"
        ))
    }
    charge.benign = [
      "the owner of the network sends such queries to a resolver of his own", "two paths to one resolver",
    ]
    charge.references = ["Liu et al., USENIX Security 2018"]
    return charge
  }

  /// Answers of the same resolver to the same questions that agree on other data.
  private static func rivals(of records: [Int], _ caseFile: CaseFile) -> [(record: Int, rival: Int)] {
    let odd = Set(records), server = records.first.map { caseFile.records[$0].source }
    let questions = Set(records.compactMap { caseFile.body($0).foldedQuestion })
    var others: [UInt32: (rival: Int, contents: Set<UInt32>)] = [:]
    for (index, record) in caseFile.records.enumerated() where record.source == server && counts(record) {
      let body = caseFile.body(of: record)
      guard !odd.contains(index), let question = body.foldedQuestion, questions.contains(question),
        body.rcode == .noError || body.rcode == .nxDomain
      else { continue }
      others[question, default: (index, [])].contents.insert(body.content)
    }
    return records.compactMap { record in
      let body = caseFile.body(record)
      guard let question = body.foldedQuestion, let other = others[question], other.contents.count == 1,
        body.rcode == .noError || body.rcode == .nxDomain, !other.contents.contains(body.content)
      else { return nil }
      return (record, other.rival)
    }
  }
}

extension InterceptionRule.Use {
  /// Counts an answer.
  fileprivate mutating func add(_ index: Int, to client: UInt32, _ limit: Int) {
    count += 1
    if client != self.client { isShared = true }
    if !isShared, records.count < limit { records.append(index) }
  }
}
