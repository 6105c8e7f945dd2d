import Bytes
import DNSSEC
import DNSWire
import Findings
import Synchronization

/// Compares answers that carry no proof of their own with what the capture proves of the same names and types in force:
/// at a time within the validity of the signatures of a response in which that is secure.
final class Corroborator: Sendable {
  let collector: MessageCollector, pass: JudgementPass
  private let memory = Mutex(Memory())

  /// What was found for those who asked, from any core: the same whoever asks first.
  private struct Memory {
    /// Proven RRsets by owner and type; made when the first answer is compared.
    var index: SecureIndex?
    /// For every body whether proven data hold it at any time; nil where nobody asked yet.
    var outlooks: [Bool?] = []
    /// Validity of responses by the number of their record.
    var periods: [UInt32: ClosedRange<Int64>] = [:]
  }

  /// Over what was judged.
  init(_ collector: MessageCollector, _ pass: JudgementPass) {
    (self.collector, self.pass) = (collector, pass)
  }

  /// What is compared of a response.
  struct Compared {
    let record: Int, body: ResponseBody, answer: Answer
    /// The RRsets of the answer section.
    var data: [AnswerRRset] { answer.data }
    /// Whether there are any.
    var hasData: Bool { answer.rrsets.contains(where: \.isData) }
  }

  /// A response as it is compared.
  func compared(_ record: Int) -> Compared {
    let body = collector.store.body(BodyID(rawValue: collector.records[record].body))
    let answer = collector.store.answers.answer(body.answer)
    return Compared(record: record, body: body, answer: answer)
  }

  /// The record of a response in which the data of another one are secure and in force; nil for a secure one.
  func corroboration(_ record: Int) -> Int? {
    guard pass.word(record) != .secure, isProvenSometime(record) else { return nil }
    let response = compared(record)
    let data = response.data
    if data.isEmpty { return sameDenial(response) }
    // The denial at the end of a chain is another question's.
    guard response.body.rcode == .noError else { return nil }
    var first: Int?
    for rrset in data {
      guard let proof = inForce(pass.secure.sightings(of: rrset.rrset), with: record) else { return nil }
      first = first ?? proof
    }
    return first
  }

  /// Whether what a response says is proven at any time. Most are not, and all that is asked of them again is one byte.
  private func isProvenSometime(_ record: Int) -> Bool {
    let number = Int(collector.records[record].body)
    if let known = outlook(of: number) { return known }
    let response = compared(record), data = response.data
    let isProven =
      data.isEmpty
      ? response.body.foldedQuestion.map { pass.secure.sightings(ofAnswerTo: $0) != nil } ?? false
      : data.allSatisfy { pass.secure.sightings(of: $0.rrset) != nil }
    memory.withLock { $0.outlooks[number] = isProven }
    return isProven
  }

  /// What is known of a body.
  private func outlook(of number: Int) -> Bool? {
    memory.withLock { memory in
      if memory.outlooks.isEmpty {
        memory.outlooks = Array(repeating: nil, count: collector.store.bodies.count)
      }
      return memory.outlooks[number]
    }
  }

  /// A secure response that denies the same.
  private func sameDenial(_ response: Compared) -> Int? {
    guard response.isDenial, let proof = secureAnswer(response) else { return nil }
    let other = compared(proof)
    return other.isDenial && other.body.rcode == response.body.rcode ? proof : nil
  }

  /// A secure response in force to the same question.
  func secureAnswer(_ response: Compared) -> Int? {
    response.body.foldedQuestion.flatMap {
      inForce(pass.secure.sightings(ofAnswerTo: $0), with: response.record)
    }
  }

  /// Proven RRsets of a name and type in force, and how many there are at all.
  func versions(_ name: Span<UInt8>, _ type: RecordType, with record: Int) -> (
    proofs: [Int], rrsets: [RRsetID], total: Int
  ) {
    var proofs: [Int] = [], rrsets: [RRsetID] = [], total = 0
    secureIndex.forEach(name, type, collector.store.rrsets) { id in
      total += 1
      guard let proof = inForce(pass.secure.sightings(of: id), with: record) else { return }
      proofs.append(proof)
      rrsets.append(id)
    }
    return (proofs, rrsets, total)
  }

  /// The proven RRsets, found once.
  private var secureIndex: SecureIndex {
    memory.withLock { memory in
      if let index = memory.index { return index }
      let new = SecureIndex(collector.store.rrsets, pass.secure)
      memory.index = new
      return new
    }
  }

  /// Whether an IPv6 address was made from an IPv4 one, as far as the prefixes are known (RFC 6147).
  func isDNS64(_ address: [UInt8]) -> Bool {
    secureIndex.prefixes.contains(Array(address.prefix(12)))
  }

  /// The response among the sightings that was in force when another one was captured.
  private func inForce(_ sightings: SecureData.Sightings?, with record: Int) -> Int? {
    guard let sightings else { return nil }
    let time = pass.second(of: record, collector)
    let found = [sightings.first, sightings.last].first { period(of: $0).contains(time) }
    return found.map { Int($0) }
  }

  /// When the proofs of a response hold: within the validity of all its secure RRsets' verified RRSIGs.
  private func period(of record: UInt32) -> ClosedRange<Int64> {
    if let known = memory.withLock({ $0.periods[record] }) { return known }
    let response = compared(Int(record)), judgement = pass.judgement(Int(record))
    let moment = Moment(pass.second(of: Int(record), collector))
    var period = Int64.min...Int64.max
    for (rrset, judged) in zip(response.answer.rrsets, judgement.rrsets)
    where judged.verdict.security == .secure && rrset.section != .additional {
      if let own = validity(rrset, judged, moment) { period = period.clamped(to: own) }
    }
    memory.withLock { [period] in $0.periods[record] = period }
    return period
  }

  /// From the first inception to the last expiration of an RRset's verified RRSIGs; nil without any.
  private func validity(_ rrset: AnswerRRset, _ judged: RRsetJudgement, _ moment: Moment) -> ClosedRange<
    Int64
  >? {
    var found: ClosedRange<Int64>?
    let store = collector.store.rrsets
    for (id, status) in zip(rrset.signatures, judged.signatures) where status == .verified {
      guard let data = try? RRSIGData(store.signature(id)) else { continue }
      let (start, end) = (moment.absolute(data.inception), moment.absolute(data.expiration))
      guard start <= end else { continue }
      found = min(found?.lowerBound ?? start, start)...max(found?.upperBound ?? end, end)
    }
    return found
  }
}

extension Corroborator.Compared {
  /// Whether it says that a name or type is not there; a referral says nothing of the kind.
  var isDenial: Bool {
    guard !hasData else { return false }
    if body.rcode == .nxDomain { return true }
    let authority = answer.rrsets.filter { $0.section == .authority }
    return body.rcode == .noError
      && (authority.contains { $0.type == .soa } || !authority.contains { $0.type == .ns })
  }
}
