import Bytes

extension PacketDecoder {
  /// Holds a fragment back until its datagram is complete, and hands that to its transport, with each version in which
  /// the bytes of an overlapping fragment differ. The fate of the packet that completes a datagram is that of the
  /// datagram.
  mutating func deliverFragment(
    _ packet: borrowing IPPacket, _ position: FragmentPosition, _ origin: MessageOrigin,
    _ emit: (borrowing MessageBytes) -> Void
  ) -> PacketFate {
    guard Self.mayCarryDNS(packet.transport) else { return deliverOther(packet, origin, emit) }
    while case let evicted = fragments.makeRoom(for: packet, &counters), !evicted.isEmpty {
      giveUp(evicted, .datagramEvicted, emit)
    }
    let isSelected = selection.hasSelectedFrame
    let versions: [AssembledDatagram]
    do throws(PacketFate) {
      versions = try fragments.add(
        packet, position, origin, isSelected: isSelected, now: clock.now, &counters)
    } catch { return error }
    var fate = PacketFate.fragment
    for version in versions {
      if !version.isComplete { counters.count(.datagramEvicted) }
      fate = deliverWhole(version, emit)
    }
    return fate
  }

  /// Hands on what there is of the oldest datagram, and counts why it will not be whole.
  mutating func giveUpDatagram(
    _ reason: PacketOddity, _ emit: (borrowing MessageBytes) -> Void
  ) {
    giveUp(fragments.removeOldest(&counters), reason, emit)
  }

  /// Hands on what there is of a datagram, in all its versions; what is odd about it is counted with its own packet as the
  /// example.
  private mutating func giveUp(
    _ versions: [AssembledDatagram], _ reason: PacketOddity, _ emit: (borrowing MessageBytes) -> Void
  ) {
    guard let first = versions.first else { return }
    let inHand = counters.packet
    counters.packet = first.origin.packet
    counters.count(reason)
    for var version in versions {
      if reason == .datagramEvicted { version.notes = version.notes?.ofDatagramGivenUp }
      _ = deliverWhole(version, emit)
    }
    counters.packet = inHand
  }

  /// Hands a datagram to its transport: whole, or its beginning when the rest is missing.
  private mutating func deliverWhole(
    _ datagram: AssembledDatagram, _ emit: (borrowing MessageBytes) -> Void
  ) -> PacketFate {
    // Without its beginning nothing tells whose datagram it was.
    guard !datagram.bytes.isEmpty else {
      witness(datagram)
      return .fragment
    }
    let packet: IPPacket
    do throws(PacketFate) { packet = try datagram.packet(datagram.bytes.span) } catch { return error }
    selection.begin(datagramWithSelectedFrame: datagram.hasSelectedFrame)
    isUnfinished = !datagram.isComplete
    defer { isUnfinished = false }
    let fate = deliver(packet, datagram.origin, emit)
    if fate == .datagram, let notes = datagram.notes { witness(notes) }
    return fate
  }

  /// Notes what is odd about the fragments of a datagram without its beginning, if the filter takes what is known of it.
  private mutating func witness(_ datagram: AssembledDatagram) {
    guard let notes = datagram.notes else { return }
    do throws(PacketFate) {
      let packet = try datagram.packet(datagram.bytes.span)
      selection.begin(datagramWithSelectedFrame: datagram.hasSelectedFrame)
      if selection.accepts(packet) { witness(notes) }
    } catch { return }
  }

  /// Whether datagrams of a protocol are worth putting together; IPv6 names the first header behind the fragment's.
  private static func mayCarryDNS(_ transport: IPProtocol) -> Bool {
    switch transport {
    case .udp, .tcp, .sctp, .destinationOptions, .routing, .hopByHop: true
    default: Tunnel.carries(transport)
    }
  }
}
