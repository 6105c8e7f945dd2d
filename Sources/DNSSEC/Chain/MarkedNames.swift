import DNSWire

/// Numbers names, and notes for each what is known at or above it.
struct MarkedNames: Sendable {
  /// What is known of a name; numbers plus one, 0 for none.
  private struct Mark: Sendable {
    /// The nearest name at or above it about which anything is known, and the nearest that shows signs of a zone.
    var waypoint: UInt32 = 0, sign: UInt32 = 0
    /// The number of the secure zone in which no hashed delegation matches the name.
    var undelegatedIn: UInt32 = 0
  }

  private var table = NameTable(), marks: [Mark] = []

  /// Numbers all waypoints, before any name that is none; signs of zones are among them.
  init(waypoints: Set<Name>, signs: Set<Name>) {
    var own: [Mark] = []
    for name in waypoints {
      let id = table.id(of: name)
      while own.count < table.count { own.append(Mark()) }
      own[Int(id.rawValue)].waypoint = id.rawValue &+ 1
      if signs.contains(name) { own[Int(id.rawValue)].sign = id.rawValue &+ 1 }
    }
    for mark in own {
      markNext()
      let place = marks.count - 1
      if mark.waypoint != 0 { marks[place].waypoint = mark.waypoint }
      if mark.sign != 0 { marks[place].sign = mark.sign }
    }
  }

  /// How many names there are.
  var count: Int { table.count }

  /// The number of a name.
  mutating func id(of name: Name) -> NameID { marked(table.id(of: name)) }

  /// The number of a name in lower case.
  mutating func id(of wire: Span<UInt8>) -> NameID { marked(table.id(of: wire)) }

  /// Notes what is known of names that came since; names come behind those above them.
  @inline(__always)
  private mutating func marked(_ id: NameID) -> NameID {
    while marks.count < table.count { markNext() }
    return id
  }

  /// Takes over for the next name what is known of the one above it.
  private mutating func markNext() {
    var mark = Mark()
    if let above = table.parent(of: NameID(rawValue: UInt32(truncatingIfNeeded: marks.count))) {
      let known = marks[Int(above.rawValue)]
      (mark.waypoint, mark.sign) = (known.waypoint, known.sign)
    }
    marks.append(mark)
  }

  /// The nearest name at or above a name about which anything is known.
  func waypoint(of id: NameID) -> NameID? { MarkedNames.id(marks[Int(id.rawValue)].waypoint) }

  /// The nearest name at or above a name that shows signs of a zone.
  func sign(of id: NameID) -> NameID? { MarkedNames.id(marks[Int(id.rawValue)].sign) }

  /// Whether no hashed delegation of a secure zone matches a name.
  func isUndelegated(_ id: NameID, in zone: UInt32) -> Bool { marks[Int(id.rawValue)].undelegatedIn == zone }

  /// Notes that no hashed delegation of a secure zone matches a name.
  mutating func noteUndelegated(_ id: NameID, in zone: UInt32) {
    marks[Int(id.rawValue)].undelegatedIn = zone
  }

  /// The name of a number plus one.
  private static func id(_ number: UInt32) -> NameID? {
    number == 0 ? nil : NameID(rawValue: number &- 1)
  }

  /// Lets go of the names from a number on.
  mutating func forget(from count: Int) {
    table.forget(from: count)
    marks.removeSubrange(count...)
    marks = Array(marks)
  }
}

extension MarkedNames {
  /// The name of a number, in lower case.
  func name(_ id: NameID) -> Name { table.name(id) }

  /// The name above; nil for the root.
  func parent(of id: NameID) -> NameID? { table.parent(of: id) }

  /// How many labels a name has, the root label not counted.
  func labelCount(_ id: NameID) -> Int { table.labelCount(id) }

  /// Whether the leftmost label is `*` (RFC 4592 §2.1.1).
  func isWildcard(_ id: NameID) -> Bool { table.isWildcard(id) }

  /// Whether a name is another one or below it.
  func isSubdomain(_ id: NameID, of above: NameID) -> Bool { table.isSubdomain(id, of: above) }
}
