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

  /// Nothing under way.
  init(_ limits: PacketLimits) {
    self.limits = limits
    waiting = DatagramTable(count: limits.datagrams, bytes: limits.datagramsBytes)
    done = DatagramTable(count: limits.doneDatagrams, bytes: limits.datagramsBytes)
  }

  /// Number of datagrams under way.
  var count: Int { waiting.count }

  /// When the oldest one has waited long enough.
  var deadline: Timestamp { waiting.deadline(after: limits.fragmentWait) }

  /// Takes out the oldest datagram while there is no room for another fragment; nil when there is.
  mutating func makeRoom(for packet: borrowing IPPacket, _ position: FragmentPosition) -> AssembledDatagram? {
    let key = DatagramKey(packet)
    guard !waiting.hasRoom(for: key, bytes: position.offset + packet.payload.count) else { return nil }
    return removeOldest()
  }

  /// Adds a fragment and hands every datagram that it completes to `emit`: its own, and each version in which another
  /// fragment's bytes stand in place of those that came first. Throws the fate of a fragment that can be no part of one.
  /// - Returns: the fate of the packet when it completes nothing.
  mutating func add(
    _ packet: borrowing IPPacket, _ position: FragmentPosition, _ origin: MessageOrigin, isSelected: Bool,
    _ counters: inout PacketCounters
  ) throws(PacketFate) -> [AssembledDatagram] {
    guard packet.declaredLength > 0, position.offset + packet.declaredLength <= PacketLimits.datagramBytes,
      // Offsets count in eights, so all but the last fragment end at a multiple of 8.
      !position.isFollowed || packet.declaredLength % 8 == 0
    else { throw .badFragment }
    let key = DatagramKey(packet)
    while done.deadline(after: limits.fragmentWait) <= origin.time { _ = done.removeOldest() }
    var versions: [AssembledDatagram] = []
    if let late = done.change(key, { Self.addLate(&$0, packet, position, origin, &counters) }) {
      switch late {
      case .repeated: return []
      case .version(let version): versions.append(version)
      // The sender has come round to the same number: what follows is another datagram.
      case .successor: done.remove(key)
      }
    }
    waiting.insert(key) { FragmentedDatagram(packet, origin) }
    let isReady = waiting.change(key) { datagram in
      let addition = datagram.add(packet, position, origin, isSelected: isSelected)
      if addition == .conflicting { counters.count(.fragmentConflict) }
      if addition == .repeated { counters.count(.fragmentRepeated) }
      return datagram.isComplete || datagram.fragmentCount >= limits.fragments
    }
    guard isReady == true, let datagram = waiting.remove(key) else { return versions }
    versions.append(datagram.assembled)
    guard datagram.isComplete else { return versions }
    for alternative in datagram.alternatives { versions.append(datagram.assembled(with: alternative)) }
    done.remove(key)
    while !done.hasRoom(for: key, bytes: datagram.heldBytes), done.count > 0 { _ = done.removeOldest() }
    done.insert(key) { datagram }
    return versions
  }

  /// Takes out the oldest datagram, however much of it is there.
  mutating func removeOldest() -> AssembledDatagram? { waiting.removeOldest()?.assembled }

  /// What a fragment of a datagram that was complete is.
  private enum Late {
    case repeated, version(AssembledDatagram), successor
  }

  /// Holds a fragment against a datagram that was complete. One with other bytes is kept for a version only behind the
  /// beginning: another beginning belongs to another datagram.
  private static func addLate(
    _ datagram: inout FragmentedDatagram, _ packet: borrowing IPPacket, _ position: FragmentPosition,
    _ origin: MessageOrigin, _ counters: inout PacketCounters
  ) -> Late {
    let covered = position.offset..<position.offset + packet.payload.count
    switch datagram.addition(of: packet.payload, at: covered) {
    case .repeated:
      counters.count(.fragmentRepeated)
      return .repeated
    case .conflicting where position.offset > 0 && datagram.keepAside(packet, position, origin):
      counters.count(.fragmentConflict)
      return datagram.alternatives.last.map { .version(datagram.assembled(with: $0)) } ?? .successor
    case .conflicting, .new: return .successor
    }
  }
}

/// What tells one datagram from another.
struct DatagramKey: Hashable {
  let source: IPAddress, destination: IPAddress
  let identification: UInt32
  /// Part of the key over IPv4 alone; IPv6 goes by the other three.
  let transport: IPProtocol

  /// Of a fragment.
  init(_ packet: borrowing IPPacket) {
    source = packet.source
    destination = packet.destination
    identification = packet.identification ?? 0
    transport = packet.source.isIPv6 ? .fragment : packet.transport
  }
}

/// Datagrams in the order of their first fragments, within bounds of number and bytes.
private struct DatagramTable {
  private let maximumCount: Int, maximumBytes: Int
  private var datagrams = RecencyTable<DatagramKey, FragmentedDatagram>()
  /// Bytes that all of them hold.
  private var heldBytes = 0
  /// When the first fragment of the oldest one was captured.
  private var oldestTime: Timestamp?

  /// Nothing, with bounds.
  init(count: Int, bytes: Int) { (maximumCount, maximumBytes) = (count, bytes) }

  /// Number of datagrams.
  var count: Int { datagrams.count }

  /// When the oldest one has been here for so many nanoseconds.
  func deadline(after wait: Int64) -> Timestamp {
    guard let oldestTime else { return Timestamp(nanoseconds: .max) }
    let (sum, overflow) = oldestTime.nanoseconds.addingReportingOverflow(wait)
    return Timestamp(nanoseconds: overflow ? .max : sum)
  }

  /// Whether there is room for more bytes of one.
  func hasRoom(for key: DatagramKey, bytes: Int) -> Bool {
    heldBytes + bytes <= maximumBytes && (datagrams.count < maximumCount || datagrams.slot(of: key) != nil)
  }

  /// Adds one unless it is here.
  mutating func insert(_ key: DatagramKey, _ datagram: () -> FragmentedDatagram) {
    guard datagrams.slot(of: key) == nil else { return }
    let new = datagram()
    heldBytes += new.heldBytes
    _ = datagrams.insert(key, new)
    if oldestTime == nil { updateOldest() }
  }

  /// Changes one in place and keeps account of what it holds; nil when it is not here.
  mutating func change<Result>(_ key: DatagramKey, _ body: (inout FragmentedDatagram) -> Result) -> Result? {
    guard let slot = datagrams.slot(of: key) else { return nil }
    var growth = 0
    let result = datagrams.withValue(at: slot) { datagram in
      let before = datagram.heldBytes
      defer { growth = datagram.heldBytes - before }
      return body(&datagram)
    }
    heldBytes += growth
    return result
  }

  /// Takes one out.
  @discardableResult
  mutating func remove(_ key: DatagramKey) -> FragmentedDatagram? {
    datagrams.slot(of: key).flatMap { removeSlot($0) }
  }

  /// Takes the oldest one out.
  mutating func removeOldest() -> FragmentedDatagram? { datagrams.oldest.flatMap { removeSlot($0) } }

  /// Takes out what a slot holds.
  private mutating func removeSlot(_ slot: Int) -> FragmentedDatagram? {
    let datagram = datagrams.remove(slot)
    heldBytes -= datagram?.heldBytes ?? 0
    updateOldest()
    return datagram
  }

  /// Notes which one is the oldest.
  private mutating func updateOldest() {
    oldestTime = datagrams.oldest.flatMap { slot in datagrams.withValue(at: slot) { $0.firstTime } }
  }
}
