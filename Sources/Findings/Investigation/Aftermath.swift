import Bytes
import DNSWire
import Packets
import Transactions

/// Follows forged data through the answers that deceived hosts give later, in one pass over the responses.
///
/// What is forged and occurs nowhere else is *tainted*. A resolver that answers with tainted data passes them on; one
/// that receives them is deceived too; and what a host behind a tainted address of a name server answers is tainted.
struct Aftermath {
  /// What came of each cluster.
  private(set) var outcomes: [AttackOutcome]
  private let caseFile: CaseFile
  private var tracks: [PoisonTrack] = []
  /// Tracks by addresses of deceived hosts and of the attacker's servers, by RRsets, and by denied questions.
  private var byAddress: [UInt32: [Int]] = [:], byRRset: [RRsetID: [Int]] = [:],
    byDenial: [UInt32: [Int]] = [:]
  /// Tracks by the responses that they accuse, and by what these say: a packet that says the same again is known by it.
  private var ofAccused: [Int: [Int]] = [:], ofIdentity: [ResponseIdentity: Set<Int>] = [:]
  /// Tracks of one host, or about one RRset, that each response is shown to: with all of them the work would be that of every attack
  /// times every response.
  private static let looks = 64
  /// For every body the number of tainted RRsets when it was last found to have none, and one more; 0 before.
  private var checked: [Int]

  /// Follows what the clusters accuse.
  init(_ investigation: Investigation, _ clusters: [IncidentBuilder.Cluster]) {
    caseFile = investigation.caseFile
    outcomes = clusters.map { _ in AttackOutcome() }
    checked = []
    guard let first = clusters.compactMap({ $0.records.min() }).min() else {
      outcomes = clusters.map { PoisonTrack($0, clean: [], investigation).outcome() }
      return
    }
    checked = Array(repeating: 0, count: caseFile.store.bodies.count)
    let clean = CleanData(investigation, clusters).rrsets
    tracks = clusters.map { PoisonTrack($0, clean: clean, investigation) }
    for index in tracks.indices {
      enter(index)
      for record in clusters[index].records {
        ofAccused[record, default: []].append(index)
        ofIdentity[ResponseIdentity(record, caseFile), default: []].insert(index)
      }
    }
    for record in caseFile.records.pass(over: first..<caseFile.records.count) {
      let concerned = concerned(record)
      guard !concerned.isEmpty else { continue }
      let repeated = ofIdentity[ResponseIdentity(record, caseFile)]
      for index in concerned {
        tracks[index].follow(record, isRepeated: repeated?.contains(index) ?? false)
        if tracks[index].hasNews { enter(index) }
      }
    }
    outcomes = tracks.map { $0.outcome() }
    var stories = tracks.map(\.story)
    for (index, found) in Recurrences(stories, clean: clean, caseFile).found.enumerated() {
      stories[index].recurrences = found
      outcomes[index].charges = stories[index].charges(outcomes[index], investigation)
    }
  }

  /// The tracks that a response may tell anything of.
  private mutating func concerned(_ record: Int) -> [Int] {
    let response = caseFile.records[record]
    var found = ofAccused[record] ?? []
    // Of a host with many attacks the latest ones: what older ones forged is found by its data.
    found += latest(byAddress[response.source], at: record)
    found += latest(byAddress[response.destination], at: record)
    if checked[Int(response.body)] != byRRset.count + 1 {
      let before = found.count
      for rrset in caseFile.answer(record).rrsets { found += latest(byRRset[rrset.rrset], at: record) }
      if found.count == before { checked[Int(response.body)] = byRRset.count + 1 }
    }
    if !byDenial.isEmpty, let question = caseFile.body(record).foldedQuestion {
      found += latest(byDenial[question], at: record)
    }
    return found.count > 1 ? Array(Set(found)).sorted() : found
  }

