import Bytes
import DNSWire

/// B7: one server tells one client a public address of a name at first and soon, with a short TTL, a private one: a page
/// that was loaded from outside then reaches hosts inside. That a public name has a private address says nothing by
/// itself: there are split horizons, and block lists answer with 127/8.
enum RebindingRule: CaseRule {
  /// The longest TTL of such data, seconds (catalogue, B7), and the longest time between the two, nanoseconds.
  private static let longestTTL: UInt32 = 5, longestTime: Int64 = 600_000_000_000
  /// Names with addresses of both kinds that are looked at.
  private static let nameLimit = 4_096

  /// An answer with public addresses, by client, server and name.
  private struct Key: Hashable {
    let client: UInt32, server: UInt32, question: UInt32
  }

  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile, kinds = kinds(caseFile.store.rrsets)
    guard kinds.contains(.mixed) else { return [] }
    var open: [Key: Int] = [:], charges: [Charge] = []
    for index in caseFile.pass where caseFile.records[index].isAnswered {
      guard let question = caseFile.body(index).foldedQuestion,
        let rrset = caseFile.answer(index).rrsets.first(where: {
          $0.section == .answer && kinds[Int($0.rrset.rawValue)] != .other
        }), rrset.ttl <= longestTTL
      else { continue }
      let record = caseFile.records[index]
      let key = Key(client: record.destination, server: record.source, question: question)
      let isPrivate = caseFile.store.rrsets.records(of: rrset.rrset).allSatisfy(isPrivate)
      if !isPrivate {
        if open.count < nameLimit { open[key] = index }
      } else if let before = open.removeValue(forKey: key),
        caseFile.time(index).distance(from: caseFile.time(before)) <= longestTime
      {
        charges.append(charge(before, index, rrset, caseFile))
      }
    }
    return charges
  }

  /// The charge of a public answer and the private one behind it; worse when the client then turns to the latter.
  private static func charge(_ before: Int, _ index: Int, _ rrset: AnswerRRset, _ caseFile: CaseFile)
    -> Charge
  {
    let addresses = caseFile.store.rrsets.records(of: rrset.rrset).compactMap { IPAddress(bytes: $0.span) }
    let contact = caseFile.witness.contacts.first {
      $0.source == caseFile.client(index) && addresses.contains($0.destination)
        && $0.lastTime >= caseFile.time(index)
    }
    var charge = Charge(
      .rebinding, .history, .stands, contact == nil ? .low : .medium, contact == nil ? .low : .medium,
      "\(caseFile.server(index)) turns a name from public to private addresses within its TTL: \(caseFile.texts(rrset.rrset).joined(separator: ", "))"
    )
    charge.records = [before, index]
    if let contact {
      charge.arithmetic = [
        (
          .history,
          "the client turned to \(contact.destination) port \(contact.port) afterwards, in frame \(contact.firstPacket.number)"
        )
      ]
    }
    charge.benign = [
      "a client that moved between networks", "a name that has a private address for hosts inside",
    ]
    charge.references = ["RFC 1918", "RFC 4193", "RFC 6761"]
    return charge
  }

  /// Whether an RRset has addresses of a name that has public and private ones.
  private enum Kind {
    case other, mixed
  }

  /// Finds the address RRsets of such names.
  private static func kinds(_ store: RRsetStore) -> [Kind] {
    var kinds = Array(repeating: Kind.other, count: store.rrsetCount), names: Set<Name> = []
    let addresses = kinds.indices.map { RRsetID(rawValue: UInt32(truncatingIfNeeded: $0)) }
      .filter { store.type(of: $0) == .a || store.type(of: $0) == .aaaa }
    for id in addresses where names.count < nameLimit && store.records(of: id).allSatisfy(isPrivate) {
      names.insert(store.owner(of: id))
    }
    guard !names.isEmpty else { return kinds }
    var open: Set<Name> = []
    for id in addresses where !store.records(of: id).contains(where: isPrivate) {
      let owner = store.owner(of: id)
      if names.contains(owner) { open.insert(owner) }
    }
    guard !open.isEmpty else { return kinds }
    for id in addresses where open.contains(store.owner(of: id)) { kinds[Int(id.rawValue)] = .mixed }
    return kinds
  }

  /// Whether an address is of a private network, of the link or of the own host: RFC 1918, 3927, 6598, 1122; RFC 4193, 4291.
  private static func isPrivate(_ rdata: [UInt8]) -> Bool {
    guard rdata.count == 16 else {
      guard rdata.count == 4 else { return false }
      switch (rdata[0], rdata[1]) {
      case (10, _), (127, _), (172, 16...31), (192, 168), (169, 254), (100, 64...127): return true
      default: return false
      }
    }
    return rdata[0] & 0xfe == 0xfc || (rdata[0] == 0xfe && rdata[1] & 0xc0 == 0x80)
      || (rdata.dropLast().allSatisfy { $0 == 0 } && rdata[15] == 1)
  }
}
