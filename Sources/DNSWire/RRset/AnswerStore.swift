/// Keeps every distinct answer of a run once.
package struct AnswerStore: Sendable {
  private var lists = WordLists()

  /// An empty store.
  package init() {}

  /// Bytes held, nearly: 20 for each RRset, four for each RRSIG of several, and 28 for each answer.
  var byteCount: Int { lists.byteCount }

  /// Number of distinct answers.
  package var count: Int { lists.count }

  /// The number of an answer: how many RRsets it has, and the words of `AnswerRRsets`.
  mutating func intern(_ words: [UInt32]) -> AnswerID { AnswerID(rawValue: lists.intern(words)) }

  /// Gives back what finds an answer, when no more are interned.
  mutating func endInterning() { lists.endInterning() }

  /// All answers by their number.
  package var all: [Answer] { (0..<count).map { answer(AnswerID(rawValue: UInt32(truncatingIfNeeded: $0))) } }

  /// The answer of a number that this store gave.
  package func answer(_ id: AnswerID) -> Answer {
    let place = lists.place(id.rawValue)
    let count = place.block[Int(place.start)]
    return Answer(rrsets: AnswerRRsets(words: place.block, start: place.start + 1, size: count))
  }
}
