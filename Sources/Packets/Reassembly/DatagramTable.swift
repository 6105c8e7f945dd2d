import Bytes

/// What tells one datagram from another: addresses, identification and protocol (RFC 791 §3.2), and the network that a
/// tag or tunnel names, since networks may use the same addresses.
struct DatagramKey: Hashable {
  let source: IPAddress, destination: IPAddress
  let identification: UInt32
  /// Part of the key over IPv4 alone; IPv6 goes by the other three (RFC 8200 §4.5).
  let transport: IPProtocol
  let vlan: UInt16?, tunnelID: UInt32?

  /// Of a fragment.
  init(_ packet: borrowing IPPacket) {
    source = packet.source
    destination = packet.destination
    identification = packet.identification ?? 0
    transport = packet.source.isIPv6 ? .fragment : packet.transport
    (vlan, tunnelID) = (packet.carrier.vlan, packet.carrier.tunnelID)
  }
}

/// Datagrams in the order of their first fragments, within bounds of number and bytes.
struct DatagramTable {
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

  /// Whether the oldest one has been here for so many nanoseconds.
  @inline(__always)
  func isOldestDue(at now: Timestamp, after wait: Int64) -> Bool {
    guard let oldestTime else { return false }
    let (age, overflow) = now.nanoseconds.subtractingReportingOverflow(oldestTime.nanoseconds)
    return overflow ? now > oldestTime : age >= wait
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
