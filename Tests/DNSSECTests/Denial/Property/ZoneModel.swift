import DNSWire

/// A small zone as RFC 1034 §4.3.2 sees it: what a server would truly answer, found by looking at every name.
struct ZoneModel {
  /// The zone's apex.
  let apex: Name
  /// Every owner in the zone's own hands, apex and delegations among them, with its types.
  var owners: [Name: Set<RecordType>]

  /// What the zone holds for a name and a type.
  enum Truth: Equatable {
    /// The name or the wildcard that answers for it has the type, or a CNAME.
    case answer
    /// The name exists without the type, or as an empty non-terminal.
    case noData
    /// The wildcard below the closest encloser answers.
    case wildcardAnswer
    /// The wildcard below the closest encloser exists without the type.
    case wildcardNoData
    /// Neither the name nor a wildcard for it exists.
    case nameError
    /// A zone cut at or above the name, or a DNAME above it: the zone says nothing of the name.
    case elsewhere
  }

  /// What the zone holds.
  func truth(_ name: Name, _ type: RecordType) -> Truth {
    if isHidden(name) { return .elsewhere }
    if let types = owners[name] {
      if isCut(name), type != .ds { return .elsewhere }
      return types.contains(type) || types.contains(.cname) ? .answer : .noData
    }
    if exists(name) { return .noData }
    guard let wildcard = closestEncloser(of: name).wildcardChild, exists(wildcard) else { return .nameError }
    let types = owners[wildcard] ?? []
    return types.contains(type) || types.contains(.cname) ? .wildcardAnswer : .wildcardNoData
  }

  /// Whether the name has records or names below it.
  func exists(_ name: Name) -> Bool { owners.keys.contains { $0.isSubdomain(of: name) } }

  /// Whether the name is a delegation.
  func isCut(_ name: Name) -> Bool { name != apex && owners[name]?.contains(.ns) == true }

  /// Whether the name lies below a cut or a DNAME.
  func isHidden(_ name: Name) -> Bool {
    enclosers(of: name).dropFirst().contains { isCut($0) || owners[$0]?.contains(.dname) == true }
  }

  /// The longest existing name above or at a name.
  func closestEncloser(of name: Name) -> Name { enclosers(of: name).first(where: exists) ?? apex }

  /// The name and all above it down to the apex, longest first.
  func enclosers(of name: Name) -> [Name] {
    stride(from: name.labelCount, through: apex.labelCount, by: -1).map { name.suffix(labels: $0) }
  }

  /// All names that exist, empty non-terminals among them.
  var existing: Set<Name> { Set(owners.keys.flatMap(enclosers)) }
}

extension ZoneModel {
  /// A zone with some names of up to three labels, hidden names left out.
  static func random(_ random: inout SeededGenerator, apex: Name) -> ZoneModel {
    var zone = ZoneModel(apex: apex, owners: [apex: [.soa, .ns, .dnskey, .mx]])
    let labels = ["a", "b", "C", "*", "!"].map { Array($0.utf8) }
    for _ in 0..<Int.random(in: 1...9, using: &random) {
      var name = apex
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        name = name.child(labels.randomElement(using: &random) ?? []) ?? name
      }
      zone.owners[name] = randomTypes(isWildcard: name.isWildcard, &random)
    }
    zone.owners = zone.owners.filter { !zone.isHidden($0.key) }
    return zone
  }

  /// Types for an owner; delegations and DNAME not at wildcards, where they mean nothing (RFC 4592 §4.2,
  /// §4.4).
  private static func randomTypes(isWildcard: Bool, _ random: inout SeededGenerator) -> Set<RecordType> {
    let common: [Set<RecordType>] = [[.a], [.mx], [.a, .mx, .txt], [.cname]]
    let cuts: [Set<RecordType>] = [[.ns], [.ns], [.ns, .ds], [.dname, .a]]
    return (isWildcard ? common : common + cuts).randomElement(using: &random) ?? [.a]
  }

  /// Names worth asking for: what exists, and names beside and below it.
  var questions: [Name] {
    let labels = ["a", "c", "*", "zz", "\u{1}"].map { Array($0.utf8) }
    let near = existing.union(owners.keys).flatMap { name in labels.compactMap { name.child($0) } }
    let deep = near.compactMap { $0.child([0x64]) }
    return Set(existing).union(near).union(deep.prefix(40)).sorted()
  }
}

/// SplitMix64: the same numbers for the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
