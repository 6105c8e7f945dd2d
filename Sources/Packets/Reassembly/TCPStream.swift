import Bytes

/// One direction of a TCP connection: puts segments in order by their sequence numbers (RFC 9293 §3.4).
struct TCPStream {
  /// Farther than this from the next byte, a segment is of another connection between the same ports. Windows of DNS
  /// servers are far smaller; RFC 7323 allows 2^30.
  static let farthestSegment = 1 << 24
  /// Held segments that a new one is compared with; one that is sent again in other parts overlaps a few.
  static let comparedSegments = 8

  /// Cuts the bytes in order into messages.
  private var messages: MessageStream
  /// Sequence number of the next byte.
  private var next: UInt32
  /// Sequence number of the SYN; nil for a stream that begins without it.
  private var start: UInt32?
  /// Segments behind a hole, ascending, and their bytes.
  private var held: [HeldSegment] = []
  private var heldSegmentBytes = 0
  /// The highest acknowledgment from the other side.
  private var acknowledged: UInt32?
  /// Sequence number of the latest FIN, or of the RST.
  private var end: UInt32?
  /// Whether another stream between the same ports may be followed beside this one.
  var hasRival = false
  /// When its latest packet was captured.
  private(set) var lastTime: Timestamp
  /// That packet.
  private(set) var lastPacket: PacketID

  /// A stream that begins with a segment.
  /// - Parameter protocolName: nil when no port tells it: then every message has to be told by its content.
  init(_ segment: borrowing TCPSegment, _ flow: Flow, _ protocolName: ProtocolName?, _ origin: MessageOrigin)
  {
    messages = MessageStream(
      flow: flow, protocolName: protocolName,
      footing: segment.isSYN && protocolName != nil ? .certain : .lost)
    start = segment.isSYN ? segment.sequence : nil
    next = segment.isSYN ? segment.sequence &+ 1 : segment.sequence
    (lastTime, lastPacket) = (origin.time, origin.packet)
  }

  /// Bytes of memory that it holds.
  var heldBytes: Int {
    messages.heldBytes + heldSegmentBytes + held.count * MemoryLayout<HeldSegment>.stride
  }

  /// Whether all bytes up to the end are here. The end drops nothing: when it was forged, more will come.
  var isEnded: Bool { end == next }

  /// Whether a sequence number is that of the next byte.
  func isNext(_ sequence: UInt32) -> Bool { sequence == next }

  /// Whether a segment begins with the next byte.
  func isContinued(by segment: borrowing TCPSegment) -> Bool { !segment.isSYN && isNext(segment.sequence) }

  /// Whether a segment cannot be of this stream, but may open or belong to a later one between the same ports.
  func isSucceeded(by segment: borrowing TCPSegment) -> Bool {
    if segment.isRST { return false }
    if segment.isSYN {
      // A SYN may come late, or again; otherwise it opens the next connection.
      let first = segment.sequence &+ 1
      return start.map { $0 != segment.sequence } ?? !(0...PacketLimits.datagramBytes).contains(
        -distance(first))
    }
    return segment.length > 0 && abs(distance(segment.sequence)) > Self.farthestSegment
  }

