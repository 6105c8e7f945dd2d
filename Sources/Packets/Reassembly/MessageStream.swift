import Bytes

/// Cuts the bytes of one direction of a TCP connection into DNS messages.
struct MessageStream {
  /// How sure it is where a message begins.
  enum Footing {
    /// The stream has been followed from its SYN.
    case certain
    /// A message was recognised at the start of a segment.
    case guessed
    /// Nowhere: bytes are passed over until a segment starts with a message.
    case lost
  }

  /// The packet that some bytes came in.
  struct Piece {
    let origin: MessageOrigin
    let checksum: ChecksumState
    /// Where its bytes end in the buffer.
    var end = 0
  }

  /// Who sends to whom.
  private let flow: Flow
  private let protocolName: ProtocolName
  /// Whether no port says that this is DNS, so that each message has to show it.
  private let isToldByContent: Bool
  private var footing: Footing
  /// Whether the bytes that are being passed over have been counted.
  private var isJunkCounted = false
  /// The beginning of a message whose end has not come, with its prefix.
  private var buffer: [UInt8] = []
  /// The packets that the buffer came in.
  private var pieces: [Piece] = []
  /// Bytes to be passed over before the next prefix.
  private var skip = 0

  /// A stream at its beginning, or somewhere in it.
  init(flow: Flow, protocolName: ProtocolName?, footing: Footing) {
    (self.flow, self.protocolName, self.footing) = (flow, protocolName ?? .dns, footing)
    isToldByContent = protocolName == nil
  }

  /// Bytes of memory that it holds.
  var heldBytes: Int { buffer.count + pieces.count * MemoryLayout<Piece>.stride }

  /// Adds the next bytes of the stream and hands on the messages that they complete.
  mutating func add(
    _ segment: Span<UInt8>, _ piece: Piece, _ counters: inout PacketCounters,
    _ emit: (borrowing MessageBytes) -> Void
  ) {
    let passed = min(skip, segment.count)
    skip -= passed
    let bytes = segment.extracting(passed...)
    guard bytes.count > 0, findFooting(bytes, &counters) else { return }
    guard !buffer.isEmpty else {
      let used = handOn(bytes, [], piece, &counters, emit)
      if used < bytes.count { keep(bytes.extracting(used...), piece) }
      return
    }
    keep(bytes, piece)
    let whole = buffer
    buffer = []
    let used = handOn(whole.span, pieces, piece, &counters, emit)
    keep(whole, from: used)
  }

  /// Passes over bytes that the capture does not have.
  mutating func skipGap(of length: Int, _ counters: inout PacketCounters) {
    var rest = skip
    if !buffer.isEmpty {
      // The prefix still tells where the next message begins, when that is behind the gap.
      if LengthPrefix.isPlausible(buffer.span) {
        rest = LengthPrefix.length + Int(buffer.span.uint16(at: 0)) - buffer.count
      }
      end(&counters)
    }
    if rest < length { footing = .lost }
    skip = max(0, rest - length)
  }

  /// Drops the beginning of a message that will not end.
  mutating func end(_ counters: inout PacketCounters) {
    guard !buffer.isEmpty else { return }
    counters.count(LengthPrefix.isPlausible(buffer.span) ? .streamMessageUnfinished : .streamJunk)
    (buffer, pieces) = ([], [])
  }

  /// Whether the bytes of a segment can be read: when the footing is lost, or what the buffer has is no message, they
  /// have to start with one.
  private mutating func findFooting(_ bytes: Span<UInt8>, _ counters: inout PacketCounters) -> Bool {
    if footing == .lost {
      guard LengthPrefix.isPlausible(bytes), !isToldByContent || startsWithMessage(bytes) else {
        countJunk(&counters)
        return false
      }
      (footing, isJunkCounted) = (.guessed, false)
    } else if !buffer.isEmpty, !LengthPrefix.isPlausible(buffer.span),
      buffer.count >= LengthPrefix.length, isPlausibleWithHeader(bytes)
    {
      end(&counters)
      footing = .guessed
    }
    return true
  }

