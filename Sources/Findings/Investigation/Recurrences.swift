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
  /// Attacks that one RRset is told of, and RRsets and responses of all attacks together: whoever uses a host in more
  /// attacks than this is known by then.
  private static let attackLimit = 16, matchLimit = 65_536
  /// Attacks that one RRset is compared with: some for each of its data.
  private static let comparisonLimit = 1_024

  /// Looks for the data of attacks.
  /// - Parameter clean: for every RRset whether nobody's forgery brought it into the capture.
  init(_ stories: [PoisonStory], clean: [Bool], _ caseFile: CaseFile) {
    self.caseFile = caseFile
    found = stories.map { _ in [] }
    owners = stories.map { _ in [] }
    for (attack, story) in stories.enumerated() { collect(story, attack) }
    guard !attacks.isEmpty else { return }
    forgetShared(clean)
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
      for rdata in store.records(of: rrset, limit: Recurrences.dataLimit - attacks.count) {
        let datum = Datum(type: type, rdata: rdata)
        if attacks[datum]?.last != attack { attacks[datum, default: []].append(attack) }
        hashes.insert(Recurrences.hash(rdata.span))
      }
    }
  }

  /// Forgets the data that clean answers hold as well: honest names share them, and they lead to nobody.
  private mutating func forgetShared(_ clean: [Bool]) {
    for number in clean.indices where clean[number] {
      for datum in data(of: RRsetID(rawValue: UInt32(truncatingIfNeeded: number))) { attacks[datum] = nil }
    }
  }

  /// RRsets about other names that hold the data of attacks, each with some of these attacks.
  private func matches(_ clean: [Bool]) -> [RRsetID: [Int]] {
    let store = caseFile.store.rrsets
    var matches: [RRsetID: [Int]] = [:], count = 0
    for number in 0..<store.rrsetCount where number >= clean.count || !clean[number] {
      let id = RRsetID(rawValue: UInt32(truncatingIfNeeded: number)), data = data(of: id)
      guard !data.isEmpty, count < Recurrences.matchLimit else { continue }
      let owner = store.owner(of: id), found = attacks(with: data, besides: owner)
      guard !found.isEmpty else { continue }
      matches[id] = found
      count += found.count
    }
    return matches
  }

  /// Attacks that have some of the data of an RRset and are not about its owner, each once, in their order of the data.
  private func attacks(with data: [Datum], besides owner: Name) -> [Int] {
    var found: [Int] = [], comparisons = 0
    for datum in data {
      for attack in attacks[datum] ?? [] {
        comparisons += 1
        guard found.count < Recurrences.attackLimit, comparisons <= Recurrences.comparisonLimit else {
          return found
        }
        if !found.contains(attack), !owners[attack].contains(owner) { found.append(attack) }
      }
    }
    return found
  }

  /// The data of an RRset that attacks have as well.
  private func data(of id: RRsetID) -> [Datum] {
    let store = caseFile.store.rrsets, type = store.type(of: id)
    guard Recurrences.types.contains(type) else { return [] }
    var isNear = false
    store.forEachRData(of: id) { if !isNear, hashes.contains(Recurrences.hash($0)) { isNear = true } }
    guard isNear else { return [] }
    return store.records(of: id).map { Datum(type: type, rdata: $0) }.filter { attacks[$0] != nil }
  }

  /// Finds the responses that hold RRsets.
  private mutating func locate(_ matches: [RRsetID: [Int]]) {
    var checked: [UInt32: RRsetID?] = [:], count = 0
    for (index, record) in caseFile.records.enumerated() where !record.traits.contains(.damaged) {
      let rrset: RRsetID?
      if let known = checked[record.body] {
        rrset = known
      } else {
        rrset = caseFile.answer(index).rrsets.first { matches[$0.rrset] != nil }?.rrset
        checked[record.body] = .some(rrset)
      }
      guard let rrset else { continue }
      for attack in matches[rrset] ?? []
      where found[attack].count < Recurrences.listLimit && count < Recurrences.matchLimit {
        found[attack].append(PoisonStory.Recurrence(record: index, rrset: rrset))
        count += 1
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
