import Bytes
import DNSWire

/// NSEC3 records of one zone with the same parameters: the group that has to carry a whole proof (RFC 5155
/// §8.2).
struct NSEC3Chain: Sendable {
  /// The zone's apex.
  let zone: Name
  /// What the records have in common.
  let parameters: NSEC3Parameters
  /// The records.
  let records: [ProvenNSEC3]

  /// Where a name's hash stands among the records.
  enum Place {
    /// The record's owner is the hash: the name exists.
    case matched(ProvenNSEC3)
    /// The hash lies in the record's span: the name has no NSEC3.
    case covered(ProvenNSEC3)
    /// No record says anything of it.
    case unknown
  }

  /// Looks a name up by its hash. Of covering records from before and after a change of the zone, one with opt-out
  /// counts: it claims less.
  func place(of name: Name, _ hashes: inout NSEC3Hashes) throws(HashLimitReached) -> Place {
    let hash = try hashes.hash(name, parameters)
    var cover: ProvenNSEC3?
    for record in records {
      if record.hashedOwner == hash { return .matched(record) }
      guard record.span.covers(hash), cover == nil || record.data.isOptOut else { continue }
      if !(cover?.data.isOptOut ?? false) { cover = record }
    }
    return cover.map(Place.covered) ?? .unknown
  }

  /// A name and its hash for a sentence.
  func words(_ name: Name, _ hashes: inout NSEC3Hashes) throws(HashLimitReached) -> String {
    "\(name) (hash \(Base32Hex.encode(try hashes.hash(name, parameters))))"
  }
}

extension ProvenNSEC3: CustomStringConvertible {
  /// The record in words.
  package var description: String { words }

  /// The record in words.
  var words: String { "the NSEC3 \(Base32Hex.encode(hashedOwner))" }
}

/// The NSEC3 records of a message that can speak for a zone, by their parameters.
struct NSEC3Chains: Sendable {
  /// Groups within the iteration limit, in the order of the message.
  let usable: [NSEC3Chain]
  /// The iterations of the first group above the limit: such records verified, so the zone asks for them.
  let iterationsAboveLimit: UInt16?
  /// Why the first record that cannot be used was left out, as a sentence.
  let leftOut: String?

  /// Groups the usable records of evidence.
  init(_ evidence: DenialEvidence, limits: DenialLimits) {
    guard !evidence.nsec3.isEmpty else {
      (usable, iterationsAboveLimit, leftOut) = ([], nil, nil)
      return
    }
    let zone = evidence.zone
    var good: [ProvenNSEC3] = [], leftOut: String?
    for record in evidence.nsec3 {
      if let objection = NSEC3Chains.objection(to: record, in: zone) {
        leftOut = leftOut ?? objection
      } else {
        good.append(record)
      }
    }
    let groups = NSEC3Chains.groups(good)
    usable = groups.filter { $0.parameters.iterations <= limits.maximumIterations }
      .map { NSEC3Chain(zone: zone, parameters: $0.parameters, records: $0.records) }
    iterationsAboveLimit =
      groups.first { $0.parameters.iterations > limits.maximumIterations }?.parameters.iterations
    self.leftOut = leftOut
  }

  /// Records with the same parameters together, in the order of the message; a zone has one set of them nearly always.
  private static func groups(_ records: [ProvenNSEC3]) -> [(
    parameters: NSEC3Parameters, records: [ProvenNSEC3]
  )] {
    guard let first = records.first else { return [] }
    if records.allSatisfy({ $0.parameters == first.parameters }) { return [(first.parameters, records)] }
    var order: [NSEC3Parameters] = [], groups: [NSEC3Parameters: [ProvenNSEC3]] = [:]
    for record in records {
      if groups[record.parameters] == nil { order.append(record.parameters) }
      groups[record.parameters, default: []].append(record)
    }
    return order.map { ($0, groups[$0] ?? []) }
  }

  /// Why a record proves nothing in a zone; nil for one that can be used (RFC 5155 §8.1-8.2).
  private static func objection(to record: ProvenNSEC3, in zone: Name) -> String? {
    if record.zone != zone { return "\(record.words) left out: signed by \(record.zone), not \(zone)" }
    if record.data.hashAlgorithm != NSEC3Parameters.sha1 {
      return "\(record.words) left out: unknown hash algorithm \(record.data.hashAlgorithm)"
    }
    if record.data.flags > 1 { return "\(record.words) left out: unknown flags \(record.data.flags)" }
    return nil
  }
}
