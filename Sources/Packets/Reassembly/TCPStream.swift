import Bytes

/// One direction of a TCP connection: puts segments in order by their sequence numbers (RFC 9293 §3.4).
struct TCPStream {
  /// A segment that came before its turn.
  private struct HeldSegment {
    let sequence: UInt32
    let bytes: [UInt8]
    /// Length on the wire.
    let length: Int
    let piece: MessageStream.Piece
  }

  /// Farther than this from the next byte, a segment is of another connection between the same ports. Windows of DNS
  /// servers are far smaller; RFC 7323 allows 2^30.
  static let farthestSegment = 1 << 24

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
  /// Sequence number of the FIN.
  private var end: UInt32?
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

  /// Whether a segment cannot be of this stream, but opens or belongs to a later one between the same ports.
  func isSucceeded(by segment: borrowing TCPSegment) -> Bool {
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
    let sequence = segment.isSYN ? segment.sequence &+ 1 : segment.sequence
    if segment.isFIN { end = sequence &+ UInt32(truncatingIfNeeded: segment.length) }
    if segment.length > 0 {
      if segment.payload.count < segment.length { counters.count(.segmentCut) }
      let piece = MessageStream.Piece(origin: origin, checksum: segment.checksum)
      let isRoom = held.count < limits.heldSegments && heldSegmentBytes + segment.length <= limits.heldBytes
      if distance(sequence) > 0, !isRoom { skipHoles(&counters, emit) }
      if distance(sequence) > 0 {
        counters.count(.segmentOutOfOrder)
        hold(segment, sequence, piece)
      } else {
        take(segment.payload, sequence, segment.length, piece, &counters, emit)
      }
    }
    advance(limits, &counters, emit)
    if segment.isRST { close(&counters, emit) }
  }

  /// Notes what the other side has received: bytes that it acknowledges and the capture lacks will not come again.
  mutating func acknowledge(
    _ acknowledgment: UInt32, _ time: Timestamp, _ limits: PacketLimits, _ counters: inout PacketCounters,
    _ emit: (borrowing MessageBytes) -> Void
  ) {
    guard !held.isEmpty else { return }
    lastTime = max(lastTime, time)
    acknowledged = acknowledgment
    advance(limits, &counters, emit)
  }

  /// Hands on what can be read behind holes, and drops the rest.
  mutating func close(
    _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) -> Void
  ) {
    skipHoles(&counters, emit)
    messages.end(&counters)
  }

  /// How far a sequence number is ahead of the next byte; negative behind it (RFC 9293 §3.4, modulo 2^32).
  private func distance(_ sequence: UInt32) -> Int { Int(Int32(bitPattern: sequence &- next)) }

  /// Reads the new part of bytes that begin at the next byte or before it.
  private mutating func take(
    _ bytes: Span<UInt8>, _ sequence: UInt32, _ length: Int, _ piece: MessageStream.Piece,
    _ counters: inout PacketCounters, _ emit: (borrowing MessageBytes) -> Void
  ) {
    let old = -distance(sequence)
    guard old < length else { return counters.count(.segmentRepeated) }
    next = sequence &+ UInt32(truncatingIfNeeded: length)
    messages.add(bytes.extracting(min(old, bytes.count)...), piece, &counters, emit)
    if bytes.count < length { messages.skipGap(of: length - max(old, bytes.count), &counters) }
  }

  /// Keeps a segment until its turn.
  private mutating func hold(
    _ segment: borrowing TCPSegment, _ sequence: UInt32, _ piece: MessageStream.Piece
  ) {
    let payload = segment.payload
    let copy = HeldSegment(
      sequence: sequence, bytes: payload.indices.map { payload[$0] }, length: segment.length, piece: piece)
    let place = held.firstIndex { distance($0.sequence) > distance(sequence) } ?? held.count
    held.insert(copy, at: place)
    heldSegmentBytes += copy.bytes.count
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
    if let end, distance(end) <= 0 { messages.end(&counters) }
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
