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
  mutating func add<E: Error>(
    _ segment: borrowing TCPSegment, _ flow: Flow, _ name: ProtocolName?, _ origin: MessageOrigin,
    _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) throws(E) -> Void
  ) throws(E) {
    let limits = limits
    try quietIdle(origin.time, &counters, emit)
    if let acknowledgment = segment.acknowledgment, let slot = streams.slot(of: flow.reversed) {
      try change(slot) { stream throws(E) in
        try stream.acknowledge(acknowledgment, origin.time, limits, &counters, emit)
      }
    }
    guard let slot = try slot(segment, flow, name, origin, &counters, emit) else { return }
    streams.touch(slot)
    try change(slot) { stream throws(E) in
      try stream.add(segment, origin, limits, &counters, emit)
    }
    while heldBytes > limits.streamsBytes, streams.count > 1 { try evict(&counters, emit) }
  }

  /// Hands on what can be read behind holes, at the end of a capture.
  mutating func finish<E: Error>(
    _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) throws(E) -> Void
  ) throws(E) {
    while let slot = streams.oldest { try remove(slot, &counters, emit) }
  }

  /// The slot of the segment's stream, a new one when it opens or first shows it; nil for a segment that does neither.
  private mutating func slot<E: Error>(
    _ segment: borrowing TCPSegment, _ flow: Flow, _ name: ProtocolName?, _ origin: MessageOrigin,
    _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) throws(E) -> Void
  ) throws(E) -> Int? {
    try wake(flow, &counters, emit)
    if let slot = streams.slot(of: flow) {
      let isSucceeded = streams.withValue(at: slot) { $0.isSucceeded(by: segment) } ?? false
      guard isSucceeded else { return slot }
      try remove(slot, &counters, emit)
    }
    guard segment.isSYN || segment.length > 0 else { return nil }
    if streams.count >= limits.streams { try evict(&counters, emit) }
    if !segment.isSYN, name != nil { counters.count(.streamWithoutStart) }
    return streams.insert(flow, TCPStream(segment, flow, name, origin.time))
  }

  /// Changes a stream and keeps account of what it holds.
  private mutating func change<E: Error>(
    _ slot: Int, _ body: (inout TCPStream) throws(E) -> Void
  ) throws(E) {
    let growth = try streams.withValue(at: slot) { stream throws(E) in
      let before = stream.heldBytes
      try body(&stream)
      return stream.heldBytes - before
    }
    heldBytes += growth ?? 0
  }

  /// Gives up the stream that has been silent for longest, to make room.
  private mutating func evict<E: Error>(
    _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) throws(E) -> Void
  ) throws(E) {
    guard let slot = streams.oldest else { return }
    counters.count(.streamEvicted)
    try remove(slot, &counters, emit)
  }

  /// Hands on what is held back by streams that have been silent for too long.
  private mutating func quietIdle<E: Error>(
    _ now: Timestamp, _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) throws(E) -> Void
  ) throws(E) {
    while let slot = streams.oldest {
      let last = streams.withValue(at: slot) { $0.lastTime } ?? now
      guard now.nanoseconds &- last.nanoseconds > limits.streamIdle else { return }
      guard let flow = streams.key(at: slot), var stream = take(slot) else { return }
      try stream.close(&counters, emit)
      if quiet.count >= limits.streams { _ = quiet.oldest.flatMap { quiet.remove($0) } }
      _ = quiet.insert(flow, stream)
    }
  }

  /// Takes a stream back among those that are followed.
  private mutating func wake<E: Error>(
    _ flow: Flow, _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) throws(E) -> Void
  ) throws(E) {
    guard quiet.count > 0, let stream = quiet.slot(of: flow).flatMap({ quiet.remove($0) }) else { return }
    if streams.count >= limits.streams { try evict(&counters, emit) }
    _ = streams.insert(flow, stream)
    heldBytes += stream.heldBytes
  }

  /// Takes a stream out and hands on what can be read of it.
  private mutating func remove<E: Error>(
    _ slot: Int, _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) throws(E) -> Void
  ) throws(E) {
    guard var stream = take(slot) else { return }
    try stream.close(&counters, emit)
  }

  /// Takes a stream out.
  private mutating func take(_ slot: Int) -> TCPStream? {
    let stream = streams.remove(slot)
    heldBytes -= stream?.heldBytes ?? 0
    return stream
  }
}
