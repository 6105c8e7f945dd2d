import DNSSEC

/// What it means for chains of trust that equal responses come again at other times.
struct RecurringCases {
  /// What is known of a case, and when it was seen last.
  private struct Case {
    var second = Int64.min
    /// Where its sightings stand.
    var start: UInt32 = 0, count: UInt32 = 0
  }

  /// What happens when a case comes at another time.
  private enum Kind { case new, tellsNothing, isSeen, matters }

  /// One octet a case, apart from the rest: every response of a capture asks for it, and few for more.
  private var kinds: [Kind]
  private var cases: [Case], sightings: [Sightings] = []

  /// So many cases, none of which was seen.
  init(count: Int) {
    kinds = Array(repeating: .new, count: count)
    cases = Array(repeating: Case(), count: count)
  }

  /// Whether it can make a difference that a case comes again.
  func mayMatter(_ number: Int) -> Bool { kinds[number] != .tellsNothing }

  /// Whether a case was not seen in this second right before.
  mutating func isNew(_ number: Int, at second: Int64) -> Bool {
    if cases[number].second == second { return false }
    cases[number].second = second
    return true
  }

  /// Notes the time where that is all.
  /// - Returns: whether it is.
  func note(_ number: Int, at second: Int64) -> Bool {
    guard kinds[number] == .isSeen else { return false }
    let start = Int(cases[number].start)
    for place in start..<(start + Int(cases[number].count)) { sightings[place].note(second) }
    return true
  }

  /// Keeps what the validator says of a case.
  mutating func keep(_ recurrence: Validator.Recurrence, of number: Int) {
    switch recurrence {
    case .tellsNothing: kinds[number] = .tellsNothing
    case .matters: kinds[number] = .matters
    case .isSeen(let seen):
      kinds[number] = .isSeen
      cases[number].start = UInt32(truncatingIfNeeded: sightings.count)
      cases[number].count = UInt32(truncatingIfNeeded: seen.count)
      sightings += seen
    }
  }
}
