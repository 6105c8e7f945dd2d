import Bytes

extension PacketDecoder {
  /// Hands on the message in a UDP datagram.
  @inline(__always)
  mutating func deliverDatagram(
    _ packet: borrowing IPPacket, _ origin: consuming MessageOrigin, _ emit: (borrowing MessageBytes) -> Void
  ) -> PacketFate {
    let datagram: UDPDatagram
    do throws(PacketFate) { datagram = try UDPDatagram(packet) } catch { return error }
    guard let name = ports.protocolName(datagram.sourcePort, datagram.destinationPort, over: .udp) else {
      return deliverUnknownDatagram(datagram, packet, origin, emit)
    }
    return deliverMessage(datagram, name, packet, origin, emit)
  }

  /// The same when the ports are of DNS, or the content is.
  @inline(__always)
  private mutating func deliverMessage(
    _ datagram: borrowing UDPDatagram, _ name: ProtocolName, _ packet: borrowing IPPacket,
    _ origin: consuming MessageOrigin, _ emit: (borrowing MessageBytes) -> Void
  ) -> PacketFate {
    guard selection.accepts(packet) else { return .filteredOut }
    guard datagram.length > UDPDatagram.headerLength else { return .emptyDatagram }
    if datagram.isCut { counters.count(datagram.isLongerThanPacket ? .longUDPLength : .cutMessage) }
    if datagram.length < packet.payload.count { counters.count(.datagramTrailer) }
    let checksum = InternetChecksum.state(
      of: datagram.bytes, length: datagram.length, field: datagram.checksum, in: packet)
    counters.count(checksum)
    counters.countMessage(.udp)
    emit(
      MessageBytes(
        bytes: datagram.payload,
        flow: Flow(packet, datagram.sourcePort, datagram.destinationPort, .udp),
        origin: origin, protocolName: name, checksum: checksum,
        declaredLength: datagram.isCut ? datagram.length &- UDPDatagram.headerLength : nil,
        isUnfinished: isUnfinished))
    return .datagram
  }

  /// Looks into a datagram on other ports: DNS by its content, tunnels, encrypted DNS.
  @inline(never)
  private mutating func deliverUnknownDatagram(
    _ datagram: borrowing UDPDatagram, _ packet: borrowing IPPacket, _ origin: MessageOrigin,
    _ emit: (borrowing MessageBytes) -> Void
  ) -> PacketFate {
    if ports.isAnyPort, MessageSigns.areMessage(datagram.payload) {
      return deliverMessage(datagram, .dns, packet, origin, emit)
    }
    let inner: IPPacket?
    do throws(PacketFate) {
      inner = try Tunnel.packet(in: datagram, packet.carrier, isIPv6: packet.source.isIPv6)
    } catch { return error }
    if let inner { return deliverInner(inner, origin.inside(inner), emit) }
    guard selection.accepts(packet) else { return .filteredOut }
    let flow = Flow(packet, datagram.sourcePort, datagram.destinationPort, .udp)
    witnessContact(flow, origin)
    return opaqueFlows.count(flow, datagram.payload, &counters) ? .opaque : .otherPort
  }

  /// Hands a TCP segment to its stream.
  mutating func deliverSegment(
    _ packet: borrowing IPPacket, _ origin: MessageOrigin, _ emit: (borrowing MessageBytes) -> Void
  ) -> PacketFate {
    let segment: TCPSegment, name: ProtocolName?
    do throws(PacketFate) {
      let (source, destination) = try TCPSegment.ports(packet)
      name = ports.protocolName(source, destination, over: .tcp)
      if name == nil, TCPSegment.isOpening(packet) {
        witnessContact(Flow(packet, source, destination, .tcp), origin)
      }
      guard name != nil || ports.isAnyPort || OpaqueProtocol.isKnown(source, destination) else {
        return .otherPort
      }
      segment = try TCPSegment(packet)
    } catch { return error }
    let flow = Flow(packet, segment.sourcePort, segment.destinationPort, .tcp)
    if name == nil, opaqueFlows.count(flow, segment.payload, &counters) { return .opaque }
    if segment.length > 0 { counters.count(segment.checksum) }
    streams.add(segment, flow, name, origin, now: clock.now, &counters, emit)
    guard name != nil else { return .otherPort }
    return segment.length > 0 ? .segment : .emptySegment
  }

