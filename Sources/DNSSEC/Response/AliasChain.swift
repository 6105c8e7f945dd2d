import Bytes
import DNSWire

/// The CNAMEs and DNAMEs of an answer section, followed from the question (RFC 1034 §4.3.2, RFC 6672 §3.1).
struct AliasChain {
  /// The name at which the chain ends, and all that it leads through.
  let end: Name, names: Set<Name>
  /// CNAME RRsets that a DNAME of the answer yields, and that DNAME RRset: positions in the answer.
  let synthesized: [(cname: Int, dname: Int)]
  /// CNAME RRsets that contradict the DNAME above them, or stand in place of the one that a DNAME yields.
  let contradicting: [Int]

  /// Follows the aliases, at most `hops` of them, in whatever order they stand.
  init(_ answer: Answer, from name: Name, store: FrozenRRsets, hops: Int) {
    let aliases = AliasChain.aliases(answer, store)
    var current = name, synthesized: [(cname: Int, dname: Int)] = [], contradicting: [Int] = []
    for alias in aliases where alias.type == .cname {
      guard let dname = AliasChain.dname(above: alias.owner, aliases) else { continue }
      let expected = AliasChain.substitute(alias.owner, dname.owner, dname.target)
      if expected == alias.target {
        synthesized.append((alias.position, dname.position))
      } else if !alias.isSigned {
        contradicting.append(alias.position)
      }
    }
    var visited: Set<Name> = [name], lacksCNAME = false
    for _ in 0..<hops {
      if let cname = aliases.first(where: { $0.type == .cname && $0.owner == current }) {
        current = cname.target
      } else if let dname = AliasChain.dname(above: current, aliases),
        let target = AliasChain.substitute(current, dname.owner, dname.target)
      {
        current = target
        lacksCNAME = true
      } else {
        break
      }
      visited.insert(current)
    }
    for alias in aliases where lacksCNAME && alias.type == .cname && !alias.isSigned {
      if !visited.contains(alias.owner) { contradicting.append(alias.position) }
    }
    (end, names, self.synthesized, self.contradicting) = (current, visited, synthesized, contradicting)
  }

  private typealias Alias = (position: Int, type: RecordType, owner: Name, target: Name, isSigned: Bool)

  /// The CNAME and DNAME RRsets of the answer section; of several records at one owner the first counts.
  private static func aliases(_ answer: Answer, _ store: FrozenRRsets) -> [Alias] {
    var found: [Alias] = []
    for (position, rrset) in answer.rrsets.enumerated()
    where rrset.section == .answer && (rrset.type == .cname || rrset.type == .dname) {
      var target: Name?
      store.forEachRData(of: rrset.rrset) { rdata in
        if target == nil { target = (try? readUncompressedName(rdata, at: 0))?.0 }
      }
      guard let target else { continue }
      let owner = store.owner(of: rrset.rrset), isSigned = !rrset.signatures.isEmpty
      found.append((position, rrset.type, owner, target.canonical, isSigned))
    }
    return found
  }

  /// The DNAME whose owner is above a name, the closest one.
  private static func dname(above name: Name, _ aliases: [Alias]) -> Alias? {
    aliases.filter { $0.type == .dname && $0.owner != name && name.isSubdomain(of: $0.owner) }
      .max { $0.owner.labelCount < $1.owner.labelCount }
  }

  /// A name with the suffix `owner` replaced by `target`; nil when that is too long (RFC 6672 §2.2).
  private static func substitute(_ name: Name, _ owner: Name, _ target: Name) -> Name? {
    let kept = name.wire.prefix(name.wire.count - owner.wire.count)
    return Name(wire: Array(kept) + target.wire)
  }
}
