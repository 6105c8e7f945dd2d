import DNSWire

/// Answers with more RRSIGs over an RRset than are tried, and when they were seen: RRSIGs out of period are no tries of a
/// validator at that time, so that which ones may be tried depends on it.
struct CrowdedAnswers {
  /// A time at which an answer was seen, and the span in which the same RRSIGs are in period.
  private struct Sighting {
    let time: Int64, span: ClosedRange<Int64>
  }

  private var sightings: [Answer: [Sighting]] = [:]
  /// RRSIGs of one RRset that are tried.
  private let limit: Int
  /// The most spans kept for one answer, each of which may cost what one message may. Signers renew signatures every few
  /// days, all of a zone at a time.
  private static let spansPerAnswer = 16

  /// None yet.
  init(limit: Int) { self.limit = limit }

  /// Takes an answer at a time.
  /// - Returns: whether it is one of these, which matter at other times too.
  mutating func note(_ answer: Answer, at time: Int64, _ book: inout SignatureBook, _ store: RRsetStore)
    -> Bool
  {
    guard answer.rrsets.indices.contains(where: { answer.rrsets.signatureCount($0) > limit }) else {
      return false
    }
    let known = sightings[answer] ?? []
    guard known.count < CrowdedAnswers.spansPerAnswer, !known.contains(where: { $0.span.contains(time) })
    else {
      return true
    }
    var moment = Moment(time)
    for rrset in answer.rrsets where rrset.signatures.count > limit {
      for id in rrset.signatures {
        if let data = book.fields(of: id, in: store) { _ = moment.compare(data) }
      }
    }
    sightings[answer, default: []].append(Sighting(time: time, span: moment.span))
    return true
  }

  /// A time for each choice of RRSIGs; none for an answer that has room for all.
  func times(of answer: Answer) -> [Int64] {
    sightings.isEmpty ? [] : (sightings[answer] ?? []).map(\.time)
  }
}
