import Bytes
import DNSWire

/// The CNAMEs and DNAMEs of an answer section, followed from the question (RFC 1034 §4.3.2, RFC 6672 §3.1). A reference,
/// since all who look at an answer are handed it.
final class AliasChain {
  /// The name at which the chain ends.
  let end: Name
  /// All names that it leads through; none where it follows no alias.
  private let names: [Name]
  /// Whether any alias was followed; one that leads back to where it began was, too.
  let isFollowed: Bool
  /// CNAME RRsets below a DNAME of the answer, and that DNAME RRset: positions in the answer.
  let belowDNAME: [Redirected]
  /// CNAME RRsets that the chain does not pass, where it lacks one that a DNAME yields: positions in the answer.
  let stray: [Int]
  /// Whether it ends below a DNAME that makes the name too long, which is what YXDOMAIN says (RFC 6672 §2.2).
  let isTooLong: Bool
  /// Whether it goes on beyond the limit.
  let isOverLimit: Bool

  /// A CNAME RRset below a DNAME.
  struct Redirected {
    /// Positions in the answer.
    let cname: Int, dname: Int
    /// Whether the CNAME is the one that the DNAME yields, and nothing else.
    let isSynthesis: Bool
  }

  /// Follows the aliases, at most `hops` of them, in whatever order they stand.
  init(_ answer: Answer, from name: Name, store: FrozenRRsets, hops: Int) {
    let aliases = AliasChain.aliases(answer, store)
    guard !aliases.isEmpty else {
      (end, names, isFollowed, belowDNAME, stray) = (name, [], false, [], [])
      (isTooLong, isOverLimit) = (false, false)
      return
    }
    var cnames: [Name: Alias] = [:], dnames: [Name: Alias] = [:]
    for alias in aliases {
      if alias.type == .cname {
        cnames[alias.owner] = cnames[alias.owner] ?? alias
      } else {
        dnames[alias.owner] = dnames[alias.owner] ?? alias
      }
    }
    belowDNAME = cnames.values.compactMap { AliasChain.redirection(of: $0, dnames) }
      .sorted { $0.cname < $1.cname }
    let way = AliasChain.way(from: name, cnames, dnames, hops)
    end = way.names.last ?? name
    names = way.names
    let visited = Set(way.names)
    isFollowed = way.names.count > 1
    (isTooLong, isOverLimit) = (way.isTooLong, way.isOverLimit)
    stray = way.lacksCNAME ? cnames.values.filter { !visited.contains($0.owner) }.map(\.position) : []
  }

  /// Whether the chain leads to a name, or begins at it.
  func passes(_ name: Name) -> Bool { end == name || names.contains(name) }

  private typealias Alias = (position: Int, type: RecordType, owner: Name, target: Name, count: Int)

  /// The names that aliases lead through, whether a DNAME led on without the CNAME that it yields, whether one would
  /// lead to a name that is too long, and whether there are more of them than are followed. A loop ends where it closes.
  private static func way(from name: Name, _ cnames: [Name: Alias], _ dnames: [Name: Alias], _ hops: Int)
    -> (names: [Name], lacksCNAME: Bool, isTooLong: Bool, isOverLimit: Bool)
  {
    var names = [name], known: Set = [name], current = name, lacksCNAME = false
    while true {
      if let cname = cnames[current] {
        current = cname.target
      } else if let dname = dname(above: current, dnames) {
        guard let target = substitute(current, dname.owner, dname.target) else {
          return (names, lacksCNAME, true, false)
        }
        current = target
        lacksCNAME = true
      } else {
        return (names, lacksCNAME, false, false)
      }
      if names.count > hops { return (names, lacksCNAME, false, true) }
      names.append(current)
      guard known.insert(current).inserted else { return (names, lacksCNAME, false, false) }
    }
  }

  /// How a CNAME stands to the DNAME above it; a second record beside the one that is due makes it another RRset.
  private static func redirection(of cname: Alias, _ dnames: [Name: Alias]) -> Redirected? {
    guard let dname = dname(above: cname.owner, dnames) else { return nil }
    let expected = substitute(cname.owner, dname.owner, dname.target)
    return Redirected(
      cname: cname.position, dname: dname.position,
      isSynthesis: expected == cname.target && cname.count == 1 && dname.count == 1)
  }

  /// The CNAME and DNAME RRsets of the answer section; of several records at one owner the first leads on.
  private static func aliases(_ answer: Answer, _ store: FrozenRRsets) -> [Alias] {
    var found: [Alias] = []
    for position in answer.rrsets.indices where answer.rrsets.section(position) == .answer {
      let type = answer.rrsets.type(position)
      guard type == .cname || type == .dname else { continue }
      let rrset = answer.rrsets.id(position)
      var target: Name?, count = 0
      store.forEachRData(of: rrset) { rdata in
        if target == nil { target = (try? readUncompressedName(rdata, at: 0))?.0 }
        count += 1
      }
      guard let target else { continue }
      found.append((position, type, store.owner(of: rrset), target.canonical, count))
    }
    return found
  }

  /// The DNAME whose owner is above a name, the closest one.
  private static func dname(above name: Name, _ dnames: [Name: Alias]) -> Alias? {
    guard !dnames.isEmpty else { return nil }
    var above = name.parent
    while let owner = above {
      if let found = dnames[owner] { return found }
      above = owner.parent
    }
    return nil
  }

  /// A name with the suffix `owner` replaced by `target`; nil when that is too long (RFC 6672 §2.2).
  private static func substitute(_ name: Name, _ owner: Name, _ target: Name) -> Name? {
    let kept = name.wire.prefix(name.wire.count - owner.wire.count)
    return Name(wire: Array(kept) + target.wire)
  }
}
