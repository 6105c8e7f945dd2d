import DNSWire
import Transactions

/// B9: an authority gives data with a TTL far above that of all its other answers to the question. Who poisons a cache
/// wants to stay there for long.
enum TTLOddityRule: CaseRule {
  /// The TTLs of the answers to one question: the longest, the next one below it, where the longest is, and how many.
  private struct Span {
    var longest: UInt32 = 0, next: UInt32 = 0, record = 0, count: UInt32 = 0

    /// Takes an answer.
    mutating func add(_ ttl: UInt32, _ index: Int) {
      count &+= 1
      if ttl > longest { (longest, next, record) = (ttl, longest, index) } else { next = max(next, ttl) }
    }
  }

  /// Other answers from which a habit is told; how many times as long, and how long at least, seconds (a day against
  /// minutes, as the catalogue has it).
  private static let least: UInt32 = 3, factor: UInt32 = 100, longTTL: UInt32 = 43_200

  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    let isWanted = wantedBodies(caseFile)
    guard !isWanted.isEmpty else { return [] }
    var places = PairTable(), spans: [Span] = []
    let records = caseFile.records
    for index in records.pass() where isWanted[Int(records.body(index))] && records[index].isAnswered {
      let facts = caseFile.facts[Int(records.body(index))]
      let (place, isNew) = places.number(facts.question, 0)
      if isNew { spans.append(Span()) }
      spans[place].add(facts.longestTTL, index)
    }
    return spans.compactMap { span in
      guard span.count > least, span.longest >= longTTL, span.longest / factor >= max(span.next, 1) else {
        return nil
      }
      return caseFile.responses.contains(span.record) ? charge(span, caseFile) : nil
    }.sorted { ($0.records.first ?? 0) < ($1.records.first ?? 0) }
  }

  /// For each body whether an authority gives data with it to a question for which some body has a long TTL and another
  /// one a far shorter; empty where no question is such.
  private static func wantedBodies(_ caseFile: CaseFile) -> [Bool] {
    var longest: [UInt32: UInt32] = [:], odd: Set<UInt32> = []
    for facts in caseFile.facts where facts.longestTTL >= longTTL && counts(facts) {
      longest[facts.question] = max(longest[facts.question] ?? 0, facts.longestTTL)
    }
    guard !longest.isEmpty else { return [] }
    for facts in caseFile.facts where counts(facts) {
      if let most = longest[facts.question], most / factor >= facts.longestTTL { odd.insert(facts.question) }
    }
    return odd.isEmpty ? [] : caseFile.facts.map { counts($0) && odd.contains($0.question) }
  }

  /// Whether a body is data that an authority gives.
  private static func counts(_ facts: BodyFacts) -> Bool {
    facts.longestTTL > 0 && facts.marks.contains(.aa) && !facts.marks.contains(.ra)
      && facts.question != BodyFacts.noQuestion
  }

  /// The charge of one answer.
  private static func charge(_ span: Span, _ caseFile: CaseFile) -> Charge? {
    var charge = Charge(
      .ttlOddity, .history, .supports, .low, .low,
      "\(caseFile.server(span.record)) gives data with a TTL of \(span.longest) s, and of at most \(span.next) s in \(span.count - 1) other answers to that question"
    )
    charge.records = [span.record]
    charge.benign = ["the zone's TTL was changed"]
    return charge
  }
}