  /// Takes the next segment to be captured and hands on the messages that it completes.
  mutating func add(
    _ segment: borrowing TCPSegment, _ origin: MessageOrigin, _ limits: PacketLimits,
    _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) -> Void
  ) {
    (lastTime, lastPacket) = (origin.time, origin.packet)
    advance(limits, &counters, emit)
    // What a RST carries is no data of the stream (RFC 9293 §3.5.3).
    if segment.isRST { return reset(segment, &counters) }
    let sequence = segment.isSYN ? segment.sequence &+ 1 : segment.sequence
    if segment.isFIN { finish(segment, sequence, &counters) }
    if segment.length > 0 {
      if segment.payload.count < segment.length { counters.count(.segmentCut) }
      let piece = MessageStream.Piece(origin: origin, checksum: segment.checksum)
      let isRoom = held.count < limits.heldSegments && heldSegmentBytes + segment.length <= limits.heldBytes
      if distance(sequence) > 0, !isRoom { skipHoles(&counters, emit) }
      if distance(sequence) <= 0, held.isEmpty {
        take(segment.payload, sequence, segment.length, piece, &counters, emit)
      } else {
        place(HeldSegment(segment, sequence, piece), &counters, emit)
      }
    }
    advance(limits, &counters, emit)
  }

  /// Notes what the other side has received: bytes that it acknowledges and the capture lacks will not come again.
  mutating func acknowledge(
    _ acknowledgment: UInt32, _ time: Timestamp, _ limits: PacketLimits, _ counters: inout PacketCounters,
    _ emit: (borrowing MessageBytes) -> Void
  ) {
    lastTime = max(lastTime, time)
    guard !held.isEmpty else { return }
    acknowledged = acknowledgment
    advance(limits, &counters, emit)
  }

  /// Hands on what can be read behind holes.
  mutating func giveUpHoles(_ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) -> Void) {
    let inHand = counters.packet
    counters.packet = lastPacket
    skipHoles(&counters, emit)
    counters.packet = inHand
  }

  /// Hands on what can be read behind holes, and drops the rest; what is odd is counted with the latest packet as the
  /// example.
  mutating func close(
    because reason: PacketOddity? = nil, _ counters: inout PacketCounters,
    _ emit: (borrowing MessageBytes) -> Void
  ) {
    let inHand = counters.packet
    counters.packet = lastPacket
    if let reason { counters.count(reason) }
    skipHoles(&counters, emit)
    messages.end(&counters)
    counters.packet = inHand
  }

  /// Notes a RST, which counts only at the next byte (RFC 5961 §3.2), or behind the FIN.
  private mutating func reset(_ segment: borrowing TCPSegment, _ counters: inout PacketCounters) {
    guard segment.checksum != .wrong else { return }
    let isInPlace = isNext(segment.sequence) || isEnded && distance(segment.sequence) == 1
    guard isInPlace else { return counters.count(.closeOutOfPlace) }
    end = next
  }

  /// Notes a FIN, which counts only where data may still come: not farther than one window without window scaling
  /// behind what is held.
  private mutating func finish(
    _ segment: borrowing TCPSegment, _ sequence: UInt32, _ counters: inout PacketCounters
  ) {
    guard segment.checksum != .wrong else { return }
    let last = sequence &+ UInt32(truncatingIfNeeded: segment.length)
    let farthest =
      max(0, held.last.map { distance($0.sequence) + $0.length } ?? 0) + PacketLimits.datagramBytes
    switch distance(last) {
    case 0...farthest: end = last
    // Repeated, after data that came late.
    case -PacketLimits.datagramBytes..<0: break
    default: counters.count(.closeOutOfPlace)
    }
  }

  /// How far a sequence number is ahead of the next byte; negative behind it (RFC 9293 §3.4, modulo 2^32).
  private func distance(_ sequence: UInt32) -> Int { Int(Int32(bitPattern: sequence &- next)) }

  /// Reads the new part of bytes that begin at the next byte or before it.
  private mutating func take(
    _ bytes: Span<UInt8>, _ sequence: UInt32, _ length: Int, _ piece: MessageStream.Piece,
    _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) -> Void
  ) {
    let old = -distance(sequence)
    if old > 0, messages.compare(bytes, behind: old, piece, &counters, emit) {
      counters.count(.segmentConflict)
    }
    guard old < length else { return counters.count(.segmentRepeated) }
    next = sequence &+ UInt32(truncatingIfNeeded: length)
    messages.add(bytes.extracting(min(old, bytes.count)...), piece, &counters, emit)
    if bytes.count < length { messages.skipGap(of: length - max(old, bytes.count), &counters) }
  }

  /// Keeps a segment until its turn, or reads it when that has come, after a look at those that it overlaps: bytes with
  /// a right checksum stand in place of those with a wrong one.
  private mutating func place(
    _ segment: HeldSegment, _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) -> Void
  ) {
    var segment = segment, isConflict = false, compared = 0
    for i in held.indices where segment.overlaps(held[i]) {
      compared += 1
      guard compared <= Self.comparedSegments else { break }
      isConflict = segment.settle(with: &held[i]) || isConflict
      if !isConflict, held[i].covers(segment) { return counters.count(.segmentRepeated) }
    }
    if isConflict { counters.count(.segmentConflict) }
    guard distance(segment.sequence) > 0 else {
      return take(segment.bytes.span, segment.sequence, segment.length, segment.piece, &counters, emit)
    }
    counters.count(.segmentOutOfOrder)
    let place = held.firstIndex { distance($0.sequence) > distance(segment.sequence) } ?? held.count
    held.insert(segment, at: place)
    heldSegmentBytes += segment.bytes.count
  }

  /// Reads the held segments whose turn has come, and skips the hole in front of the others when it has been open for
  /// long enough.
  private mutating func advance(
    _ limits: PacketLimits, _ counters: inout PacketCounters,
    _ emit: (borrowing MessageBytes) -> Void
  ) {
    takeHeld(&counters, emit)
    while let first = held.first {
      let isAcknowledged = acknowledged.map { Int32(bitPattern: $0 &- first.sequence) >= 0 } ?? false
      let wait = isAcknowledged ? limits.acknowledgedHoleWait : limits.holeWait
      guard lastTime.nanoseconds &- first.piece.origin.time.nanoseconds >= wait else { break }
      skipHole(&counters, emit)
    }
  }

  /// Reads the held segments whose turn has come.
  private mutating func takeHeld(
    _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) -> Void
  ) {
    while let first = held.first, distance(first.sequence) <= 0 {
      held.removeFirst()
      heldSegmentBytes -= first.bytes.count
      take(first.bytes.span, first.sequence, first.length, first.piece, &counters, emit)
    }
  }

  /// Gives up what is missing in front of the first held segment.
  private mutating func skipHole(
    _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) -> Void
  ) {
    guard let first = held.first else { return }
    counters.count(.streamGap)
    messages.skipGap(of: distance(first.sequence), &counters)
    next = first.sequence
    takeHeld(&counters, emit)
  }

  /// Gives up all holes.
  private mutating func skipHoles(
    _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) -> Void
  ) {
    while !held.isEmpty { skipHole(&counters, emit) }
  }
}
