import Bytes

/// Takes the DNS messages out of captured packets: each layer reads its own header and hands on the rest.
///
/// Messages come in the order of the packets that complete them, but for those whose packets had gaps: these come when
/// the gap is given up, with the number of their own packet.
package struct PacketDecoder: ~Copyable {
  /// What has been seen so far of the capture that the latest packet came from.
  package internal(set) var counters = PacketCounters()
  /// The index of that capture, and what was seen of the others.
  private var file = 0, parked: [PacketCounters] = []
  /// What the user's filter takes.
  var selection: PacketSelection
  /// The ports of DNS.
  let ports: DNSPorts
  /// What waits for more packets goes by this.
  var clock = PacketClock()
  /// IP datagrams and TCP streams under way.
  var fragments: FragmentReassembler
  var streams: TCPReassembler
  /// Encrypted DNS.
  var opaqueFlows = OpaqueFlows()
  /// What was seen beside messages, whether it is kept, and within which bounds.
  package internal(set) var witness: PacketWitness
  let keepsWitness: Bool, limits: PacketLimits
  /// Whether what is handed on is a datagram without its end.
  var isUnfinished = false

  /// A decoder for DNS on the given ports; mDNS, LLMNR and NBNS are taken on theirs.
  /// - Parameters:
  ///   - isAnyPort: whether DNS is told by its content on all other ports.
  ///   - selector: chooses packets; nil when all are taken.
  ///   - keepsWitness: whether what matters beside messages is kept.
  package init(
    ports: [UInt16] = [DNSPorts.dns], isAnyPort: Bool = false, limits: PacketLimits = PacketLimits(),
    selector: (any PacketSelector)? = nil, keepsWitness: Bool = true
  ) {
    self.ports = DNSPorts(ports, isAnyPort: isAnyPort)
    selection = PacketSelection(selector)
    fragments = FragmentReassembler(limits)
    streams = TCPReassembler(limits)
    witness = PacketWitness(limits)
    (self.keepsWitness, self.limits) = (keepsWitness, limits)
  }

  /// Decodes the next packet and hands the messages that it completes to `emit`.
  package mutating func decode(
    _ frame: Frame, _ emit: (borrowing MessageBytes) -> Void
  ) {
    if frame.file != file { turn(to: frame.file) }
    counters.frames &+= 1
    counters.packet = PacketID(frame.number, file: frame.file)
    clock.advance(to: frame.time)
    while fragments.isOldestDue(at: clock.now) {
      giveUpDatagram(.datagramTimedOut, emit)
    }
    // The packet stays inside the statement that reads it: taken out, it would be copied.
    do throws(PacketFate) {
      let packet = try LinkLayer.packet(in: frame)
      selection.begin(frame)
      if packet.carrier.isAggregate { counters.count(.aggregateRest) }
      let origin = MessageOrigin(
        frame: frame.number, file: frame.file, time: frame.time, ipID: packet.identification,
        network: packet.network, carrier: packet.carrier)
      counters.count(deliver(packet, origin, emit))
    } catch {
      counters.count(error)
    }
  }

  /// Hands on what is held back, at the end of the run.
  package mutating func finish(_ emit: (borrowing MessageBytes) -> Void) {
    while fragments.count > 0 { giveUpDatagram(.datagramUnfinished, emit) }
    streams.finish(&counters, emit)
  }

  /// Whether losses are noted one by one, to be taken with `takeNotes`.
  package var isNoting = false { didSet { counters.isNoting = isNoting } }

  /// The losses noted since the last time.
  @inline(__always)
  package mutating func takeNotes() -> [LossNote] { counters.notes.isEmpty ? [] : counters.takeNotes() }

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
    counters.isNoting = isNoting
  }

  /// Hands an IP packet to its transport and answers with the packet's fate.
  @inline(__always)
  mutating func deliver(
    _ packet: borrowing IPPacket, _ origin: consuming MessageOrigin, _ emit: (borrowing MessageBytes) -> Void
  ) -> PacketFate {
    if packet.fragment == nil, packet.transport == .udp { return deliverDatagram(packet, origin, emit) }
    if let position = packet.fragment { return deliverFragment(packet, position, origin, emit) }
    return deliverOther(packet, origin, emit)
  }

  /// The same for all but UDP.
  mutating func deliverOther(
    _ packet: borrowing IPPacket, _ origin: MessageOrigin, _ emit: (borrowing MessageBytes) -> Void
  ) -> PacketFate {
    if Tunnel.carries(packet.transport) { return deliverTunnelled(packet, origin, emit) }
    guard selection.accepts(packet) else { return .filteredOut }
    switch packet.transport {
    case .tcp: return deliverSegment(packet, origin, emit)
    case .icmp, .icmpv6: return deliverQuote(packet, origin, emit)
    case .sctp: return deliverChunks(packet, origin, emit)
    case .encryption: return .encrypted
    default: return .otherTransport
    }
  }
}
