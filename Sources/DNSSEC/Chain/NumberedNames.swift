import DNSWire

/// Names by their numbers, which judging goes by: what a name owns is found without making it anew.
extension ChainWalker {
  /// The number of a name.
  func id(of name: Name) -> NameID { names.id(of: name) }

  /// The number of an RRset's owner.
  func ownerID(of rrset: RRsetID) -> NameID {
    if let known = owners[rrset] { return known }
    var id = NameID(rawValue: 0)
    store.withOwner(of: rrset) { id = self.names.id(of: $0) }
    owners.keep(id, of: rrset)
    return id
  }

  /// Whether an RRset is of class IN: looked up once, since it lies far away.
  func isInternet(_ rrset: RRsetID) -> Bool {
    if owners.isInternet(rrset) { return true }
    guard store.recordClass(of: rrset) == .in else { return false }
    owners.noteInternet(rrset)
    return true
  }

  /// The name of a number.
  func name(_ id: NameID) -> Name { names.name(id) }

  /// The name above, or the name itself where there is none.
  func parentOrSelf(_ id: NameID) -> NameID { names.parent(of: id) ?? id }

  /// The deepest name at or above a name that shows signs of a zone.
  func deepestSign(_ id: NameID) -> Name? {
    guard let sign = names.sign(of: id) else { return nil }
    if let known = signNames[sign] { return known }
    let name = names.name(sign)
    signNames[sign] = name
    return name
  }

  /// Lets go of names that only responses ask about, when there is nothing more to judge.
  func forgetNames() {
    (owners, readDenials, readPlaces) = (OwnerNumbers(count: 0), [], NumberTable())
    hashingCosts = [:]
    guard names.count > waypointCount else { return }
    names.forget(from: waypointCount)
    forgetHashedWalks()
    hashedSets = hashedSets.filter { max($0.key.name.rawValue, $0.key.zone.rawValue) < waypointCount }
  }
}

/// The owners of RRsets as far as they were asked for.
struct OwnerNumbers: Sendable {
  /// Numbers plus one, 0 for none.
  private var numbers: [UInt32]
  /// Which RRsets are known to be of class IN.
  private var internet: [Bool]

  /// Of so many RRsets, none known.
  init(count: Int) {
    numbers = Array(repeating: 0, count: count)
    internet = Array(repeating: false, count: count)
  }

  /// Whether an RRset is known to be of class IN.
  func isInternet(_ rrset: RRsetID) -> Bool {
    Int(rrset.rawValue) < internet.count && internet[Int(rrset.rawValue)]
  }

  /// Notes that an RRset is.
  mutating func noteInternet(_ rrset: RRsetID) {
    if Int(rrset.rawValue) < internet.count { internet[Int(rrset.rawValue)] = true }
  }

  /// The owner of an RRset.
  subscript(rrset: RRsetID) -> NameID? {
    let index = Int(rrset.rawValue)
    guard index < numbers.count, numbers[index] != 0 else { return nil }
    return NameID(rawValue: numbers[index] &- 1)
  }

  /// Keeps the owner of an RRset, while there is room for any.
  mutating func keep(_ id: NameID, of rrset: RRsetID) {
    if Int(rrset.rawValue) < numbers.count { numbers[Int(rrset.rawValue)] = id.rawValue &+ 1 }
  }
}
