import Bytes

/// The TCP streams of a capture, within bounds of number, bytes and time.
struct TCPReassembler {
  private let limits: PacketLimits
  /// The streams, from the one that has been silent for longest.
  private var streams = RecencyTable<Flow, TCPStream>()
  /// Streams that hold nothing back after a long silence: a segment that comes after all, or comes again, still finds
  /// its place.
  private var quiet = RecencyTable<Flow, TCPStream>()
  /// Bytes that all of them hold.
  private var heldBytes = 0

  /// No streams.
  init(_ limits: PacketLimits) { self.limits = limits }

  /// Takes the next segment and hands on the messages that it completes.
  mutating func add(
    _ segment: borrowing TCPSegment, _ flow: Flow, _ name: ProtocolName?, _ origin: MessageOrigin,
    _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) -> Void
  ) {
    let limits = limits
    quietIdle(origin.time, &counters, emit)
    if let acknowledgment = segment.acknowledgment, let slot = streams.slot(of: flow.reversed) {
      change(slot) { stream in
        stream.acknowledge(acknowledgment, origin.time, limits, &counters, emit)
      }
    }
    guard let slot = slot(segment, flow, name, origin, &counters, emit) else { return }
    streams.touch(slot)
    change(slot) { stream in
      stream.add(segment, origin, limits, &counters, emit)
    }
    while heldBytes > limits.streamsBytes, streams.count > 1 { evict(&counters, emit) }
  }

  /// Hands on what can be read behind holes, at the end of a capture.
  mutating func finish(
    _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) -> Void
  ) {
    while let slot = streams.oldest { remove(slot, &counters, emit) }
  }

  /// The slot of the segment's stream, a new one when it opens or first shows it; nil for a segment that does neither.
  private mutating func slot(
    _ segment: borrowing TCPSegment, _ flow: Flow, _ name: ProtocolName?, _ origin: MessageOrigin,
    _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) -> Void
  ) -> Int? {
    wake(flow, &counters, emit)
    if let slot = streams.slot(of: flow) {
      let isSucceeded = streams.withValue(at: slot) { $0.isSucceeded(by: segment) } ?? false
      guard isSucceeded else { return slot }
      remove(slot, &counters, emit)
    }
    guard segment.isSYN || segment.length > 0 else { return nil }
    if streams.count >= limits.streams { evict(&counters, emit) }
    if !segment.isSYN, name != nil { counters.count(.streamWithoutStart) }
    return streams.insert(flow, TCPStream(segment, flow, name, origin))
  }

  /// Changes a stream and keeps account of what it holds.
  private mutating func change(
    _ slot: Int, _ body: (inout TCPStream) -> Void
  ) {
    let growth = streams.withValue(at: slot) { stream in
      let before = stream.heldBytes
      body(&stream)
      return stream.heldBytes - before
    }
    heldBytes += growth ?? 0
  }

  /// Gives up the stream that has been silent for longest, to make room.
  private mutating func evict(
    _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) -> Void
  ) {
    guard let slot = streams.oldest else { return }
    remove(slot, because: .streamEvicted, &counters, emit)
  }

  /// Hands on what is held back by streams that have been silent for too long.
  private mutating func quietIdle(
    _ now: Timestamp, _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) -> Void
  ) {
    while let slot = streams.oldest {
      let last = streams.withValue(at: slot) { $0.lastTime } ?? now
      guard now.nanoseconds &- last.nanoseconds > limits.streamIdle else { return }
      guard let flow = streams.key(at: slot), var stream = take(slot) else { return }
      stream.close(&counters, emit)
      if quiet.count >= limits.streams { _ = quiet.oldest.flatMap { quiet.remove($0) } }
      _ = quiet.insert(flow, stream)
    }
  }

  /// Takes a stream back among those that are followed.
  private mutating func wake(
    _ flow: Flow, _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) -> Void
  ) {
    guard quiet.count > 0, let stream = quiet.slot(of: flow).flatMap({ quiet.remove($0) }) else { return }
    if streams.count >= limits.streams { evict(&counters, emit) }
    _ = streams.insert(flow, stream)
    heldBytes += stream.heldBytes
  }

  /// Takes a stream out and hands on what can be read of it; what is odd about it is counted with its own packet as the
  /// example.
  private mutating func remove(
    _ slot: Int, because reason: PacketOddity? = nil, _ counters: inout PacketCounters,
    _ emit: (borrowing MessageBytes) -> Void
  ) {
    guard var stream = take(slot) else { return }
    let inHand = counters.packet
    counters.packet = stream.lastPacket
    if let reason { counters.count(reason) }
    stream.close(&counters, emit)
    counters.packet = inHand
  }

  /// Takes a stream out.
  private mutating func take(_ slot: Int) -> TCPStream? {
    let stream = streams.remove(slot)
    heldBytes -= stream?.heldBytes ?? 0
    return stream
  }
}
