import DNSWire

/// Looks for forged addresses and names of servers beside other names, for all attacks in one pass over the RRsets.
struct Recurrences {
  /// For every attack where its data recur.
  private(set) var found: [[PoisonStory.Recurrence]]
  private let caseFile: CaseFile
  /// Data of an address or a name of a server.
  private struct Datum: Hashable {
    let type: RecordType, rdata: [UInt8]
  }
  /// Attacks by the data that they forged, and short hashes of these, which spare most comparisons.
  private var attacks: [Datum: [Int]] = [:], hashes: Set<UInt64> = []
  /// The names that each attack is about.
  private var owners: [Set<Name>]

  /// The types whose data lead to a host: what an attacker uses again.
  private static let types: Set<RecordType> = [.a, .aaaa, .ns, .cname]
  /// Data that are looked for, and responses that are told of one attack. An attacker has a handful of hosts; who makes
  /// up more of them than this leads nobody anywhere.
  private static let dataLimit = 4_096, listLimit = 1_000

  /// Looks for the data of attacks.
  /// - Parameter clean: for every RRset whether nobody's forgery brought it into the capture.
  init(_ stories: [PoisonStory], clean: [Bool], _ caseFile: CaseFile) {
    self.caseFile = caseFile
    found = stories.map { _ in [] }
    owners = stories.map { _ in [] }
    for (attack, story) in stories.enumerated() { collect(story, attack) }
    guard !attacks.isEmpty else { return }
    let matches = matches(clean)
    if !matches.isEmpty { locate(matches) }
  }

  /// Takes the data of an attack.
  private mutating func collect(_ story: PoisonStory, _ attack: Int) {
    let store = caseFile.store.rrsets
    for rrset in story.rrsets.sorted() {
      let type = store.type(of: rrset)
      owners[attack].insert(store.owner(of: rrset))
      guard Recurrences.types.contains(type), attacks.count < Recurrences.dataLimit else { continue }
      for rdata in store.records(of: rrset) {
        let datum = Datum(type: type, rdata: rdata)
        if attacks[datum]?.last != attack { attacks[datum, default: []].append(attack) }
        hashes.insert(Recurrences.hash(rdata.span))
      }
    }
  }

  /// RRsets about other names that hold the data of attacks. What clean answers hold as well is shared by honest names
  /// and leads to nobody.
  private func matches(_ clean: [Bool]) -> [RRsetID: [Int]] {
    let store = caseFile.store.rrsets
    var candidates: [(rrset: RRsetID, datum: Datum)] = [], shared: Set<Datum> = []
    for number in 0..<store.rrsetCount {
      let id = RRsetID(rawValue: UInt32(truncatingIfNeeded: number)), type = store.type(of: id)
      guard Recurrences.types.contains(type) else { continue }
      var isNear = false
      store.forEachRData(of: id) { if hashes.contains(Recurrences.hash($0)) { isNear = true } }
      guard isNear else { continue }
      for rdata in store.records(of: id) {
        let datum = Datum(type: type, rdata: rdata)
        guard attacks[datum] != nil else { continue }
        if number < clean.count, clean[number] {
          shared.insert(datum)
        } else {
          candidates.append((id, datum))
        }
      }
    }
    var matches: [RRsetID: [Int]] = [:]
    for (rrset, datum) in candidates where !shared.contains(datum) {
      let owner = store.owner(of: rrset)
      for attack in attacks[datum] ?? [] where !owners[attack].contains(owner) {
        if matches[rrset]?.last != attack { matches[rrset, default: []].append(attack) }
      }
    }
    return matches
  }

  /// Finds the responses that hold RRsets.
  private mutating func locate(_ matches: [RRsetID: [Int]]) {
    var checked: [UInt32: RRsetID?] = [:]
    for (index, record) in caseFile.records.enumerated() where !record.traits.contains(.damaged) {
      let rrset: RRsetID?
      if let known = checked[record.body] {
        rrset = known
      } else {
        rrset = caseFile.answer(index).rrsets.first { matches[$0.rrset] != nil }?.rrset
        checked[record.body] = .some(rrset)
      }
      guard let rrset else { continue }
      for attack in matches[rrset] ?? [] where found[attack].count < Recurrences.listLimit {
        found[attack].append(PoisonStory.Recurrence(record: index, rrset: rrset))
      }
    }
  }

  /// FNV-1a of RDATA.
  private static func hash(_ rdata: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in rdata.indices { hash = (hash ^ UInt64(rdata[index])) &* 0x100_0000_01b3 }
    return hash
  }
}
