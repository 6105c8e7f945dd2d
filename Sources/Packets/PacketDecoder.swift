import Bytes

/// Takes the DNS messages out of captured packets: each layer reads its own header and hands on the rest.
package struct PacketDecoder: ~Copyable {
  /// What has been seen so far.
  package private(set) var counters = PacketCounters()
  /// The ports of DNS.
  private let ports: DNSPorts

  /// A decoder for DNS on the given ports; mDNS, LLMNR and NBNS are taken on theirs.
  package init(ports: [UInt16] = [DNSPorts.dns], limits: PacketLimits = PacketLimits()) {
    self.ports = DNSPorts(ports)
  }

  /// Decodes the next packet and hands the messages that it completes to `emit`.
  package mutating func decode<E: Error>(
    _ frame: Frame, _ emit: (borrowing MessageBytes) throws(E) -> Void
  ) throws(E) {
    counters.frames &+= 1
    let packet: IPPacket
    do throws(PacketFate) { packet = try LinkLayer.packet(in: frame) } catch {
      return counters.count(error)
    }
    let origin = MessageOrigin(
      frame: frame.number, time: frame.time, ipID: packet.identification, ipTTL: packet.ttl)
    counters.count(try deliver(packet, origin, emit))
  }

  /// Hands on what is held back, at the end of a capture.
  package mutating func finish<E: Error>(_ emit: (borrowing MessageBytes) throws(E) -> Void) throws(E) {
  }

  /// Hands an IP packet to its transport and answers with the packet's fate.
  @inline(__always)
  private mutating func deliver<E: Error>(
    _ packet: borrowing IPPacket, _ origin: MessageOrigin, _ emit: (borrowing MessageBytes) throws(E) -> Void
  ) throws(E) -> PacketFate {
    guard packet.fragment == nil else { return .fragment }
    switch packet.transport {
    case .udp: return try deliverDatagram(packet, origin, emit)
    default: return .otherTransport
    }
  }

  /// Hands on the message in a UDP datagram.
  @inline(__always)
  private mutating func deliverDatagram<E: Error>(
    _ packet: borrowing IPPacket, _ origin: MessageOrigin, _ emit: (borrowing MessageBytes) throws(E) -> Void
  ) throws(E) -> PacketFate {
    let datagram: UDPDatagram
    do throws(PacketFate) { datagram = try UDPDatagram(packet) } catch { return error }
    guard let name = ports.protocolName(datagram.sourcePort, datagram.destinationPort, over: .udp) else {
      return .otherPort
    }
    guard datagram.length > UDPDatagram.headerLength else { return .emptyDatagram }
    if datagram.isCut { counters.count(datagram.isLongerThanPacket ? .longUDPLength : .cutMessage) }
    counters.countMessage(.udp)
    try emit(
      MessageBytes(
        bytes: datagram.payload,
        flow: Flow(
          source: packet.source, sourcePort: datagram.sourcePort, destination: packet.destination,
          destinationPort: datagram.destinationPort, transport: .udp),
        origin: origin, protocolName: name,
        checksum: InternetChecksum.state(
          of: datagram.bytes, length: datagram.length, field: datagram.checksum, in: packet),
        declaredLength: datagram.isCut ? datagram.length &- UDPDatagram.headerLength : nil))
    return .datagram
  }
}
