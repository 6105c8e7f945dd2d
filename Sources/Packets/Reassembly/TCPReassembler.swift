import Bytes

/// The TCP streams of a capture, within bounds of number, bytes and time.
///
/// Between the same ports two streams are followed side by side: a single segment that does not fit the first may be
/// forged as well as it may open the next connection, so neither drops the other.
struct TCPReassembler {
  private let limits: PacketLimits
  /// The streams, from the one that has been silent for longest. A rival is there only beside a main stream.
  private var streams = RecencyTable<StreamKey, TCPStream>()
  /// Streams without holes after a long silence: a segment that comes after all, or comes again, still finds its place.
  private var quiet = RecencyTable<StreamKey, TCPStream>()
  /// Bytes that all of them hold.
  private var heldBytes = 0

  /// No streams.
  init(_ limits: PacketLimits) { self.limits = limits }

  /// Takes the next segment and hands on the messages that it completes.
  /// - Parameter now: the time by which silence is measured.
  mutating func add(
    _ segment: borrowing TCPSegment, _ flow: Flow, _ name: ProtocolName?, _ origin: MessageOrigin,
    now: Timestamp, _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) -> Void
  ) {
    let limits = limits, key = StreamKey(flow, origin.carrier)
    quietIdle(now, &counters, emit)
    if !segment.isRST, let acknowledgment = segment.acknowledgment {
      acknowledge(acknowledgment, key.reversed, origin.time, &counters, emit)
    }
    guard let slot = slot(segment, key, name, origin, &counters, emit) else { return }
    streams.touch(slot)
    change(slot) { stream in
      stream.add(segment, origin, limits, &counters, emit)
    }
    while heldBytes > limits.streamsBytes, quiet.count > 0 { dropQuiet(&counters, emit) }
    while heldBytes > limits.streamsBytes, streams.count > 1 { evict(&counters, emit) }
  }

  /// Hands on what can be read behind holes, at the end of a capture.
  mutating func finish(
    _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) -> Void
  ) {
    while quiet.count > 0 { dropQuiet(&counters, emit) }
    while let slot = streams.oldest { remove(slot, &counters, emit) }
  }

  /// Tells a stream what the other side has received; that may also show which of two streams is the real one.
  private mutating func acknowledge(
    _ acknowledgment: UInt32, _ key: StreamKey, _ time: Timestamp, _ counters: inout PacketCounters,
    _ emit: (borrowing MessageBytes) -> Void
  ) {
    let limits = limits
    guard var slot = streams.slot(of: key) else { return }
    if let rival = rival(of: slot, key), streams.withValue(at: rival, { $0.isNext(acknowledgment) }) == true {
      slot = swap(slot, rival) ?? slot
    }
    streams.touch(slot)
    change(slot) { stream in
      stream.acknowledge(acknowledgment, time, limits, &counters, emit)
    }
  }

  /// The slot of the segment's stream, a new one when it opens or first shows it; nil for a segment that does neither.
  private mutating func slot(
    _ segment: borrowing TCPSegment, _ key: StreamKey, _ name: ProtocolName?, _ origin: MessageOrigin,
    _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) -> Void
  ) -> Int? {
    wake(key, &counters, emit)
    if let slot = streams.slot(of: key) {
      if let rival = rival(of: slot, key), isOf(rival, not: slot, segment) {
        return segment.length > 0 ? swap(slot, rival) : rival
      }
      let isSucceeded = streams.withValue(at: slot) { $0.isSucceeded(by: segment) } ?? false
      guard isSucceeded else { return slot }
      makeRoom(beside: slot, key, &counters, emit)
    }
    guard !segment.isRST, segment.isSYN || segment.length > 0 else { return nil }
    if streams.count >= limits.streams { evict(&counters, emit) }
    if !segment.isSYN, name != nil { counters.count(.streamWithoutStart) }
    let place = streams.slot(of: key) == nil ? key : key.rival
    return streams.insert(place, TCPStream(segment, key.flow, name, origin))
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

  /// Takes a stream out and hands on what can be read of it; what is odd about it is counted with its own packet as the
  /// example.
  private mutating func remove(
    _ slot: Int, because reason: PacketOddity? = nil, _ counters: inout PacketCounters,
    _ emit: (borrowing MessageBytes) -> Void
  ) {
    guard let key = streams.key(at: slot), var stream = streams.remove(slot) else { return }
    heldBytes -= stream.heldBytes
    stream.close(because: reason, &counters, emit)
    guard stream.hasRival, let rival = streams.slot(of: key.rival).flatMap({ streams.remove($0) }) else {
      return
    }
    _ = streams.insert(key, rival)
  }
}

