import Bytes

/// Puts IP datagrams together from their fragments (RFC 791 §3.2, RFC 8200 §4.5), within bounds of number, bytes and time.
struct FragmentReassembler {
  /// What tells one datagram from another.
  private struct Key: Hashable {
    let source: IPAddress, destination: IPAddress
    let identification: UInt32
    /// Part of the key over IPv4 alone; IPv6 goes by the other three.
    let transport: IPProtocol

    init(_ packet: borrowing IPPacket) {
      source = packet.source
      destination = packet.destination
      identification = packet.identification ?? 0
      transport = packet.source.isIPv6 ? .fragment : packet.transport
    }
  }

  private let limits: PacketLimits
  /// The datagrams under way, in the order of their first fragments.
  private var datagrams = RecencyTable<Key, FragmentedDatagram>()
  /// Bytes that all of them hold.
  private var heldBytes = 0
  /// When the oldest one has waited long enough.
  private(set) var deadline = Timestamp(nanoseconds: .max)

  /// Nothing under way.
  init(_ limits: PacketLimits) { self.limits = limits }

  /// Number of datagrams under way.
  var count: Int { datagrams.count }

  /// Takes out the oldest datagram while there is no room for another fragment; nil when there is.
  mutating func makeRoom(for packet: borrowing IPPacket, _ position: FragmentPosition) -> FragmentedDatagram?
  {
    let isOneTooMany = datagrams.count >= limits.datagrams && datagrams.slot(of: Key(packet)) == nil
    let isTooMuch = heldBytes + position.offset + packet.payload.count > limits.datagramsBytes
    return isOneTooMany || isTooMuch ? removeOldest() : nil
  }

  /// Adds a fragment and answers with the datagram when it is complete, or has more fragments than it may have.
  mutating func add(
    _ packet: borrowing IPPacket, _ position: FragmentPosition, _ origin: MessageOrigin,
    _ counters: inout PacketCounters
  ) throws(PacketFate) -> FragmentedDatagram? {
    guard packet.declaredLength > 0, position.offset + packet.declaredLength <= PacketLimits.datagramBytes,
      // Offsets count in eights, so all but the last fragment end at a multiple of 8.
      !position.isFollowed || packet.declaredLength % 8 == 0
    else { throw .badFragment }
    let key = Key(packet)
    let slot = datagrams.slot(of: key) ?? insert(key, FragmentedDatagram(packet, origin))
    let isReady = datagrams.withValue(at: slot) { datagram in
      heldBytes -= datagram.heldBytes
      datagram.add(packet, position, origin, &counters)
      heldBytes += datagram.heldBytes
      return datagram.isComplete || datagram.fragmentCount >= limits.fragments
    }
    return isReady == true ? remove(slot) : nil
  }

  /// Takes out the oldest datagram, however much of it is there.
  mutating func removeOldest() -> FragmentedDatagram? {
    datagrams.oldest.flatMap { remove($0) }
  }

  /// Adds a datagram.
  private mutating func insert(_ key: Key, _ datagram: FragmentedDatagram) -> Int {
    let slot = datagrams.insert(key, datagram)
    updateDeadline()
    return slot
  }

  /// Takes a datagram out.
  private mutating func remove(_ slot: Int) -> FragmentedDatagram? {
    guard let datagram = datagrams.remove(slot) else { return nil }
    heldBytes -= datagram.heldBytes
    updateDeadline()
    return datagram
  }

  /// Notes when the oldest datagram has to go.
  private mutating func updateDeadline() {
    guard let slot = datagrams.oldest else {
      deadline = Timestamp(nanoseconds: .max)
      return
    }
    let start = datagrams.withValue(at: slot) { $0.firstTime.nanoseconds } ?? .max
    let (sum, overflow) = start.addingReportingOverflow(limits.fragmentWait)
    deadline = Timestamp(nanoseconds: overflow ? .max : sum)
  }
}
