import DNSWire

/// Names by their numbers, which judging goes by: what a name owns is found without making it anew.
extension ChainWalker {
  /// The number of a name.
  func id(of name: Name) -> NameID {
    let id = names.id(of: name)
    if marks.count < names.count { markNewNames() }
    return id
  }

  /// The number of an RRset's owner.
  func ownerID(of rrset: RRsetID) -> NameID {
    let index = Int(rrset.rawValue)
    if owners.isEmpty { owners = Array(repeating: 0, count: store.count) }
    if owners[index] != 0 { return NameID(rawValue: owners[index] &- 1) }
    var id = NameID(rawValue: 0)
    store.withOwner(of: rrset) { id = self.names.id(of: $0) }
    if marks.count < names.count { markNewNames() }
    owners[index] = id.rawValue &+ 1
    return id
  }

  /// The name of a number.
  func name(_ id: NameID) -> Name { names.name(id) }

  /// The name above, or the name itself where there is none.
  func parentOrSelf(_ id: NameID) -> NameID { names.parent(of: id) ?? id }

  /// Notes the nearest waypoint and sign of a zone for each name that came since; names come behind those above them.
  private func markNewNames() {
    if marks.isEmpty { return markWaypoints() }
    while marks.count < names.count { markNext() }
  }

  /// Takes over for the next name what is known of the one above it.
  private func markNext() {
    let id = NameID(rawValue: UInt32(truncatingIfNeeded: marks.count))
    marks.append(names.parent(of: id).map { marks[Int($0.rawValue)].inherited } ?? NameMark())
  }

  /// Numbers all waypoints, before any name that is none: signs of zones are among them.
  private func markWaypoints() {
    var own: [NameMark] = []
    for name in waypoints {
      let id = names.id(of: name), isSign = evidence.cutSigns.contains(name)
      while own.count < names.count { own.append(NameMark()) }
      own[Int(id.rawValue)].waypoint = id.rawValue &+ 1
      if isSign { own[Int(id.rawValue)].sign = id.rawValue &+ 1 }
    }
    while marks.count < names.count {
      let place = marks.count
      markNext()
      guard place < own.count else { continue }
      if own[place].waypoint != 0 { marks[place].waypoint = own[place].waypoint }
      if own[place].sign != 0 { marks[place].sign = own[place].sign }
    }
    // The first name that was asked for may be the last of these.
    waypointCount = marks.count
  }

  /// The deepest name at or above a name that shows signs of a zone.
  func deepestSign(_ id: NameID) -> Name? {
    let sign = marks[Int(id.rawValue)].sign
    guard sign != 0 else { return nil }
    if let known = signNames[sign] { return known }
    let name = names.name(NameID(rawValue: sign &- 1))
    signNames[sign] = name
    return name
  }

  /// Lets go of names that only responses ask about, when there is nothing more to judge.
  func forgetNames() {
    (owners, readDenials, hashingCosts) = ([], [:], [:])
    guard marks.count > waypointCount else { return }
    names.forget(from: waypointCount)
    marks.removeSubrange(waypointCount...)
    hashedSets = hashedSets.filter { max($0.key.name.rawValue, $0.key.zone.rawValue) < waypointCount }
  }
}

/// What is known of a name by its number; numbers plus one, 0 for none.
struct NameMark: Sendable {
  /// The nearest name at or above it about which anything is known, and the nearest that shows signs of a zone.
  var waypoint: UInt32 = 0, sign: UInt32 = 0
  /// The place of its walks.
  var walks: UInt32 = 0
  /// The number of the secure zone in which no hashed delegation matches the name.
  var undelegatedIn: UInt32 = 0

  /// What the names below take over.
  var inherited: NameMark {
    var mark = NameMark()
    (mark.waypoint, mark.sign) = (waypoint, sign)
    return mark
  }
}
