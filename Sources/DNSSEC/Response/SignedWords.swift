/// The words on RRsets with one RRSIG each, by the number of the RRSIG, since nearly all cover one RRset and have one word
/// for all of their time: 32 bytes an RRSIG, and no look into a table.
struct SignedWords {
  /// The first word of an RRSIG, over the RRset that it was met beside first.
  private struct Entry {
    var judgement: RRsetJudgement?
    /// The first and last second that it holds for.
    var from = Int64.max, until = Int64.min
    var rrset: UInt32 = 0
  }

  private var first: [Entry] = []
  /// The words at other times, and beside other RRsets.
  private var others: [SignaturePair: TimedResults<RRsetJudgement>] = [:]

  /// The word for a moment, which is narrowed as the word was.
  func value(of pair: SignaturePair, at moment: inout Moment) -> RRsetJudgement? {
    let index = Int(pair.signature)
    guard index < first.count, first[index].judgement != nil else { return nil }
    if first[index].rrset == pair.rrset, first[index].from <= moment.time, moment.time <= first[index].until {
      moment.narrow(to: first[index].from...first[index].until)
      return first[index].judgement
    }
    return others.isEmpty ? nil : others[pair]?.value(at: &moment)
  }

  /// Keeps a word for the span of the moment it was found with.
  mutating func keep(_ judgement: RRsetJudgement, of pair: SignaturePair, for moment: Moment) {
    let index = Int(pair.signature)
    while first.count <= index { first.append(Entry()) }
    guard first[index].judgement == nil else {
      return others[pair, default: TimedResults()].keep(judgement, for: moment)
    }
    first[index] = Entry(
      judgement: judgement, from: moment.from, until: moment.until, rrset: pair.rrset)
  }
}