  /// Of tracks in order of their first packets the latest ones that have begun.
  private func latest(_ list: [Int]?, at record: Int) -> ArraySlice<Int> {
    guard let list else { return [] }
    guard list.count > Aftermath.looks else { return list[...] }
    var low = 0, high = list.count
    while low < high {
      let middle = (low + high) / 2
      if tracks[list[middle]].first <= record { low = middle + 1 } else { high = middle }
    }
    return list[..<low].suffix(Aftermath.looks)
  }

  /// Enters what a track follows since it was last asked.
  private mutating func enter(_ index: Int) {
    let news = tracks[index].takeNews()
    for address in news.addresses { byAddress[address, default: []].append(index) }
    for rrset in news.rrsets { byRRset[rrset, default: []].append(index) }
    for question in news.denials { byDenial[question, default: []].append(index) }
  }
}

/// RRsets that nobody's forgery brought into the capture.
private struct CleanData {
  /// By the number of the RRset.
  private(set) var rrsets: [Bool]

  /// RRsets in answers that nobody accuses: of the servers in whose name forged answers come, and of those that the deceived
  /// hosts ask, and of servers for what is in zones that others say they serve; before the first accused one in any, later in those of servers with authority. What a resolver says later
  /// may come from the forger; so may what answers from a forged address, and an answer that nobody asked for, or that a
  /// stranger gave to a stranger, vouches for nothing.
  init(_ investigation: Investigation, _ clusters: [IncidentBuilder.Cluster]) {
    let caseFile = investigation.caseFile
    rrsets = Array(repeating: false, count: caseFile.store.rrsets.rrsetCount)
    let accused = Set(clusters.flatMap { $0.records }), first = accused.min() ?? .max
    let repeated = Set(accused.map { ResponseIdentity($0, caseFile) })
    let forgers = CleanData.forgedServers(accused, caseFile)
    let genuine = Set(clusters.flatMap { $0.accusing.flatMap(\.genuine) })
    var witnesses = Array(repeating: false, count: caseFile.addresses.count), asking = witnesses
    for record in accused {
      witnesses[Int(caseFile.records[record].source)] = true
      for host in investigation.resolutions.addresses(ofHost: caseFile.records[record].destination) {
        asking[Int(host)] = true
      }
    }
    var seen = Array(repeating: false, count: caseFile.store.bodies.count)
    for (index, record) in caseFile.records.enumerated()
    where !seen[Int(record.body)] && !forgers.contains(record.source) {
      let isGenuine = genuine.contains(index), isRecursive = caseFile.body(index).flags.ra
      let isConcerned = isGenuine || witnesses[Int(record.source)] || asking[Int(record.destination)]
      guard record.transaction == .answered || record.transaction == .duplicate || isGenuine,
        !record.isDamaged,
        isConcerned || !isRecursive, !repeated.contains(ResponseIdentity(index, caseFile)),
        index < first || isGenuine || !isRecursive
      else { continue }
      if isConcerned { seen[Int(record.body)] = true }
      for rrset in caseFile.answer(index).rrsets where !rrsets[Int(rrset.rrset.rawValue)] {
        rrsets[Int(rrset.rrset.rawValue)] =
          isConcerned || investigation.delegations.isServed(rrset.rrset, by: record.source)
      }
    }
  }

  /// Addresses that forged answers give for name servers.
  private static func forgedServers(_ accused: Set<Int>, _ caseFile: CaseFile) -> Set<UInt32> {
    var servers: Set<UInt32> = []
    for record in accused.sorted() {
      for rrset in caseFile.answer(record).rrsets
      where rrset.section == .additional && (rrset.type == .a || rrset.type == .aaaa) {
        for address in caseFile.store.rrsets.records(of: rrset.rrset) {
          if let known = IPAddress(bytes: address.span).flatMap(caseFile.addresses.known) {
            servers.insert(known)
          }
        }
      }
    }
    return servers.subtracting(accused.map { caseFile.records[$0].source })
  }
}
