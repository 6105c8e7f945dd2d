import DNSSEC
import DNSWire

/// D15: the CDS and CDNSKEY that a zone publishes for its parent name different keys, or none of the zone's keys
/// (RFC 7344 §4). That they are others than the DS is how a key rollover begins.
enum CDSInconsistentRule: CaseRule {
  /// A key as CDS, CDNSKEY and DNSKEY name it alike.
  private struct Key: Hashable {
    let tag: UInt16, algorithm: UInt8
  }

  /// What one zone publishes, the last of each.
  private struct Published {
    var cds: Set<Key>?, cdnskey: Set<Key>?, dnskey: Set<Key> = [], records: [Int] = []
  }

  private static let cdsType = RecordType(rawValue: 59), cdnskeyType = RecordType(rawValue: 60)

  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile, store = caseFile.store.rrsets
    let isNamed = (0..<store.rrsetCount).contains { number in
      let type = store.type(of: RRsetID(rawValue: UInt32(truncatingIfNeeded: number))).rawValue
      return type == cdsType.rawValue || type == cdnskeyType.rawValue
    }
    guard isNamed else { return [] }
    var zones: [Name: Published] = [:], order: [Name] = []
    var seen = Array(repeating: false, count: caseFile.judgements.count)
    for index in caseFile.pass
    where !seen[Int(caseFile.numbers[index])] && caseFile.word(index) == .secure {
      seen[Int(caseFile.numbers[index])] = true
      for rrset in caseFile.data(index) where [cdsType, cdnskeyType, .dnskey].contains(rrset.type) {
        let owner = store.owner(of: rrset.rrset)
        if zones[owner] == nil { order.append(owner) }
        note(rrset, index, in: &zones[owner, default: Published()], store)
      }
    }
    return order.compactMap { zone in zones[zone].flatMap { charge(zone, $0) } }
  }

  /// Notes an RRset.
  private static func note(_ rrset: AnswerRRset, _ record: Int, in zone: inout Published, _ store: RRsetStore)
  {
    let records = store.records(of: rrset.rrset)
    if rrset.type == cdsType {
      zone.cds = Set(
        records.compactMap { try? DSData($0.span) }.map { Key(tag: $0.keyTag, algorithm: $0.algorithm) })
      zone.records.append(record)
    } else {
      let keys = Set(
        records.compactMap { try? DNSKEYData($0.span) }.map { Key(tag: $0.keyTag, algorithm: $0.algorithm) })
      guard rrset.type == cdnskeyType else { return zone.dnskey.formUnion(keys) }
      zone.cdnskey = keys
      zone.records.append(record)
    }
  }

  /// The charge of a zone, if what it publishes does not fit together.
  private static func charge(_ zone: Name, _ published: Published) -> Charge? {
    let named = [published.cds, published.cdnskey].compactMap { $0 }
    // Algorithm 0 asks to remove the DS (RFC 8078 §4); it names no key.
    let asksRemoval = { (keys: Set<Key>) in keys.contains { $0.algorithm == 0 } }
    var fault: String?
    if let cds = published.cds, let cdnskey = published.cdnskey,
      asksRemoval(cds) != asksRemoval(cdnskey) || (!asksRemoval(cds) && cds != cdnskey)
    {
      fault = "its CDS and CDNSKEY name different keys"
    } else if !published.dnskey.isEmpty,
      named.contains(where: { !asksRemoval($0) && $0.isDisjoint(with: published.dnskey) })
    {
      fault = "its CDS or CDNSKEY name none of its keys"
    }
    guard let fault else { return nil }
    var charge = Charge(
      .cdsInconsistent, .crypto, .stands, .low, .medium,
      "\(zone) tells its parent what does not fit: \(fault)")
    charge.records = published.records
    charge.zone = zone
    charge.benign = ["a key rollover in which the records were seen at different times"]
    charge.references = ["RFC 7344 §4", "RFC 8078 §4", "RFC 9615"]
    return charge
  }
}