  /// Hands on the messages in an SCTP packet.
  mutating func deliverChunks(
    _ packet: borrowing IPPacket, _ origin: MessageOrigin, _ emit: (borrowing MessageBytes) -> Void
  ) -> PacketFate {
    let bytes = packet.payload
    guard bytes.count >= SCTPChunk.packetHeaderLength else { return .cutTransportHeader }
    let (source, destination) = (bytes.uint16(at: 0), bytes.uint16(at: 2))
    guard let name = ports.protocolName(source, destination, over: .sctp) else { return .otherPort }
    var offset = SCTPChunk.packetHeaderLength
    for _ in 0..<SCTPChunk.maximumChunks {
      if SCTPChunk.isPart(bytes, at: offset) { counters.count(.chunkPart) }
      guard let message = SCTPChunk.next(in: bytes, from: &offset) else { break }
      guard message.count > 0 else { continue }
      counters.countMessage(.sctp)
      emit(
        MessageBytes(
          bytes: message, flow: Flow(packet, source, destination, .sctp), origin: origin, protocolName: name))
    }
    return .sctp
  }

  /// Hands on the message that an ICMP error quotes.
  mutating func deliverQuote(
    _ packet: borrowing IPPacket, _ origin: MessageOrigin, _ emit: (borrowing MessageBytes) -> Void
  ) -> PacketFate {
    guard let quoted = ICMP.quotedPacket(in: packet), quoted.payload.count >= 4,
      quoted.transport == .udp || quoted.transport == .tcp
    else { return .icmp }
    let transport: Transport = quoted.transport == .udp ? .udp : .tcp
    let (source, destination) = (quoted.payload.uint16(at: 0), quoted.payload.uint16(at: 2))
    guard let name = ports.protocolName(source, destination, over: transport) else { return .icmp }
    if name == .dns {
      witness(ICMPError(packet, quoting: quoted, Flow(quoted, source, destination, transport), origin))
    }
    guard transport == .udp, quoted.payload.count >= UDPDatagram.headerLength + MessageSigns.headerLength
    else {
      counters.count(.quoteUnreadable)
      return .icmpQuotesDNS
    }
    let length = Int(quoted.payload.uint16(at: 4)) - UDPDatagram.headerLength
    let message = quoted.payload.extracting(UDPDatagram.headerLength...)
    counters.quotedMessages &+= 1
    emit(
      MessageBytes(
        bytes: message.count > length && length > 0 ? message.extracting(..<length) : message,
        flow: Flow(quoted, source, destination, .udp), origin: origin, protocolName: name,
        checksum: .unknown, declaredLength: length > message.count ? length : nil,
        quote: ICMP.quote(of: packet)))
    return .icmpQuotesDNS
  }

  /// Hands on what is inside a tunnel directly over IP.
  mutating func deliverTunnelled(
    _ packet: borrowing IPPacket, _ origin: MessageOrigin, _ emit: (borrowing MessageBytes) -> Void
  ) -> PacketFate {
    let inner: IPPacket
    do throws(PacketFate) { inner = try Tunnel.packet(in: packet) } catch { return error }
    return deliverInner(inner, origin.inside(inner), emit)
  }

  /// Hands on the packet inside a tunnel; the record of what stood around it bounds how deep this goes.
  @inline(never)
  private mutating func deliverInner(
    _ packet: borrowing IPPacket, _ origin: MessageOrigin, _ emit: (borrowing MessageBytes) -> Void
  ) -> PacketFate {
    deliver(packet, origin, emit)
  }
}
