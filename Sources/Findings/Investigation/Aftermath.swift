import Bytes
import DNSWire
import Packets
import Transactions

/// Follows forged data through the answers that the deceived hosts give later, in one pass over all responses.
///
/// What is forged and occurs nowhere else is *tainted*. An answer of a deceived host with tainted data passes them on; a
/// resolver that receives it is deceived too; and what a host behind a tainted address answers is tainted.
struct Aftermath {
  /// What came of each cluster.
  private(set) var outcomes: [AttackOutcome]
  private let investigation: Investigation, clusters: [IncidentBuilder.Cluster]
  private var caseFile: CaseFile { investigation.caseFile }
  private var tracks: [PoisonTrack] = []

  /// Follows what the clusters accuse.
  init(_ investigation: Investigation, _ clusters: [IncidentBuilder.Cluster]) {
    (self.investigation, self.clusters) = (investigation, clusters)
    outcomes = clusters.map { _ in AttackOutcome() }
    guard !clusters.isEmpty else { return }
    let clean = cleanRRsets()
    tracks = clusters.map { PoisonTrack($0, clean: clean, investigation) }
    for record in caseFile.records.indices {
      for index in tracks.indices where tracks[index].concerns(record) { tracks[index].follow(record) }
    }
    outcomes = tracks.map { $0.outcome() }
  }

  /// RRsets that occur in answers which nobody accuses and which no deceived host gave.
  private func cleanRRsets() -> [Bool] {
    var clean = Array(repeating: false, count: caseFile.store.rrsets.rrsetCount)
    let accused = Set(clusters.flatMap { $0.records })
    let deceived = Set(clusters.compactMap { $0.host.flatMap(caseFile.addresses.known) })
    var seen = Array(repeating: false, count: caseFile.store.bodies.count)
    for (index, record) in caseFile.records.enumerated()
    where !seen[Int(record.body)] && !deceived.contains(record.source) && !accused.contains(index) {
      // An answer that nobody asked for vouches for nothing.
      guard record.transaction == .answered || record.transaction == .duplicate, !record.traits.contains(.damaged)
      else { continue }
      seen[Int(record.body)] = true
      for rrset in caseFile.answer(index).rrsets { clean[Int(rrset.rrset.rawValue)] = true }
    }
    return clean
  }
}
