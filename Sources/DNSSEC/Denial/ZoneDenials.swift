import Bytes
import DNSWire

/// The NSEC and NSEC3 RRsets of all messages, found by zone and by the name that they may speak of.
///
/// A proof has to stand in the message that needs it. What others prove is used for one thing alone: to show that no
/// zone cut lies above a name, and to tell a reader that a missing proof was seen elsewhere.
final class ZoneDenials {
  /// The signed RRsets of a zone in the order of their owners.
  private struct Chain {
    var nsec: [(owner: Name, set: ChainEvidence.DenialSet)] = []
    /// By parameters; owners are hashes.
    var nsec3: [NSEC3Parameters: [(owner: [UInt8], set: ChainEvidence.DenialSet)]] = [:]
  }

  private let walker: ChainWalker, answers: [Answer]
  private lazy var chains: [Name: Chain] = makeChains()

  /// The most sets of NSEC3 parameters looked at for one zone: two, while a zone changes from one to the other.
  private static let parametersLimit = 2
  /// The most names from the apex down that are looked up: twice the depth of the longest names that people use, so
  /// that a lookup costs no more hashes than a denial may, whoever writes the name (CVE-2023-50868).
  static let namesLimit = 16

  /// The RRsets of these answers.
  init(walker: ChainWalker, answers: [Answer]) { (self.walker, self.answers) = (walker, answers) }

  /// The RRsets of a zone that match or may cover a name, one above it in the zone, or a wildcard beside those.
  func sets(about name: Name, in zone: Name) -> [ChainEvidence.DenialSet] {
    guard name.isSubdomain(of: zone) else { return [] }
    var found: [ChainEvidence.DenialSet] = []
    for labels in (zone.labelCount...name.labelCount).prefix(ZoneDenials.namesLimit) {
      let above = name.suffix(labels: labels)
      for candidate in [above, above.wildcardChild].compactMap(\.self) {
        for set in sets(at: candidate, in: zone) where !found.contains(set) { found.append(set) }
      }
    }
    return found
  }

  /// The RRsets of a zone that match or may cover one name of it.
  func sets(at name: Name, in zone: Name) -> [ChainEvidence.DenialSet] {
    guard let chain = chains[zone] else { return [] }
    var found = [ZoneDenials.last(notAfter: name, in: chain.nsec)].compactMap(\.self)
    for (parameters, records) in chain.nsec3 {
      // Beyond what one message may cost nothing is found, and nobody says that there is no cut.
      guard let hash = walker.prover.hash(name, parameters) else { break }
      if let set = ZoneDenials.last(notAfter: hash, in: records) { found.append(set) }
    }
    return found
  }

  /// The last set of a sorted list whose owner is not after a name.
  private static func last(
    notAfter name: Name, in list: [(owner: Name, set: ChainEvidence.DenialSet)]
  ) -> ChainEvidence.DenialSet? {
    let end = partition(list.count) { name < list[$0].owner }
    return end > 0 ? list[end - 1].set : nil
  }

  /// The last set whose owner is not after a hash; before the first hash of a zone comes its last one.
  private static func last(
    notAfter hash: [UInt8], in list: [(owner: [UInt8], set: ChainEvidence.DenialSet)]
  ) -> ChainEvidence.DenialSet? {
    let end = partition(list.count) { hash.lexicographicallyPrecedes(list[$0].owner) }
    return end > 0 ? list[end - 1].set : list.last?.set
  }

  /// The first of `count` places for which a condition holds, which then holds for all behind it.
  private static func partition(_ count: Int, _ isBehind: (Int) -> Bool) -> Int {
    var low = 0, high = count
    while low < high {
      let middle = (low + high) / 2
      if isBehind(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Files every NSEC and NSEC3 RRset under the zones whose keys signed it.
  private func makeChains() -> [Name: Chain] {
    var chains: [Name: Chain] = [:], seen = Set<ChainEvidence.DenialSet>()
    for rrset in answers.lazy.flatMap(\.rrsets) where rrset.type == .nsec || rrset.type == .nsec3 {
      let set = ChainEvidence.DenialSet(
        rrset: rrset.rrset, type: rrset.type, signatures: rrset.signatures)
      guard seen.insert(set).inserted else { continue }
      for zone in signers(of: set) { file(set, in: &chains[zone, default: Chain()]) }
    }
    for zone in chains.keys {
      chains[zone]?.nsec.sort { $0.owner < $1.owner }
      for parameters in chains[zone]?.nsec3.keys.map({ $0 }) ?? [] {
        chains[zone]?.nsec3[parameters]?.sort { $0.owner.lexicographicallyPrecedes($1.owner) }
      }
    }
    return chains
  }

  /// The zones of which a key made an RRSIG of a set: what anybody can write is not filed.
  private func signers(of set: ChainEvidence.DenialSet) -> Set<Name> {
    var zones: Set<Name> = []
    for signature in set.signatures {
      guard case .verified = walker.book.result(set.rrset, signature) else { continue }
      if let signer = walker.book.fields(of: signature)?.signer { zones.insert(signer) }
    }
    return zones
  }

  /// Files one RRset by its owner.
  private func file(_ set: ChainEvidence.DenialSet, in chain: inout Chain) {
    let owner = walker.store.owner(of: set.rrset)
    if set.type == .nsec {
      chain.nsec.append((owner, set))
      return
    }
    guard let hash = owner.labels.first.flatMap({ Base32Hex.decode($0) }) else { return }
    var parameters: NSEC3Parameters?
    walker.store.forEachRData(of: set.rrset) { parameters = (try? NSEC3Data($0)).map(NSEC3Parameters.init) }
    guard let parameters, parameters.iterations <= walker.prover.limits.maximumIterations else { return }
    guard chain.nsec3[parameters] != nil || chain.nsec3.count < ZoneDenials.parametersLimit else { return }
    chain.nsec3[parameters, default: []].append((hash, set))
  }
}
