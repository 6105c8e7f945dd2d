import Bytes
import DNSWire
import Packets

/// F1: two fragments of one datagram with other bytes for the same place. One of them was planted; both versions of the
/// response are judged.
enum FragmentConflictRule: CaseRule {
  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    struct Key: Hashable { let host: IPAddress, server: IPAddress, zone: Name? }
    var order: [Key] = [], groups: [Key: [FragmentForgeries.Forgery]] = [:]
    for forgery in investigation.fragments.all {
      let record = (forgery.forgedRecords + forgery.genuineRecords).first
      let key = Key(
        host: forgery.conflict.destination, server: forgery.conflict.source,
        zone: record.flatMap(investigation.zone))
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(forgery)
    }
    return order.compactMap { key in groups[key].map { charge($0, key.zone, caseFile) } }
  }

  /// The charge of the forgeries in the name of one server to one host about one zone.
  private static func charge(_ group: [FragmentForgeries.Forgery], _ zone: Name?, _ caseFile: CaseFile)
    -> Charge
  {
    let isProven = group.contains(where: \.isProven)
    let families = Set(group.flatMap { $0.reasons.map(\.family) })
    var charge = Charge(
      .fragmentConflict, .content, .accuses, .high,
      isProven ? .confirmed : families.isEmpty ? .medium : .high,
      "\(counted(group.count, "fragment")) in the name of \(group[0].conflict.source) \(group.count == 1 ? "stands" : "stand") against other fragments of the same datagrams"
    )
    charge.packets = Set(group.map(\.forged)).sorted()
    charge.records = Set(group.flatMap(\.forgedRecords)).sorted()
    charge.genuine = Set(group.flatMap(\.genuineRecords)).subtracting(charge.records).sorted()
    (charge.host, charge.servers, charge.zone) = (
      group[0].conflict.destination, [group[0].conflict.source], zone
    )
    let times = group.map(\.conflict.time)
    (charge.firstTime, charge.lastTime) = (times.min(), times.max())
    (charge.isProven, charge.kind) = (isProven, .fragmentInjection)
    charge.arithmetic = Array(group.flatMap(\.reasons).prefix(32))
    charge.facts = [
      ("identifications", .numbers(group.prefix(64).map { Int($0.conflict.identification) })),
      ("offsets", .numbers(Set(group.map(\.conflict.offset)).sorted())),
    ]
    charge.benign = [
      "a sender that uses an IP ID again while fragments of an older datagram are under way (RFC 4963)"
    ]
    charge.references = ["Herzberg and Shulman 2013", "RFC 9715", "RFC 4963"]
    return charge
  }
}
