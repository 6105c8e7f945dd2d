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

  /// By the number of the RRset, and of the question; `none` where there is nothing.
  private var rrsets: [Sightings] = [], answers: [Sightings] = []
  /// In place of what was never secure: no run has so many records.
  private static let none = Sightings(first: .max, last: .max)

  /// Where an RRset is secure.
  func sightings(of rrset: RRsetID) -> Sightings? { SecureData.find(Int(rrset.rawValue), rrsets) }

  /// Where the answer to a question is secure.
  func sightings(ofAnswerTo question: UInt32) -> Sightings? { SecureData.find(Int(question), answers) }

  /// The RRsets that are secure anywhere, in order of arrival.
  var secureRRsets: [RRsetID] {
    rrsets.indices.filter { rrsets[$0].first != .max }.map {
      RRsetID(rawValue: UInt32(truncatingIfNeeded: $0))
    }
  }

  /// Takes a response on the first sight of its judgement.
  mutating func note(_ record: Int, _ body: ResponseBody, _ answer: Answer, _ judgement: ResponseJudgement) {
    let word = judgement.verdict.security, number = UInt32(truncatingIfNeeded: record)
    guard word <= .insecure else { return }
    let rrsets = answer.rrsets
    for position in rrsets.indices where rrsets.section(position) == .answer {
      let judged = judgement.rrsets[position]
      // Beside data that cannot be proven stand proven ones: the aliases that lead out of a signed zone.
      let isSecure = word == .secure ? judged.verdict.security == .secure : judged.isSecureAlone
      if isSecure { SecureData.note(number, at: Int(rrsets.id(position).rawValue), in: &self.rrsets) }
    }
    guard word == .secure, let question = body.foldedQuestion else { return }
    SecureData.note(number, at: Int(question), in: &answers)
  }

  /// What stands at a place.
  private static func find(_ place: Int, _ list: [Sightings]) -> Sightings? {
    guard place < list.count, list[place].first != .max else { return nil }
    return list[place]
  }

  /// Notes a record at a place; places come nearly in order.
  private static func note(_ record: UInt32, at place: Int, in list: inout [Sightings]) {
    while list.count <= place { list.append(none) }
    if list[place].first == .max { list[place] = Sightings(first: record, last: record) }
    list[place].last = record
  }
}
