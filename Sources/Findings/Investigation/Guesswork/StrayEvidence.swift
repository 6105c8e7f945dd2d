import Bytes
import DNSWire
import Transactions

/// What ordinary answers say of groups of stray ones, collected in one pass over all responses.
struct StrayEvidence {
  /// Answers to queries that came from a group's servers to its host while the group lasted: hits may be among them.
  private(set) var inside: [[Int]]
  /// RRsets that ordinary answers hold outside of these.
  private(set) var clean: [Bool]
  /// Data of ordinary answers by the number of their question, and these answers.
  private(set) var ordinary: [UInt32: [Int]] = [:]
  /// Answers to queries between a group's servers and its host: how many, and the longest round trip.
  private(set) var matched: [(count: Int, longest: UInt32)]
  /// When each question of a group waited for its answer, in nanoseconds since 1970, as far as it came.
  private(set) var asked: [[UInt32: [ClosedRange<Int64>]]]
  /// By address number: answers to its queries, and stray ones.
  private(set) var answersTo: [Int], straysTo: [Int]

  private let caseFile: CaseFile
  /// One group in a pass.
  private struct Window {
    let group: Int, servers: Set<UInt32>, first: Int64, last: Int64
  }
  /// By the number of their host.
  private var windows: [UInt32: [Window]] = [:]
  private var questions: Set<UInt32> = [], planted: Set<UInt32> = []
  private var seen: [Bool]

  /// After the last guess a query may wait so many nanoseconds for its answer; see `TransactionTiming`.
  private static let giveUp: Int64 = 15_000_000_000
  /// Answers of one group and to one question that are looked at, and distinct bodies of its guesses.
  private static let limit = 65_536, perQuestion = 64

  /// Collects.
  init(_ caseFile: CaseFile, _ groups: [StrayGroup]) {
    self.caseFile = caseFile
    inside = groups.map { _ in [] }
    matched = groups.map { _ in (0, 0) }
    asked = groups.map { _ in [:] }
    clean = Array(repeating: false, count: caseFile.store.rrsets.rrsetCount)
    seen = Array(repeating: false, count: caseFile.store.bodies.count)
    answersTo = Array(repeating: 0, count: caseFile.addresses.count)
    straysTo = answersTo
    for (index, group) in groups.enumerated() { learn(group, index) }
    for record in caseFile.records.pass() { look(at: record) }
  }

  /// Learns what to look for.
  private mutating func learn(_ group: StrayGroup, _ index: Int) {
    let times =
      group.records.map { caseFile.records[$0].time }
      + group.sprays.flatMap { place in
        group.uncounted > 0
          ? [caseFile.sprays[place].firstTime.nanoseconds, caseFile.sprays[place].lastTime.nanoseconds] : []
      }
    guard let first = times.min(), let last = times.max() else { return }
    let servers = Set(group.records.map { caseFile.records[$0].source })
      .union(group.sprays.compactMap { caseFile.sprays[$0].server.flatMap(caseFile.addresses.known) })
    let end = last.addingReportingOverflow(StrayEvidence.giveUp)
    windows[group.client, default: []].append(
      Window(group: index, servers: servers, first: first, last: end.overflow ? .max : end.partialValue))
    var bodies: Set<UInt32> = []
    for record in group.records where bodies.count < StrayEvidence.limit {
      guard bodies.insert(caseFile.records[record].body).inserted else { continue }
      if let question = caseFile.body(record).foldedQuestion { questions.insert(question) }
      for rrset in caseFile.answer(record).rrsets where rrset.type == .a || rrset.type == .aaaa {
        for data in caseFile.store.rrsets.records(of: rrset.rrset) {
          if let address = IPAddress(bytes: data.span), let number = caseFile.addresses.known(address) {
            planted.insert(number)
          }
        }
      }
    }
    for server in servers { planted.remove(server) }
  }

  /// Looks at a response.
  @inline(__always)
  private mutating func look(at record: Int) {
    let response = caseFile.records[record]
    guard !response.traits.contains(.damaged), !response.match.contains(.mirrorCopy) else { return }
    switch response.transaction {
    case .answered, .conflicting, .late, .duplicate: break
    case .mismatched, .unsolicited, .unknown: return straysTo[Int(response.destination)] += 1
    }
    if response.isAnswered { answersTo[Int(response.destination)] += 1 }
    if isInside(record, response) { return }
    // What a host tells that may be deceived, or one whose address guesses bring, vouches for nothing.
    if let first = windows[response.source]?.first, response.time >= first.first { return }
    guard response.isAnswered, !planted.contains(response.source) else { return }
    vouch(record, response)
  }

  /// Whether a response may be a hit of a group, and notes it there.
  private mutating func isInside(_ record: Int, _ response: ResponseRecord) -> Bool {
    guard let known = windows[response.destination] else { return false }
    var found = false
    for window in known {
      noteAsked(response, window)
      guard window.servers.contains(response.source) else { continue }
      if response.isAnswered, response.rttMicroseconds != .max {
        matched[window.group].count += 1
        if response.time < window.first {
          matched[window.group].longest = max(matched[window.group].longest, response.rttMicroseconds)
        }
      }
      guard response.time >= window.first, response.time <= window.last, response.traits.transport == .udp
      else { continue }
      if inside[window.group].count < StrayEvidence.limit { inside[window.group].append(record) }
      found = true
    }
    return found
  }

  /// Notes when a question of a group waited for its answer.
  private mutating func noteAsked(_ response: ResponseRecord, _ window: Window) {
    guard response.isAnswered, response.rttMicroseconds != .max,
      response.time >= window.first &- StrayEvidence.giveUp, response.time <= window.last,
      let question = caseFile.store.body(response.bodyID).foldedQuestion, questions.contains(question),
      (asked[window.group][question]?.count ?? 0) < StrayEvidence.perQuestion
    else { return }
    let trip = Int64(response.rttMicroseconds) * 1_000
    asked[window.group][question, default: []].append(response.time &- trip...response.time)
  }

  /// The questions of a group that were open when one of its answers came: their own answer came later, or none did in
  /// the time that a query waits.
  func open(_ group: Int, _ records: [Int]) -> Set<UInt32> {
    var open: Set<UInt32> = []
    for record in records {
      guard let question = caseFile.body(record).foldedQuestion, !open.contains(question) else { continue }
      let time = caseFile.records[record].time, known = asked[group][question] ?? []
      let hadAnswer = known.contains { $0.upperBound < time && $0.upperBound >= time &- StrayEvidence.giveUp }
      if !hadAnswer || known.contains(where: { $0.contains(time) }) { open.insert(question) }
    }
    return open
  }

  /// Notes what an ordinary answer says.
  private mutating func vouch(_ record: Int, _ response: ResponseRecord) {
    if let question = caseFile.store.body(response.bodyID).foldedQuestion, questions.contains(question),
      (ordinary[question]?.count ?? 0) < StrayEvidence.perQuestion
    {
      ordinary[question, default: []].append(record)
    }
    guard !seen[Int(response.body)] else { return }
    seen[Int(response.body)] = true
    for rrset in caseFile.answer(record).rrsets { clean[Int(rrset.rrset.rawValue)] = true }
  }
}
