import Bytes

/// The transport protocols that carry DNS here.
package enum Transport: UInt8, Sendable {
  case udp, tcp
  /// SCTP, on which some servers have listened (RFC 9260).
  case sctp

  /// `udp`, `tcp` or `sctp`.
  package var name: String {
    switch self {
    case .udp: "udp"
    case .tcp: "tcp"
    case .sctp: "sctp"
    }
  }
}

/// One direction of a conversation.
package struct Flow: Hashable, Sendable {
  /// The sender.
  package let source: IPAddress
  /// The sender's port.
  package let sourcePort: UInt16
  /// The receiver.
  package let destination: IPAddress
  /// The receiver's port.
  package let destinationPort: UInt16
  /// How the two talk.
  package let transport: Transport

  /// From the fields.
  package init(
    source: IPAddress, sourcePort: UInt16, destination: IPAddress, destinationPort: UInt16,
    transport: Transport
  ) {
    self.source = source
    self.sourcePort = sourcePort
    self.destination = destination
    self.destinationPort = destinationPort
    self.transport = transport
  }

  /// The flow of an IP packet.
  @inline(__always)
  init(_ packet: borrowing IPPacket, _ sourcePort: UInt16, _ destinationPort: UInt16, _ transport: Transport)
  {
    self.init(
      source: packet.source, sourcePort: sourcePort, destination: packet.destination,
      destinationPort: destinationPort, transport: transport)
  }

  /// The other direction.
  package var reversed: Flow {
    Flow(
      source: destination, sourcePort: destinationPort, destination: source, destinationPort: sourcePort,
      transport: transport)
  }
}
