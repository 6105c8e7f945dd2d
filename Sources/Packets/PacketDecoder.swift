import Bytes

/// Takes the DNS messages out of captured packets: each layer reads its own header and hands on the rest.
///
/// Messages come in the order of the packets that complete them, but for those whose packets had gaps: these come when
/// the gap is given up, with the number of their own packet.
package struct PacketDecoder: ~Copyable {
  /// What has been seen so far of the capture that the latest packet came from.
  package private(set) var counters = PacketCounters()
  /// The index of that capture, and what was seen of the others.
  private var file = 0, parked: [PacketCounters] = []
  /// What chooses packets; nil when all are taken.
  private let selector: (any PacketSelector)?
  /// The ports of DNS.
  private let ports: DNSPorts
  /// IP datagrams and TCP streams under way.
  private var fragments: FragmentReassembler
  private var streams: TCPReassembler

  /// A decoder for DNS on the given ports; mDNS, LLMNR and NBNS are taken on theirs.
  package init(
    ports: [UInt16] = [DNSPorts.dns], limits: PacketLimits = PacketLimits(),
    selector: (any PacketSelector)? = nil
  ) {
    self.ports = DNSPorts(ports)
    self.selector = selector
    fragments = FragmentReassembler(limits)
    streams = TCPReassembler(limits)
  }

  /// Decodes the next packet and hands the messages that it completes to `emit`.
  package mutating func decode(_ frame: Frame, _ emit: (borrowing MessageBytes) -> Void) {
    if frame.file != file { turn(to: frame.file) }
    counters.frames &+= 1
    while frame.time.nanoseconds >= fragments.deadline.nanoseconds, fragments.count > 0 {
      giveUpDatagram(.datagramTimedOut, emit)
    }
    do throws(PacketFate) {
      let packet = try LinkLayer.packet(in: frame)
      let origin = MessageOrigin(
        frame: frame.number, time: frame.time, ipID: packet.identification, ipTTL: packet.ttl)
      counters.count(deliver(packet, origin, emit))
    } catch {
      counters.count(error)
    }
  }

  /// What has been seen so far of one capture.
  package func counters(ofFile index: Int) -> PacketCounters {
    if index == file { return counters }
    return parked.indices.contains(index) ? parked[index] : PacketCounters()
  }

  /// Turns to the counters of another capture.
  private mutating func turn(to next: Int) {
    while parked.count <= max(file, next) { parked.append(PacketCounters()) }
    swap(&parked[file], &counters)
    swap(&parked[next], &counters)
    file = next
  }

  /// Hands on what is held back, at the end of a capture.
  package mutating func finish<E: Error>(_ emit: (borrowing MessageBytes) throws(E) -> Void) throws(E) {
    while fragments.count > 0 { try giveUpDatagram(.datagramUnfinished, emit) }
    try streams.finish(&counters, emit)
  }

  /// Hands an IP packet to its transport and answers with the packet's fate.
  @inline(__always)
  private mutating func deliver<E: Error>(
    _ packet: borrowing IPPacket, _ origin: MessageOrigin, _ emit: (borrowing MessageBytes) throws(E) -> Void
  ) throws(E) -> PacketFate {
    if let position = packet.fragment { return try deliverFragment(packet, position, origin, emit) }
    if packet.transport == .udp { return try deliverDatagram(packet, origin, emit) }
    return try deliverOther(packet, origin, emit)
  }

  /// The same for all but UDP.
  private mutating func deliverOther<E: Error>(
    _ packet: borrowing IPPacket, _ origin: MessageOrigin, _ emit: (borrowing MessageBytes) throws(E) -> Void
  ) throws(E) -> PacketFate {
    switch packet.transport {
    case .tcp: try deliverSegment(packet, origin, emit)
    case .icmp, .icmpv6: ICMP.fate(of: packet, ports)
    case .ipv4InIP, .ipv6InIP, .gre: .tunnel
    default: .otherTransport
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
        flow: Flow(packet, datagram.sourcePort, datagram.destinationPort, .udp),
        origin: origin, protocolName: name,
        checksum: InternetChecksum.state(
          of: datagram.bytes, length: datagram.length, field: datagram.checksum, in: packet),
        declaredLength: datagram.isCut ? datagram.length &- UDPDatagram.headerLength : nil))
    return .datagram
  }

  /// Hands a TCP segment to its stream.
  private mutating func deliverSegment<E: Error>(
    _ packet: borrowing IPPacket, _ origin: MessageOrigin, _ emit: (borrowing MessageBytes) throws(E) -> Void
  ) throws(E) -> PacketFate {
    let name: ProtocolName, segment: TCPSegment
    do throws(PacketFate) {
      let (source, destination) = try TCPSegment.ports(packet)
      guard let found = ports.protocolName(source, destination, over: .tcp) else { return .otherPort }
      name = found
      segment = try TCPSegment(packet)
    } catch { return error }
    let flow = Flow(packet, segment.sourcePort, segment.destinationPort, .tcp)
    try streams.add(segment, flow, name, origin, &counters, emit)
    return segment.length > 0 ? .segment : .emptySegment
  }
}

extension PacketDecoder {
  /// Holds a fragment back until its datagram is complete, and hands that to its transport. The fate of the packet that
  /// completes a datagram is that of the datagram.
  private mutating func deliverFragment<E: Error>(
    _ packet: borrowing IPPacket, _ position: FragmentPosition, _ origin: MessageOrigin,
    _ emit: (borrowing MessageBytes) throws(E) -> Void
  ) throws(E) -> PacketFate {
    guard packet.transport == .udp || packet.transport == .tcp || packet.transport == .destinationOptions
    else {
      return try deliverOther(packet, origin, emit)
    }
    while let datagram = fragments.makeRoom(for: packet, position) {
      counters.count(.datagramEvicted)
      _ = try deliverWhole(datagram, emit)
    }
    let datagram: FragmentedDatagram?
    do throws(PacketFate) { datagram = try fragments.add(packet, position, origin, &counters) } catch {
      return error
    }
    guard let datagram else { return .fragment }
    if !datagram.isComplete { counters.count(.datagramEvicted) }
    return try deliverWhole(datagram, emit)
  }

  /// Hands on what there is of the oldest datagram, and counts why it will not be whole.
  private mutating func giveUpDatagram<E: Error>(
    _ reason: PacketOddity, _ emit: (borrowing MessageBytes) throws(E) -> Void
  ) throws(E) {
    guard let datagram = fragments.removeOldest() else { return }
    counters.count(reason)
    _ = try deliverWhole(datagram, emit)
  }

  /// Hands a datagram to its transport: whole, or its beginning when the rest is missing.
  private mutating func deliverWhole<E: Error>(
    _ datagram: FragmentedDatagram, _ emit: (borrowing MessageBytes) throws(E) -> Void
  ) throws(E) -> PacketFate {
    let payload = datagram.payload
    // Without its beginning nothing tells whose datagram it was.
    guard !payload.isEmpty else { return .fragment }
    let packet: IPPacket
    do throws(PacketFate) { packet = try datagram.packet(payload.span) } catch { return error }
    if packet.transport == .udp { return try deliverDatagram(packet, datagram.origin, emit) }
    return try deliverOther(packet, datagram.origin, emit)
  }
}