  /// Whether the question behind a prefix is there and can be read.
  private func startsWithMessage(_ bytes: Span<UInt8>) -> Bool {
    bytes.count > LengthPrefix.length
      && MessageSigns.areMessage(bytes.extracting(LengthPrefix.length...), ofLength: Int(bytes.uint16(at: 0)))
  }

  /// Whether bytes start with a prefix and a whole header that may be one.
  private func isPlausibleWithHeader(_ bytes: Span<UInt8>) -> Bool {
    bytes.count >= LengthPrefix.length + LengthPrefix.shortestMessage && LengthPrefix.isPlausible(bytes)
  }

  /// Counts bytes that are passed over, once a run of them.
  private mutating func countJunk(_ counters: inout PacketCounters) {
    if !isJunkCounted, !isToldByContent { counters.count(.streamJunk) }
    isJunkCounted = true
  }

  /// Hands on the messages that are complete and answers how many bytes are done with. `pieces` tells the packets of
  /// the bytes; when it is empty, all came in `last`.
  private mutating func handOn(
    _ bytes: Span<UInt8>, _ pieces: [Piece], _ last: Piece, _ counters: inout PacketCounters,
    _ emit: (borrowing MessageBytes) -> Void
  ) -> Int {
    var offset = 0
    while bytes.count - offset >= LengthPrefix.length {
      let rest = bytes.extracting(offset...)
      if footing == .guessed, Int(rest.uint16(at: 0)) >= LengthPrefix.shortestMessage,
        !LengthPrefix.isPlausible(rest) || isToldByContent && !startsWithMessage(rest)
      {
        footing = .lost
        countJunk(&counters)
        return bytes.count
      }
      let length = Int(rest.uint16(at: 0)), end = offset + LengthPrefix.length + length
      if length < LengthPrefix.shortestMessage {
        counters.count(.shortLengthPrefix)
        skip = max(0, end - bytes.count)
        offset = min(end, bytes.count)
        continue
      }
      guard end <= bytes.count else { break }
      let (origin, checksum) = Self.origin(of: offset..<end, pieces, last)
      counters.countMessage(.tcp)
      emit(
        MessageBytes(
          bytes: bytes.extracting((end - length)..<end), flow: flow, origin: origin,
          protocolName: protocolName,
          checksum: checksum))
      offset = end
    }
    return offset
  }

  /// The packets of a part of the buffer; the one that completed it is the last to be captured.
  private static func origin(
    of range: Range<Int>, _ pieces: [Piece], _ last: Piece
  ) -> (MessageOrigin, ChecksumState) {
    guard var result = pieces.first else { return (last.origin, last.checksum) }
    var start = 0, frames: [PacketID] = [], checksum = ChecksumState.right, isFirst = true
    for piece in pieces {
      defer { start = piece.end }
      guard start < range.upperBound, piece.end > range.lowerBound else { continue }
      frames += piece.origin.frames.isEmpty ? [piece.origin.packet] : piece.origin.frames
      checksum = max(checksum, piece.checksum)
      if isFirst || piece.origin.isLater(than: result.origin) { result = piece }
      isFirst = false
    }
    var origin = result.origin
    origin.frames = frames.count > 1 ? frames.sorted() : []
    return (origin, checksum)
  }

  /// Adds bytes to the buffer.
  private mutating func keep(_ bytes: Span<UInt8>, _ piece: Piece) {
    for i in bytes.indices { buffer.append(bytes[i]) }
    var piece = piece
    piece.end = buffer.count
    pieces.append(piece)
  }

  /// Keeps the bytes of the old buffer that are not done with.
  private mutating func keep(_ whole: [UInt8], from used: Int) {
    guard used > 0 else { return buffer = whole }
    buffer = Array(whole[used...])
    pieces = pieces.filter { $0.end > used }
    for i in pieces.indices { pieces[i].end -= used }
  }
}
