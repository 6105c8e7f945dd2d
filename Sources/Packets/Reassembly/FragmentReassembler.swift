import Bytes

/// Puts IP datagrams together from their fragments (RFC 791 §3.2, RFC 8200 §4.5), within bounds of number, bytes and
/// time. A datagram that is complete is remembered as long as one that is not: a fragment that comes later with other
/// bytes was sent by somebody too, be it the forger or the server.
struct FragmentReassembler {
  private let limits: PacketLimits
  /// The datagrams under way.
  private var waiting: DatagramTable
  /// Those that were complete.
  private var done: DatagramTable
  /// Bytes of other versions that may still be handed on.
  private var versionBudget = PacketLimits.versionBytes

  /// Nothing under way.
  init(_ limits: PacketLimits) {
    self.limits = limits
    waiting = DatagramTable(count: limits.datagrams, bytes: limits.datagramsBytes)
    done = DatagramTable(count: limits.doneDatagrams, bytes: limits.datagramsBytes)
  }

  /// Number of datagrams under way.
  var count: Int { waiting.count }

  /// Whether the oldest one has waited long enough.
  @inline(__always)
  func isOldestDue(at now: Timestamp) -> Bool { waiting.isOldestDue(at: now, after: limits.fragmentWait) }

  /// Takes out the oldest datagram while there is no room for another fragment; empty when there is.
  mutating func makeRoom(for packet: borrowing IPPacket, _ counters: inout PacketCounters)
    -> [AssembledDatagram]
  {
    let key = DatagramKey(packet)
    guard !waiting.hasRoom(for: key, bytes: packet.payload.count) else { return [] }
    return removeOldest(&counters)
  }

  /// Adds a fragment and answers with every datagram that it completes: its own, and each version in which another
  /// fragment's bytes stand in place of those that came first. Throws the fate of a fragment that can be no part of one.
  mutating func add(
    _ packet: borrowing IPPacket, _ position: FragmentPosition, _ origin: MessageOrigin, isSelected: Bool,
    now: Timestamp, _ counters: inout PacketCounters
  ) throws(PacketFate) -> [AssembledDatagram] {
    guard packet.declaredLength > 0, position.offset + packet.declaredLength <= PacketLimits.datagramBytes,
      // Offsets count in eights, so all but the last fragment end at a multiple of 8.
      !position.isFollowed || packet.declaredLength % 8 == 0
    else { throw .badFragment }
    let key = DatagramKey(packet)
    var budget = min(
      versionBudget + PacketLimits.versionShare * packet.payload.count, PacketLimits.versionBytes)
    defer { versionBudget = budget }
    while done.isOldestDue(at: now, after: limits.fragmentWait) { _ = done.removeOldest() }
    var versions: [AssembledDatagram] = []
    let late = done.change(key) {
      Self.addLate(&$0, packet, position, origin, isSelected, &budget, &counters)
    }
    if let late {
      switch late {
      case .repeated: return []
      case .versions(let late): versions = late
      // The sender has come round to the same number: what follows is another datagram.
      case .successor: done.remove(key)
      }
    }
    waiting.insert(key) { FragmentedDatagram(packet, origin, isLate: !versions.isEmpty) }
    let isReady = waiting.change(key) { datagram in
      let addition = datagram.add(packet, position, origin, isSelected: isSelected)
      if versions.isEmpty, addition == .conflicting { counters.count(.fragmentConflict) }
      if addition == .repeated { counters.count(.fragmentRepeated) }
      return datagram.completeLength != nil || datagram.fragmentCount >= limits.fragments
    }
    guard isReady == true, let datagram = waiting.remove(key) else { return versions }
    versions.append(datagram.assembled)
    versions += Self.otherVersions(of: datagram, &budget, &counters)
    if datagram.completeLength != nil { remember(key, datagram) }
    return versions
  }

  /// Takes out the oldest datagram, however much of it is there, with its versions.
  mutating func removeOldest(_ counters: inout PacketCounters) -> [AssembledDatagram] {
    guard let datagram = waiting.removeOldest() else { return [] }
    return [datagram.assembled] + Self.otherVersions(of: datagram, &versionBudget, &counters)
  }

  /// The versions of a datagram in which another fragment's bytes stand in place of those that came first, as far as the
  /// budget goes; what is left out is counted.
  private static func otherVersions(
    of datagram: FragmentedDatagram, _ budget: inout Int, _ counters: inout PacketCounters
  ) -> [AssembledDatagram] {
    var versions: [AssembledDatagram] = []
    for alternative in datagram.shownAlternatives
    where spend(datagram.versionLength, of: &budget, &counters) {
      versions.append(datagram.assembled(with: alternative))
    }
    return versions
  }

  /// Takes the bytes of a version out of the budget; false, and counted, when there are not so many.
  private static func spend(_ bytes: Int, of budget: inout Int, _ counters: inout PacketCounters) -> Bool {
    guard budget >= bytes else {
      counters.count(.versionLeftOut)
      return false
    }
    budget -= bytes
    return true
  }

  /// Remembers a datagram that is whole.
  private mutating func remember(_ key: DatagramKey, _ datagram: FragmentedDatagram) {
    done.remove(key)
    while !done.hasRoom(for: key, bytes: datagram.heldBytes), done.count > 0 { _ = done.removeOldest() }
    done.insert(key) { datagram }
  }

  /// What a fragment of a datagram that was complete is.
  private enum Late {
    case repeated, versions([AssembledDatagram]), successor
  }

  /// Holds a fragment against a datagram that was complete. One with other bytes, or with bytes behind its end, makes
  /// other versions of it; but another beginning belongs to another datagram.
  private static func addLate(
    _ datagram: inout FragmentedDatagram, _ packet: borrowing IPPacket, _ position: FragmentPosition,
    _ origin: MessageOrigin, _ isSelected: Bool, _ budget: inout Int, _ counters: inout PacketCounters
  ) -> Late {
    let covered = position.offset..<position.offset + packet.payload.count
    switch datagram.addition(of: packet.payload, at: covered) {
    case .repeated:
      counters.count(.fragmentRepeated)
      return .repeated
    case .conflicting where position.offset > 0:
      counters.count(.fragmentConflict)
      datagram.keepAside(packet, position, origin)
      guard spend(datagram.versionLength, of: &budget, &counters) else { return .versions([]) }
      return .versions([datagram.late(FragmentedDatagram.Alternative(packet, position, origin))])
    case .new where position.offset > 0:
      return addBehind(&datagram, packet, position, origin, isSelected, &budget, &counters)
    case .conflicting, .new: return .successor
    }
  }

  /// Adds a fragment behind the end that a datagram had: it may reach another end that somebody claimed.
  private static func addBehind(
    _ datagram: inout FragmentedDatagram, _ packet: borrowing IPPacket, _ position: FragmentPosition,
    _ origin: MessageOrigin, _ isSelected: Bool, _ budget: inout Int, _ counters: inout PacketCounters
  ) -> Late {
    guard datagram.fragmentCount < PacketLimits.alternatives else { return .successor }
    let before = datagram.farthestEnd
    _ = datagram.add(packet, position, origin, isSelected: isSelected)
    guard let end = datagram.farthestEnd, end != before else { return .versions([]) }
    var longer = datagram
    longer.prefer(end)
    guard spend(longer.versionLength, of: &budget, &counters) else { return .versions([]) }
    return .versions([longer.asOtherVersion] + otherVersions(of: longer, &budget, &counters))
  }
}
