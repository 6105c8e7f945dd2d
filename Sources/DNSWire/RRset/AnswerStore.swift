/// Keeps every distinct answer of a run once.
package struct AnswerStore: Sendable {
  private var answers: [Answer] = []
  private var table = InternTable()

  /// An empty store.
  package init() {}

  /// Bytes held, nearly: 64 for an answer and its place, 48 for each RRset, 36 and more for a list of RRSIGs.
  private(set) var byteCount = 0

  /// Number of distinct answers.
  package var count: Int { answers.count }

  /// The number of an answer.
  mutating func intern(_ rrsets: [AnswerRRset]) -> AnswerID {
    let answer = Answer(rrsets: rrsets)
    let hash = answer.hash(table.key)
    if let known = table.find(hash, matches: { answers[Int($0)] == answer }) {
      return AnswerID(rawValue: known)
    }
    answers.append(answer)
    byteCount += rrsets.reduce(64) { $0 + 48 + ($1.signatures.isEmpty ? 0 : 32 + 4 * $1.signatures.count) }
    return AnswerID(rawValue: table.insert(hash))
  }

  /// All answers by their number.
  package var all: [Answer] { answers }

  /// The answer of a number that this store gave.
  package func answer(_ id: AnswerID) -> Answer { answers[Int(id.rawValue)] }
}

extension Answer {
  /// A keyed hash of it.
  fileprivate func hash(_ key: HashKey) -> Int {
    var state = UInt64(rrsets.count)
    for rrset in rrsets {
      let place = UInt64(rrset.section.rawValue) &<< 48 | UInt64(rrset.recordCount) &<< 32
      state = key.hash(state ^ UInt64(rrset.rrset.rawValue) &<< 32, UInt64(rrset.ttl) ^ place)
      for signature in rrset.signatures { state = key.hash(state, UInt64(signature.rawValue)) }
    }
    return Int(truncatingIfNeeded: state)
  }
}
