import Bytes
import DNSWire
import Transactions

/// Decides whether a group of stray answers is an attack.
///
/// One is, when so many answers to an open question came within the time that a query waits, with different IDs or ports,
/// that no retransmission explains them; or when some say what no ordinary answer says. Answers whose query the capture
/// lost say what ordinary ones say, and each to a question of its own.
struct StrayJudge {
  let caseFile: CaseFile, habits: Habits, evidence: StrayEvidence
  var marks: AnswerMarks
  /// Data that ordinary answers hold, among those of interest.
  private(set) var cleanItems: Set<Int> = []

  /// A query waits so many nanoseconds (`TransactionTiming.giveUp`).
  static let window: Int64 = 15_000_000_000
  /// Answers within a window from which on they are an attack: POPS (USENIX Security 2025) raises its alarm at the fifth.
  static let least = Spray.notable
  /// Answers of a flood that are only counted, most of which repeat a question or port: eight times as many as the 65,536
  /// tries for one port need a hit in one of 500 attacks, and no client asks so often while nothing of it is captured.
  private static let flood = 1_000

  /// A judge with what ordinary answers say.
  init(_ caseFile: CaseFile, _ habits: Habits, _ evidence: StrayEvidence) {
    (self.caseFile, self.habits, self.evidence) = (caseFile, habits, evidence)
    marks = AnswerMarks(caseFile.store)
    for rrset in evidence.clean.indices where evidence.clean[rrset] {
      cleanItems.insert(marks.item(RRsetID(rawValue: UInt32(truncatingIfNeeded: rrset))))
    }
  }

  /// The attack on open questions that a group is; nil when it is none as far as the capture shows.
  mutating func campaign(_ group: StrayGroup, _ index: Int) -> Campaign? {
    guard group.count >= StrayJudge.least else { return nil }
    var view = GroupView(group, inside: evidence.inside[index], caseFile)
    view.count(&marks, cleanItems)
    let suspects = group.records.filter { !looksTrue($0, view) }
    let open = evidence.open(index, suspects.filter { caseFile.records[$0].match.contains(.questionOpen) })
    let near = suspects.filter { record in
      caseFile.records[record].match.isAtOpenPort
        || caseFile.body(record).foldedQuestion.map(open.contains) ?? false
    }
    let dense = densest(near.filter { caseFile.records[$0].match.contains(.questionOpen) })
    let shared = within(near.filter { view.hasForeign($0) })
    let isFlood = group.uncounted >= StrayJudge.flood && group.repetitive * 2 >= group.count
    if dense >= StrayJudge.least || shared >= StrayJudge.least || isFlood {
      return guessing(group, suspects, view, dense: dense, shared: shared)
    }
    return nil
  }

  /// An attack on a question that was open.
  private mutating func guessing(
    _ group: StrayGroup, _ suspects: [Int], _ view: GroupView, dense: Int, shared: Int
  ) -> Campaign {
    let atPort = suspects.count { caseFile.records[$0].match.isAtOpenPort }
    let ports = Set(suspects.map { caseFile.records[$0].destinationPort }).count
    let isAtPort = atPort * 2 >= suspects.count && (ports <= 4 || atPort > ports)
    var campaign = Campaign(aim: isAtPort || ports <= 4 ? .ids : .ports, group: group, records: suspects)
    campaign.hits = hits(suspects, view)
    let hits = Set(campaign.hits)
    campaign.genuine = view.inside.filter { record in
      let isAsked = caseFile.body(record).foldedQuestion.map { view.questions.contains($0) } ?? false
      return isAsked && !hits.contains(record) && caseFile.records[record].transaction != .duplicate
    }
    if dense >= StrayJudge.least {
      campaign.reasons.append(
        (.volume, "\(dense) answers to one open question came within 15 s, none with its ID and port"))
    }
    if shared >= StrayJudge.least {
      campaign.reasons.append((.content, "\(shared) of them say within 15 s what no answer to a query says"))
    }
    return campaign
  }

  /// Whether a stray answer says what ordinary answers to its question say, or DNSSEC proves it.
  func looksTrue(_ record: Int, _ view: GroupView) -> Bool {
    if caseFile.word(record) == .secure { return true }
    guard !view.hasForeign(record), let question = caseFile.body(record).foldedQuestion else { return false }
    let content = caseFile.body(record).content
    if view.isCarried(question: question, content: content) { return true }
    return evidence.ordinary[question]?.contains { caseFile.body($0).content == content } ?? false
  }

  /// The most answers to one question within a window that differ in ID or port.
  private func densest(_ records: [Int]) -> Int {
    var byQuestion: [UInt32: [Int]] = [:], most = 0
    for record in records {
      if let question = caseFile.body(record).foldedQuestion {
        byQuestion[question, default: []].append(record)
      }
    }
    for records in byQuestion.values {
      var first = 0, tries: [UInt32: Int] = [:]
      for record in records {
        tries[key(record), default: 0] += 1
        while caseFile.time(record).distance(from: caseFile.time(records[first])) > StrayJudge.window {
          tries[key(records[first]), default: 0] -= 1
          if tries[key(records[first])] == 0 { tries[key(records[first])] = nil }
          first += 1
        }
        most = max(most, tries.count)
      }
    }
    return most
  }

  /// ID and port of an answer.
  private func key(_ record: Int) -> UInt32 {
    UInt32(caseFile.records[record].id) << 16 | UInt32(caseFile.records[record].destinationPort)
  }

  /// The most of some answers in frame order within a window.
  func within(_ records: [Int]) -> Int {
    var first = 0, most = 0
    for (place, record) in records.enumerated() {
      while caseFile.time(record).distance(from: caseFile.time(records[first])) > StrayJudge.window {
        first += 1
      }
      most = max(most, place - first + 1)
    }
    return most
  }
}

extension MatchTraits {
  /// Whether a query to the server of a response without a query of its own waited at its port.
  var isAtOpenPort: Bool { contains([.portOpen, .serverAsked]) }
}
