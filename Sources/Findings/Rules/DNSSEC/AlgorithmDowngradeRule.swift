import DNSSEC
import DNSWire

/// D5: the DS RRset of a zone names keys of several algorithms, and secure answers of the zone have RRSIGs of the weakest
/// one alone. A validator may accept that (RFC 6840 §5.11), a signer must not do it (RFC 4035 §2.2), so that the others
/// were perhaps taken away on the path.
enum AlgorithmDowngradeRule: CaseRule {
  /// Zones that are told of.
  private static let limit = 256

  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile, zones = zonesWithSeveral(caseFile)
    guard !zones.isEmpty else { return [] }
    var order: [Name] = [], records: [Name: [Int]] = [:], isComplete: Set<Name> = []
    for (number, first) in firstRecords(caseFile) {
      let judgement = caseFile.judgements[number], zone = judgement.zone
      guard judgement.verdict.security == .secure, let wanted = zones[zone] else { continue }
      for rrset in caseFile.data(first)
      where rrset.type != .dnskey && rrset.type != .ds && !rrset.signatures.isEmpty {
        let fields = rrset.signatures.compactMap(caseFile.store.rrsets.fields).filter { $0.signer == zone }
        let used = Set(fields.map(\.algorithm))
        if used.isSuperset(of: wanted) { isComplete.insert(zone) }
        guard let weakest = wanted.min(by: isWeaker), used.intersection(wanted) == [weakest] else { continue }
        if records[zone] == nil { order.append(zone) }
        if (records[zone]?.last ?? -1) != first { records[zone, default: []].append(first) }
      }
    }
    return order.prefix(limit).map { charge($0, records[$0] ?? [], isComplete.contains($0), caseFile) }
  }

  /// The first response of each judgement, in frame order.
  private static func firstRecords(_ caseFile: CaseFile) -> [(number: Int, record: Int)] {
    var seen = Array(repeating: false, count: caseFile.judgements.count),
      found: [(number: Int, record: Int)] = []
    for index in caseFile.responses where !seen[Int(caseFile.numbers[index])] {
      seen[Int(caseFile.numbers[index])] = true
      found.append((Int(caseFile.numbers[index]), index))
    }
    return found
  }

  /// Zones whose DS RRsets, each by itself, name several algorithms.
  private static func zonesWithSeveral(_ caseFile: CaseFile) -> [Name: Set<UInt8>] {
    let store = caseFile.store.rrsets
    var zones: [Name: Set<UInt8>] = [:]
    for number in 0..<store.rrsetCount {
      let id = RRsetID(rawValue: UInt32(truncatingIfNeeded: number))
      guard store.type(of: id) == .ds else { continue }
      let algorithms = Set(store.records(of: id).compactMap { (try? DSData($0.span))?.algorithm })
      if algorithms.count > 1 { zones[store.owner(of: id)] = algorithms }
    }
    return zones
  }

  /// Whether an algorithm is weaker than another: RSA before the curves, and of each kind the older one (RFC 8624 §3.1).
  private static func isWeaker(_ a: UInt8, _ b: UInt8) -> Bool {
    let order: [UInt8] = [1, 3, 6, 5, 7, 12, 8, 10, 13, 14, 15, 16]
    return (order.firstIndex(of: a) ?? order.count, a) < (order.firstIndex(of: b) ?? order.count, b)
  }

  /// The charge of a zone.
  private static func charge(_ zone: Name, _ records: [Int], _ alsoWhole: Bool, _ caseFile: CaseFile)
    -> Charge
  {
    let tail = alsoWhole ? ", others have all" : ""
    var charge = Charge(
      .algorithmDowngrade, .crypto, alsoWhole ? .supports : .stands, .low, .low,
      "\(counted(records.count, "answer")) of \(zone) \(records.count == 1 ? "has" : "have") RRSIGs of the weakest algorithm alone that its DS name\(tail)"
    )
    charge.records = records
    charge.zone = zone
    charge.benign = [
      "an algorithm rollover in which the signatures follow the DS", "a signer that does not sign with all",
    ]
    charge.references = ["RFC 4035 §2.2", "RFC 6840 §5.11"]
    return charge
  }
}