/// Silence.
extension TCPReassembler {
  /// Hands on what is held back by streams that have been silent for too long.
  private mutating func quietIdle(
    _ now: Timestamp, _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) -> Void
  ) {
    while let slot = streams.oldest, let key = streams.key(at: slot) {
      let last = streams.withValue(at: slot) { $0.lastTime } ?? now
      guard now.nanoseconds &- last.nanoseconds > limits.streamIdle else { return }
      if key.isRival || rival(of: slot, key) != nil {
        remove(slot, &counters, emit)
        continue
      }
      change(slot) { stream in stream.giveUpHoles(&counters, emit) }
      guard let stream = streams.remove(slot) else { return }
      if quiet.count >= limits.streams { dropQuiet(&counters, emit) }
      _ = quiet.insert(key, stream)
    }
  }

  /// Takes a stream back among those that are followed.
  private mutating func wake(
    _ key: StreamKey, _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) -> Void
  ) {
    guard quiet.count > 0, let stream = quiet.slot(of: key).flatMap({ quiet.remove($0) }) else { return }
    if streams.count >= limits.streams { evict(&counters, emit) }
    _ = streams.insert(key, stream)
  }

  /// Gives up the stream that has been quiet for longest.
  private mutating func dropQuiet(
    _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) -> Void
  ) {
    guard let slot = quiet.oldest, var stream = quiet.remove(slot) else { return }
    heldBytes -= stream.heldBytes
    stream.close(&counters, emit)
  }
}

/// Two streams between the same ports.
extension TCPReassembler {
  /// The slot of the second stream beside a first one.
  private mutating func rival(of slot: Int, _ key: StreamKey) -> Int? {
    guard streams.withValue(at: slot, { $0.hasRival }) == true else { return nil }
    return streams.slot(of: key.rival)
  }

  /// Whether a segment is of the second stream and not of the first.
  private mutating func isOf(_ rival: Int, not main: Int, _ segment: borrowing TCPSegment) -> Bool {
    let (isNext, isSucceeded) =
      streams.withValue(at: main) { ($0.isContinued(by: segment), $0.isSucceeded(by: segment)) } ?? (
        true, false
      )
    guard !isNext else { return false }
    return streams.withValue(at: rival) {
      $0.isContinued(by: segment) || isSucceeded && !$0.isSucceeded(by: segment)
    } ?? false
  }

  /// Makes the second stream the first, since more of it has been seen, and answers with its slot.
  private mutating func swap(_ slot: Int, _ rival: Int) -> Int? {
    guard let key = streams.key(at: slot), var old = streams.remove(slot), var new = streams.remove(rival)
    else { return nil }
    (old.hasRival, new.hasRival) = (false, true)
    _ = streams.insert(key.rival, old)
    return streams.insert(key, new)
  }

  /// Makes room for a stream that begins beside another, which goes at once when it has ended.
  private mutating func makeRoom(
    beside slot: Int, _ key: StreamKey, _ counters: inout PacketCounters,
    _ emit: (borrowing MessageBytes) -> Void
  ) {
    if let rival = rival(of: slot, key) { remove(rival, &counters, emit) }
    let isEnded = streams.withValue(at: slot) { stream in
      stream.hasRival = !stream.isEnded
      return stream.isEnded
    }
    guard isEnded == false else { return remove(slot, &counters, emit) }
    streams.touch(slot)
  }
}
