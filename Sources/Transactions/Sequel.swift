import Bytes

/// What came to a transaction beside its first query and the first answer. Most have nothing of it, so that those that are
/// remembered take two thirds of the memory; the table keeps the few that there are.
struct Sequel: Sendable {
  /// Number of the conflict, or -1.
  var conflictGroup: Int32 = -1
  /// Queries; differing answers; truncated responses that took a query. They stop at the greatest number.
  private(set) var queryCount: UInt16 = 1, answerCount: UInt16 = 0, truncatedCount: UInt16 = 0
  /// The later queries and answers, as far as they are kept.
  var laterQueries = NotePool<QueryNote>.List(), laterAnswers = NotePool<AnswerNote>.List()
  /// The time of the newest query; in a transfer that of the newest message.
  private(set) var lastActivity: Timestamp

  /// Of a transaction to which nothing else has come.
  @inline(__always)
  init(of transaction: Transaction) {
    lastActivity = transaction.firstQuery.time
    guard let answer = transaction.firstAnswer else { return }
    (answerCount, truncatedCount) = answer.tc ? (0, 1) : (1, 0)
  }

  /// Counts a query that repeats the open one.
  mutating func countResend(at time: Timestamp) {
    if queryCount < .max { queryCount += 1 }
    lastActivity = max(lastActivity, time)
  }

  /// Counts a response with data of its own.
  mutating func countAnswer(_ answer: AnswerNote, isTransfer: Bool) {
    if answer.tc {
      if truncatedCount < .max { truncatedCount += 1 }
    } else if answerCount < .max {
      answerCount += 1
    }
    if isTransfer { lastActivity = max(lastActivity, answer.time) }
  }
}

/// Elements with numbers, in one array: one that leaves makes room for the next.
struct NumberedPool<Element: Sendable>: Sendable {
  /// A number that no element has while there are fewer than 2^32 - 1.
  static var none: UInt32 { .max }

  /// The elements, and the numbers that none has below the array's end.
  private var elements: [Element] = [], free: [UInt32] = []

  /// An element.
  subscript(number: UInt32) -> Element {
    @inline(__always) _read { yield elements[Int(number)] }
    @inline(__always) _modify { yield &elements[Int(number)] }
  }

  /// Takes an element in; the caller has a limit on how many.
  mutating func add(_ element: Element) -> UInt32 {
    if let number = free.popLast() {
      elements[Int(number)] = element
      return number
    }
    elements.append(element)
    return UInt32(truncatingIfNeeded: elements.count &- 1)
  }

  /// Frees the number of an element.
  mutating func remove(_ number: UInt32) { free.append(number) }
}
