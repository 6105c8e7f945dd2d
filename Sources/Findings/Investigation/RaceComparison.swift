import Bytes
import DNSWire
import Transactions

/// What sets the sides of a race apart where little is known of what is usual for their server: each trait counts only
/// where the sides differ in it, and less than a departure from a known habit.
struct RaceComparison {
  /// One side, by its first response.
  private struct Traits {
    let record: Int, ra: Bool, aa: Bool, rd: Bool, hasEDNS: Bool
    let ipTTL: UInt8, identification: UInt16?, trip: UInt32, addresses: [IPAddress]
  }

  private let investigation: Investigation, traits: [Traits]
  private var caseFile: CaseFile { investigation.caseFile }

  /// IP TTLs that packets start with: one that arrives with such a value has passed no router.
  private static let initialTTLs: Set<UInt8> = [64, 128, 255]

  /// Compares the sides of a race.
  init(_ race: Race, _ investigation: Investigation) {
    self.investigation = investigation
    let caseFile = investigation.caseFile
    traits = race.sides.compactMap(\.records.first).map { record in
      let body = caseFile.body(record), response = caseFile.records[record]
      let data = caseFile.data(record).filter { $0.type == .a || $0.type == .aaaa }
      let hasID = response.network.flags.contains(.hasIdentification)
      return Traits(
        record: record, ra: body.flags.ra, aa: body.flags.aa, rd: body.flags.rd, hasEDNS: body.edns != nil,
        ipTTL: response.network.ipTTL, identification: hasID ? response.network.identification : nil,
        trip: response.rttMicroseconds,
        addresses: data.flatMap { caseFile.store.rrsets.records(of: $0.rrset) }
          .compactMap { IPAddress(bytes: $0.span) })
    }
  }

  /// What speaks against each side.
  func reasons() -> [[Race.Reason]] {
    traits.indices.map { index in
      let own = traits[index], rivals = traits.indices.filter { $0 != index }.map { traits[$0] }
      let frame = "frame \(caseFile.packet(own.record).number) has"
      return structure(own, rivals, frame) + shape(own, rivals, frame) + network(own, rivals, frame)
        + data(own, rivals, frame)
    }
  }

  /// How the message is made.
  private func structure(_ own: Traits, _ rivals: [Traits], _ frame: String) -> [Race.Reason] {
    var reasons: [Race.Reason] = []
    if own.rd, !own.ra, rivals.contains(where: \.ra) {
      reasons.append(
        Race.Reason(family: .structure, points: 20, text: "\(frame) no RA, and its rival has it"))
    }
    if own.rd, own.aa, rivals.contains(where: { $0.ra && !$0.aa }) {
      reasons.append(
        Race.Reason(family: .structure, points: 15, text: "\(frame) AA, and its rival is a resolver's answer")
      )
    }
    if caseFile.records[own.record].match.contains(.queryHadEDNS), !own.hasEDNS,
      rivals.contains(where: \.hasEDNS)
    {
      reasons.append(
        Race.Reason(
          family: .structure, points: 20, text: "\(frame) no EDNS, which the query and its rival have"))
    }
    return reasons
  }

  /// Whether flags and sections are those of the server's other answers.
  private func shape(_ own: Traits, _ rivals: [Traits], _ frame: String) -> [Race.Reason] {
    guard investigation.habits.hasUsualShape(own.record) == false,
      rivals.contains(where: { investigation.habits.hasUsualShape($0.record) == true })
    else { return [] }
    let text = "\(frame) flags or sections that no other answer of its server has"
    return [Race.Reason(family: .structure, points: 20, text: text)]
  }

  /// What IP headers say.
  private func network(_ own: Traits, _ rivals: [Traits], _ frame: String) -> [Race.Reason] {
    var reasons: [Race.Reason] = []
    let isNear = RaceComparison.initialTTLs.contains(own.ipTTL)
    let areNear = rivals.allSatisfy { RaceComparison.initialTTLs.contains($0.ipTTL) }
    let isLocal = isNeighbour(caseFile.server(own.record), caseFile.client(own.record))
    if isNear != areNear, isNear != isLocal {
      let words = isNear ? "no router behind it" : "routers behind it, though its server is a neighbour"
      reasons.append(
        Race.Reason(family: .network, points: 15, text: "\(frame) an IP TTL of \(own.ipTTL): \(words)"))
    }
    if let id = own.identification, id <= 1, rivals.allSatisfy({ ($0.identification ?? 0) > 1 }) {
      reasons.append(
        Race.Reason(family: .network, points: 5, text: "\(frame) the IP ID \(id), which tools set"))
    }
    let others = investigation.habits.server(of: own.record)
    guard others.count > 0, others.count < ServerHabits.least else { return reasons }
    let isKnown = others.hasTTL(near: own.ipTTL)
    if !isKnown, rivals.contains(where: { others.hasTTL(near: $0.ipTTL) }) {
      reasons.append(
        Race.Reason(
          family: .network, points: 20,
          text:
            "\(frame) an IP TTL of \(own.ipTTL), which none of \(counted(others.count, "other answer")) of its server has"
        ))
    }
    if own.trip != .max, others.shortest != .max, UInt64(own.trip) * 2 < UInt64(others.shortest) {
      reasons.append(
        Race.Reason(
          family: .timing, points: 10, text: "\(frame) taken less than half of its server's shortest time"))
    }
    return reasons
  }

  /// What the data say.
  private func data(_ own: Traits, _ rivals: [Traits], _ frame: String) -> [Race.Reason] {
    var reasons: [Race.Reason] = []
    if own.addresses.contains(where: { !$0.isPublic }),
      rivals.contains(where: { $0.addresses.contains(where: \.isPublic) })
    {
      reasons.append(
        Race.Reason(
          family: .structure, points: 15,
          text: "\(frame) an address that is not public, and its rival public ones"))
    }
    let pool = own.addresses.first { investigation.isInPool($0) }
    if let pool, !rivals.contains(where: { $0.addresses.contains(where: investigation.isInPool) }) {
      reasons.append(
        Race.Reason(
          family: .history, points: 25, text: "\(frame) \(pool), which races about other names have too"))
    }
    return reasons
  }

  /// Whether two addresses are in one network: the first 24 bits of IPv4, 64 of IPv6.
  private func isNeighbour(_ a: IPAddress, _ b: IPAddress) -> Bool {
    guard a.isIPv6 == b.isIPv6 else { return false }
    return a.isIPv6 ? a.high == b.high : a.low >> 8 == b.low >> 8
  }
}

extension IPAddress {
  /// Whether hosts on the Internet may have it: neither private nor special (RFC 6890, the registries for special
  /// purposes of both families).
  var isPublic: Bool {
    if isIPv6 { return high >> 61 == 1 && high >> 32 != 0x2001_0db8 }
    let networks: [(UInt64, Int)] = [
      (0, 8), (0x0a00_0000, 8), (0x6440_0000, 10), (0x7f00_0000, 8), (0xa9fe_0000, 16), (0xac10_0000, 12),
      (0xc000_0000, 24), (0xc000_0200, 24), (0xc0a8_0000, 16), (0xc612_0000, 15), (0xc633_6400, 24),
      (0xcb00_7100, 24), (0xe000_0000, 3),
    ]
    return !networks.contains { low >> UInt64(32 - $0.1) == $0.0 >> UInt64(32 - $0.1) }
  }
}
