import Bytes

/// That somebody turned to an address on a port that is not of DNS: by TCP SYNs, or by UDP datagrams that answer none.
/// Who was served a forged address shows whether it was used.
package struct Contact: Equatable, Sendable {
  /// Who turned to whom.
  package let source: IPAddress, destination: IPAddress
  /// The port there, and how.
  package let port: UInt16, transport: Transport
  /// The first such packet, and when it was captured.
  package let firstPacket: PacketID, firstTime: Timestamp
  /// The latest one.
  package private(set) var lastPacket: PacketID, lastTime: Timestamp
  /// How many there were.
  package private(set) var count = 1

  /// That begins with a packet.
  init(
    source: IPAddress, destination: IPAddress, port: UInt16, transport: Transport, _ origin: MessageOrigin
  ) {
    (self.source, self.destination, self.port, self.transport) = (source, destination, port, transport)
    (firstPacket, firstTime, lastPacket, lastTime) = (origin.packet, origin.time, origin.packet, origin.time)
  }

  /// Notes another packet.
  mutating func add(_ origin: MessageOrigin) {
    (lastPacket, lastTime) = (origin.packet, origin.time)
    count &+= 1
  }
}

/// The contacts of a run, in the order in which they began. Once it is full no further ones are added: so what it says of
/// first packets stays true.
package struct ContactTable: RandomAccessCollection, Sendable {
  /// What tells contacts apart.
  private struct Key: Hashable {
    let source: IPAddress, destination: IPAddress, port: UInt16, transport: Transport
  }

  /// Contacts at most.
  private let limit: Int
  private var contacts: [Contact] = []
  /// The place of each contact in the list.
  private var places: [Key: UInt32] = [:]

  /// Nothing, with a bound.
  init(limit: Int) { self.limit = limit }

  /// The first place.
  package var startIndex: Int { 0 }
  /// The place behind the last one.
  package var endIndex: Int { contacts.count }

  /// The contacts, in the order in which they began.
  package subscript(position: Int) -> Contact { contacts[position] }

  /// Notes a packet; answers whether there was room for what it shows.
  mutating func note(_ flow: Flow, _ origin: MessageOrigin) -> Bool {
    let key = Key(
      source: flow.source, destination: flow.destination, port: flow.destinationPort,
      transport: flow.transport)
    if let place = places[key] {
      contacts[Int(place)].add(origin)
      return true
    }
    guard !isAnswer(flow) else { return true }
    guard contacts.count < limit else { return false }
    places[key] = UInt32(contacts.count)
    contacts.append(
      Contact(
        source: flow.source, destination: flow.destination, port: flow.destinationPort,
        transport: flow.transport, origin))
    return true
  }

  /// Whether a datagram goes back to somebody who turned to its sender's port.
  private func isAnswer(_ flow: Flow) -> Bool {
    flow.transport == .udp
      && places[
        Key(
          source: flow.destination, destination: flow.source, port: flow.sourcePort, transport: .udp)] != nil
  }
}
