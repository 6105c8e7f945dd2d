import DNSWire

/// R6: answers that depart from what is usual for their server in more than one way, whether or not a rival was seen.
/// The true server may have been silenced, so that its answer never came.
enum InjectorFingerprintRule: CaseRule {
  private struct Key: Hashable {
    let server: UInt32, client: UInt32, zone: Name?
  }

  static func charges(_ investigation: Investigation) -> [Charge] {
    let caseFile = investigation.caseFile
    var order: [Key] = [], records: [Key: [Int]] = [:]
    for (record, deviation) in investigation.deviants
    where isTelling(deviation, isLocal: isLocal(record, caseFile)) {
      if let race = investigation.race(of: record), !race.forged.contains(record) { continue }
      let key = Key(
        server: caseFile.records[record].source, client: caseFile.records[record].destination,
        zone: investigation.zone(of: record))
      if records[key] == nil { order.append(key) }
      records[key, default: []].append(record)
    }
    return order.compactMap { charge(records[$0] ?? [], investigation) }
  }

  /// Whether departures tell of another sender: of the network's families one, and of the message's or of history one.
  /// Network and timing together are what another node of an anycast server looks like. A resolver answers at
  /// once, and with other flags, for zones that it serves itself.
  private static func isTelling(_ deviation: Deviation, isLocal: @autoclosure () -> Bool) -> Bool {
    let families = deviation.families
    let hasMessage =
      families.contains(.structure) && !deviation.isDisjoint(with: Deviation.structure.subtracting(.ednsSize))
    // Few depart so, and to ask means to read the response.
    if deviation.subtracting([.ednsSize]) == [.tooFast, .flags], isLocal() { return false }
    return (families.contains(.network) || families.contains(.timing))
      && (hasMessage || families.contains(.history))
  }

  /// Zones that every resolver serves itself (RFC 6303 §4, RFC 6761 §6, RFC 7686, RFC 8375, RFC 8880).
  private static let localZones: [Name] = [
    "localhost.", "invalid.", "onion.", "home.arpa.", "ipv4only.arpa.", "127.in-addr.arpa.",
    "10.in-addr.arpa.",
    "168.192.in-addr.arpa.", "254.169.in-addr.arpa.", "d.f.ip6.arpa.",
  ].compactMap { Name($0) }

  /// Whether a resolver answers about such a zone.
  private static func isLocal(_ record: Int, _ caseFile: CaseFile) -> Bool {
    guard caseFile.body(record).flags.ra, let name = caseFile.question(record)?.name else { return false }
    return localZones.contains { name.isSubdomain(of: $0) }
  }

  /// The charge of some answers in the name of one server.
  private static func charge(_ records: [Int], _ investigation: Investigation) -> Charge? {
    guard let first = records.first else { return nil }
    let caseFile = investigation.caseFile
    let all = records.reduce(into: Deviation()) { $0.formUnion(investigation.deviation($1)) }
    let traits = all.words
    var charge = Charge(
      .injectorFingerprint, .network, .accuses, .medium, .medium,
      "\(counted(records.count, "answer")) in the name of \(caseFile.server(first)) to \(caseFile.client(first)) \(records.count == 1 ? "differs" : "differ") from its other answers in \(traits.joined(separator: ", "))"
    )
    charge.records = records
    charge.kind = .race
    for record in records.prefix(16) {
      let deviation = investigation.deviation(record)
      for family in deviation.families.sorted() {
        charge.arithmetic.append(
          (
            family,
            "frame \(caseFile.packet(record).number) differs in \(deviation.words(of: family).joined(separator: ", "))"
          ))
      }
    }
    charge.facts = [("traits", .texts(traits))]
    charge.benign = [
      "a middlebox that answers in place of the server", "a captive portal or response policy",
    ]
    charge.references = ["Hold-On (Duan et al. 2012)", "Anonymous et al., FOCI 2020"]
    return charge
  }
}

extension Deviation {
  private static let names: [(Deviation, String)] = [
    (.ipTTL, "IP TTL"), (.identification, "IP ID"), (.dontFragment, "don't-fragment bit"),
    (.trafficClass, "traffic class"), (.checksum, "UDP checksum"), (.station, "link-layer sender"),
    (.tooFast, "time"), (.ednsMissing, "EDNS"), (.ednsSize, "EDNS size"), (.flags, "flags and sections"),
    (.letterCase, "letter case of the question"), (.cookieMissing, "cookie"), (.cookieWrong, "cookie"),
    (.mirroredTTL, "IP TTL like the query's"), (.dnsTTL, "TTL of the data"), (.otherData, "data"),
  ]

  /// What differs, for people.
  var words: [String] { Deviation.names.filter { contains($0.0) }.map(\.1) }

  /// What differs of one family.
  func words(of family: EvidenceFamily) -> [String] {
    Deviation.names.filter { contains($0.0) && $0.0.families.contains(family) }.map(\.1)
  }
}
