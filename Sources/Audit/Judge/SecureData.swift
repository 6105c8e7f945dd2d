import DNSSEC
import DNSWire

/// Where a capture proves data: for every RRset of an answer section, and for every question, the first and the last
/// response in which it is secure.
struct SecureData: Sendable {
  /// A response: the number of its record.
  struct Sightings: Sendable {
    let first: UInt32
    var last: UInt32
  }

  /// RRsets, and answers by the number of their question.
  private(set) var rrsets: [RRsetID: Sightings] = [:], answers: [UInt32: Sightings] = [:]

  /// Takes a response on the first sight of its judgement.
  mutating func note(_ record: Int, _ body: ResponseBody, _ answer: Answer, _ judgement: ResponseJudgement) {
    let word = judgement.verdict.security, number = UInt32(truncatingIfNeeded: record)
    guard word <= .insecure else { return }
    for (rrset, judged) in zip(answer.rrsets, judgement.rrsets) where rrset.section == .answer {
      // Beside data that cannot be proven stand proven ones: the aliases that lead out of a signed zone.
      let isSecure = word == .secure ? judged.verdict.security == .secure : judged.isSecureAlone
      if isSecure { rrsets[rrset.rrset, default: Sightings(first: number, last: number)].last = number }
    }
    guard word == .secure, let question = body.foldedQuestion else { return }
    answers[question, default: Sightings(first: number, last: number)].last = number
  }
}
