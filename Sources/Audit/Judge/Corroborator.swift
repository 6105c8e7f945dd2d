import Bytes
import DNSSEC
import DNSWire
import Findings

/// Compares answers that carry no proof of their own with what the capture proves of the same names and types in force:
/// at a time within the validity of the signatures of a response in which that is secure.
final class Corroborator {
  let collector: MessageCollector, pass: JudgementPass
  /// Proven RRsets by owner and type; made when the first answer is compared.
  private var index: SecureIndex?
  /// For every body whether proven data hold it at any time; nil where nobody asked yet.
  private var outlooks: [Bool?] = []
  /// Validity of responses by the number of their record.
  private var periods: [UInt32: ClosedRange<Int64>] = [:]

  /// Over what was judged.
  init(_ collector: MessageCollector, _ pass: JudgementPass) {
    (self.collector, self.pass) = (collector, pass)
  }

  /// What is compared of a response.
  struct Compared {
    let record: Int, body: ResponseBody, answer: Answer
    /// The RRsets of the answer section.
    let data: [AnswerRRset]
  }

  /// A response as it is compared.
  func compared(_ record: Int) -> Compared {
    let body = collector.store.body(BodyID(rawValue: collector.records[record].body))
    let answer = collector.store.answers.answer(body.answer)
    let data = answer.rrsets.filter { $0.section == .answer && $0.type != .rrsig }
    return Compared(record: record, body: body, answer: answer, data: data)
  }

  /// The record of a response in which the data of another one are secure and in force; nil for a secure one.
  func corroboration(_ record: Int) -> Int? {
    guard pass.word(record) != .secure, isProvenSometime(record) else { return nil }
    let response = compared(record)
    if response.data.isEmpty { return sameDenial(response) }
    // The denial at the end of a chain is another question's.
    guard response.body.rcode == .noError else { return nil }
    var first: Int?
    for rrset in response.data {
      guard let proof = inForce(pass.secure.sightings(of: rrset.rrset), with: record) else { return nil }
      first = first ?? proof
    }
    return first
  }

  /// Whether what a response says is proven at any time. Most are not, and all that is asked of them again is one byte.
  private func isProvenSometime(_ record: Int) -> Bool {
    let number = Int(collector.records[record].body)
    if outlooks.isEmpty { outlooks = Array(repeating: nil, count: collector.store.bodies.count) }
    if let known = outlooks[number] { return known }
    let response = compared(record)
    let isProven =
      response.data.isEmpty
      ? response.body.foldedQuestion.map { pass.secure.sightings(ofAnswerTo: $0) != nil } ?? false
      : response.data.allSatisfy { pass.secure.sightings(of: $0.rrset) != nil }
    outlooks[number] = isProven
    return isProven
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
  func versions(_ name: Name, _ type: RecordType, with record: Int) -> (
    proofs: [Int], rrsets: [RRsetID], total: Int
  ) {
    let index = index ?? SecureIndex(collector.store.rrsets, pass.secure)
    self.index = index
    let all = index[name, type]
    var proofs: [Int] = [], rrsets: [RRsetID] = []
    for id in all {
      guard let proof = inForce(pass.secure.sightings(of: id), with: record) else { continue }
      proofs.append(proof)
      rrsets.append(id)
    }
    return (proofs, rrsets, all.count)
  }

  /// Whether an IPv6 address was made from an IPv4 one, as far as the prefixes are known (RFC 6147).
  func isDNS64(_ address: [UInt8]) -> Bool {
    let index = index ?? SecureIndex(collector.store.rrsets, pass.secure)
    self.index = index
    return index.prefixes.contains(Array(address.prefix(12)))
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
    if let known = periods[record] { return known }
    let response = compared(Int(record)), judgement = pass.judgement(Int(record))
    let moment = Moment(pass.second(of: Int(record), collector))
    var period = Int64.min...Int64.max
    for (rrset, judged) in zip(response.answer.rrsets, judgement.rrsets)
    where judged.verdict.security == .secure && rrset.section != .additional {
      if let own = validity(rrset, judged, moment) { period = period.clamped(to: own) }
    }
    periods[record] = period
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
    guard data.isEmpty else { return false }
    if body.rcode == .nxDomain { return true }
    let authority = answer.rrsets.filter { $0.section == .authority }
    return body.rcode == .noError
      && (authority.contains { $0.type == .soa } || !authority.contains { $0.type == .ns })
  }
}

/// Proven RRsets by owner and type, and the prefixes of addresses that DNS64 makes.
private struct SecureIndex {
  /// What proven RRsets are found by.
  private struct Key: Hashable {
    let name: Name, type: RecordType
  }

  private var rrsets: [Key: [RRsetID]] = [:]
  /// The first twelve octets of made addresses: the well-known prefix (RFC 6052 §2.1), and those of 96 bits that answers
  /// for ipv4only.arpa show (RFC 7050 §3).
  private(set) var prefixes: Set<[UInt8]> = [[0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]]
  /// The most prefixes taken: a network has one, and anybody can send more.
  private static let prefixLimit = 8

  /// Over the RRsets of a store, of which some are secure.
  init(_ store: RRsetStore, _ secure: SecureData) {
    for id in secure.secureRRsets {
      rrsets[Key(name: store.owner(of: id), type: store.type(of: id)), default: []].append(id)
    }
    guard let known = Name("ipv4only.arpa.") else { return }
    for number in 0..<store.rrsetCount {
      let id = RRsetID(rawValue: UInt32(truncatingIfNeeded: number))
      guard store.type(of: id) == .aaaa, store.hasOwner(id, known) else { continue }
      for address in store.records(of: id) where SecureIndex.isKnownHost(address) {
        if prefixes.count < SecureIndex.prefixLimit { prefixes.insert(Array(address.prefix(12))) }
      }
    }
  }

  /// The proven RRsets of a name and type.
  subscript(name: Name, type: RecordType) -> [RRsetID] { rrsets[Key(name: name, type: type)] ?? [] }

  /// Whether an address ends in 192.0.0.170 or 192.0.0.171, which ipv4only.arpa has.
  private static func isKnownHost(_ address: [UInt8]) -> Bool {
    address.count == 16 && address[12...14] == [192, 0, 0] && (address[15] == 170 || address[15] == 171)
  }
}

extension RRsetStore {
  /// Whether an RRset has an owner, compared without making a name of it.
  fileprivate func hasOwner(_ id: RRsetID, _ name: Name) -> Bool {
    let wire = rrset(id).ownerWire
    guard wire.count == name.wire.count else { return false }
    return name.wire.indices.allSatisfy { wire[$0] == name.wire[$0] }
  }
}
