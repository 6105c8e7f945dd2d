import Bytes
import DNSSEC
import DNSWire
import Packets
import Transactions

/// Fragments that stand against others of the same datagram, each pair decided: one of the two was planted.
///
/// An attacker who cannot see the query plants a later fragment in the cache of the host's kernel, where it waits for the
/// genuine beginning (Herzberg and Shulman 2013). So the beginning is genuine, and what is like it is.
struct FragmentForgeries {
  /// A pair of fragments of which one is false.
  struct Forgery {
    let conflict: FragmentConflict
    /// The false fragment and the other one, the responses with each, and why.
    let forged: PacketID, genuine: PacketID
    var forgedRecords: [Int] = [], genuineRecords: [Int] = []
    var reasons: [(family: EvidenceFamily, text: String)] = []
    /// Whether DNSSEC shows that the one is bogus and the other secure.
    var isProven = false
  }

  /// All of them, in frame order.
  private(set) var all: [Forgery] = []
  /// Responses with false fragments.
  private(set) var records: Set<Int> = []

  /// Looks at the conflicts of fragments.
  init(_ caseFile: CaseFile) {
    let conflicts = caseFile.witness.fragmentConflicts
    guard !conflicts.isEmpty else { return }
    let responses = FragmentForgeries.responses(caseFile)
    all = conflicts.compactMap { conflict in
      let first = responses[conflict.first.packet] ?? [], other = responses[conflict.other.packet] ?? []
      // A version with both packets tells nothing of either.
      let pair = (first.filter { !other.contains($0) }, other.filter { !first.contains($0) })
      return FragmentForgeries.decide(conflict, pair, caseFile)
    }.sorted { $0.forged < $1.forged }
    records = Set(all.flatMap(\.forgedRecords))
  }

  /// The responses that each fragment is part of.
  private static func responses(_ caseFile: CaseFile) -> [PacketID: [Int]] {
    var found: [PacketID: [Int]] = [:]
    for record in caseFile.fragmentFrames.keys.sorted() {
      for packet in caseFile.fragmentFrames[record] ?? [] { found[packet, default: []].append(record) }
    }
    return found
  }

  /// What speaks against one side.
  private typealias Weight = (points: Int, family: EvidenceFamily, text: String)

  /// Decides a pair; nil when no response came of it, or when nothing at all tells which is false.
  private static func decide(
    _ conflict: FragmentConflict, _ records: ([Int], [Int]), _ caseFile: CaseFile
  ) -> Forgery? {
    guard conflict.first.packet != conflict.other.packet, let any = (records.0 + records.1).first else {
      return nil
    }
    let first = weights(conflict.first, records.0, any, caseFile)
    let other = weights(conflict.other, records.1, any, caseFile)
    // What waited for its beginning was planted; a fragment that comes twice in order says nothing.
    let isPlanted = caseFile.records[any].network.flags.contains(.tailFirst)
    let order: [Weight] =
      isPlanted
      ? [
        (
          1, .timing,
          "the fragment in frame \(conflict.first.packet.number) waited for a beginning that came later"
        )
      ] : []
    let total = (points(first + order), points(other))
    guard total.0 != total.1 else { return nil }
    let isFirst = total.0 > total.1
    var forgery = Forgery(
      conflict: conflict, forged: isFirst ? conflict.first.packet : conflict.other.packet,
      genuine: isFirst ? conflict.other.packet : conflict.first.packet)
    (forgery.forgedRecords, forgery.genuineRecords) = isFirst ? records : (records.1, records.0)
    forgery.reasons = (isFirst ? first + order : other).filter { $0.points > 0 }.map { ($0.family, $0.text) }
    // A wrong checksum alone is what a sender makes that uses an identification again too soon (RFC 4963).
    guard forgery.reasons.contains(where: { $0.family != .structure }) else { return nil }
    forgery.isProven =
      forgery.forgedRecords.contains { caseFile.word($0) == .bogus }
      && forgery.genuineRecords.contains { caseFile.word($0) == .secure }
    return forgery
  }

  /// The sum.
  private static func points(_ weights: [Weight]) -> Int { weights.reduce(0) { $0 + $1.points } }

  /// What speaks against a fragment and the responses with it: the word first, then a wrong checksum, then its own
  /// headers against those of the beginning.
  private static func weights(
    _ side: FragmentConflict.Side, _ records: [Int], _ any: Int, _ caseFile: CaseFile
  ) -> [Weight] {
    var weights: [Weight] = []
    let number = side.packet.number
    for record in records.prefix(4) {
      let response = caseFile.records[record]
      if response.traits.contains(.damaged) {
        weights.append((100, .structure, "with the fragment in frame \(number) the UDP checksum is wrong"))
        continue
      }
      switch caseFile.word(record) {
      case .bogus:
        weights.append((10_000, .crypto, "with the fragment in frame \(number) the answer is bogus"))
      case .secure:
        weights.append((-10_000, .crypto, "with the fragment in frame \(number) the answer is secure"))
      case .insecure, .indeterminate: break
      }
    }
    let beginning = caseFile.records[any].network
    if side.network.ipTTL != beginning.ipTTL {
      weights.append(
        (
          50, .network,
          "the fragment in frame \(number) has IP TTL \(side.network.ipTTL), and its beginning \(beginning.ipTTL)"
        ))
    }
    if side.network.station != beginning.station {
      weights.append(
        (
          50, .network,
          "the fragment in frame \(number) came from another station on the link than its beginning"
        ))
    }
    return weights
  }
}
