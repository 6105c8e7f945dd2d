import Bytes

/// Cuts the bytes of one direction of a TCP connection into DNS messages.
struct MessageStream {
  /// How sure it is where a message begins.
  enum Footing {
    /// The stream has been followed from its SYN.
    case certain
    /// A message was recognised.
    case guessed
    /// A segment begins as a message may, by its prefix and header alone.
    case doubtful
    /// Nowhere: bytes are passed over until a message begins.
    case lost
  }

  /// The packet that some bytes came in.
  struct Piece {
    let origin: MessageOrigin
    let checksum: ChecksumState
    /// Where its bytes end in the buffer.
    var end = 0

    /// Whether it has a wrong checksum and another a right one.
    func isWorse(than other: Piece) -> Bool { checksum == .wrong && other.checksum == .right }
  }

  /// Who sends to whom.
  private let flow: Flow
  private let protocolName: ProtocolName
  /// Finds the way back into the stream.
  private let search: MessageSearch
  private var footing: Footing
  /// Whether the footing was found again by searching: from then on nothing but their looks says that these are
  /// messages.
  private var isRecovered = false
  /// Whether the bytes that are being passed over have been counted.
  private var isJunkCounted = false
  /// The beginning of a message whose end has not come, with its prefix; while the footing is lost, the last of the
  /// bytes that were passed over.
  private var buffer: [UInt8] = []
  /// The packets that the buffer came in.
  private var pieces: [Piece] = []
  /// Bytes to be passed over before the next prefix.
  private var skip = 0

  /// A stream at its beginning, or somewhere in it.
  init(flow: Flow, protocolName: ProtocolName?, footing: Footing) {
    (self.flow, self.protocolName, self.footing) = (flow, protocolName ?? .dns, footing)
    search = MessageSearch(isToldByContent: protocolName == nil)
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
    guard bytes.count > 0 else { return }
    leaveJunk(bytes, &counters)
    guard !buffer.isEmpty else {
      let used = handOn(bytes, from: 0, [], piece, &counters, emit)
      if used < bytes.count { keep(bytes.extracting(used...), piece) }
      return
    }
    let start = buffer.count
    keep(bytes, piece)
    readBuffer(from: start, piece, &counters, emit)
  }

  /// Compares bytes that came again with those in the buffer, whose last one is the latest of the stream, and answers
  /// whether they differ. Bytes with a right checksum take the place of those with a wrong one.
  /// - Parameter old: how far the first of them is behind the next byte of the stream.
  mutating func compare(
    _ bytes: Span<UInt8>, behind old: Int, _ piece: Piece, _ counters: inout PacketCounters,
    _ emit: (borrowing MessageBytes) -> Void
  ) -> Bool {
    let shift = buffer.count - old
    let range = max(0, shift)..<max(0, shift, min(buffer.count, shift + bytes.count))
    guard range.contains(where: { buffer[$0] != bytes[$0 - shift] }) else { return false }
    var start = 0, isMended = false
    for i in pieces.indices {
      let part = start..<pieces[i].end, common = part.clamped(to: range)
      start = part.upperBound
      guard !common.isEmpty, pieces[i].isWorse(than: piece) else { continue }
      for k in common { buffer[k] = bytes[k - shift] }
      isMended = true
      guard common == part else { continue }
      pieces[i] = piece
      pieces[i].end = part.upperBound
    }
    // The prefix may have been among them.
    if isMended { readBuffer(from: buffer.count, piece, &counters, emit) }
    return true
  }

  /// Passes over bytes that the capture does not have.
  mutating func skipGap(of length: Int, _ counters: inout PacketCounters) {
    var rest = skip
    if footing == .lost {
      end(&counters)
    } else if !buffer.isEmpty {
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
    defer { (buffer, pieces) = ([], []) }
    // What is passed over has been counted.
    guard footing != .lost else { return }
    counters.count(LengthPrefix.isPlausible(buffer.span) ? .streamMessageUnfinished : .streamJunk)
  }

  /// Drops what the buffer has when that is no message and a segment starts with one.
  private mutating func leaveJunk(_ bytes: Span<UInt8>, _ counters: inout PacketCounters) {
    guard footing != .lost, buffer.count >= LengthPrefix.length, !LengthPrefix.isPlausible(buffer.span),
      bytes.count >= LengthPrefix.length + LengthPrefix.shortestMessage, LengthPrefix.isPlausible(bytes)
    else { return }
    end(&counters)
    footing = .guessed
  }

  /// Counts bytes that are passed over, once a run of them.
  private mutating func countJunk(_ counters: inout PacketCounters) {
    if !isJunkCounted, !search.isToldByContent { counters.count(.streamJunk) }
    isJunkCounted = true
  }

  /// Hands on the messages that are complete in the buffer.
  /// - Parameter start: where the latest segment begins.
  private mutating func readBuffer(
    from start: Int, _ piece: Piece, _ counters: inout PacketCounters,
    _ emit: (borrowing MessageBytes) -> Void
  ) {
    let whole = buffer
    buffer = []
    let used = handOn(whole.span, from: start, pieces, piece, &counters, emit)
    keep(whole, from: used)
  }

  /// Hands on the messages that are complete and answers how many bytes are done with. `pieces` tells the packets of
  /// the bytes; when it is empty, all came in `last`, which begins at `start`.
  private mutating func handOn(
    _ bytes: Span<UInt8>, from start: Int, _ pieces: [Piece], _ last: Piece, _ counters: inout PacketCounters,
    _ emit: (borrowing MessageBytes) -> Void
  ) -> Int {
    var offset = 0, accepted = -1
    while bytes.count - offset >= LengthPrefix.length || footing == .lost {
      if footing == .lost {
        let found = search.findMessage(bytes, from: offset, segmentStart: start)
        if found != offset { countJunk(&counters) }
        guard let found else {
          return search.isToldByContent
            ? bytes.count : max(offset, bytes.count - LengthPrefix.longestRecognised)
        }
        // A segment that begins with a message is what any reader goes by.
        if found != start { isRecovered = true }
        (offset, accepted) = (found, found)
        footing = search.isSure(bytes.extracting(found...)) ? .guessed : .doubtful
        continue
      }
      let rest = bytes.extracting(offset...)
      if footing != .certain, offset != accepted, !search.isFollowing(rest) {
        footing = .lost
        continue
      }
      let length = Int(rest.uint16(at: 0)), end = offset + LengthPrefix.length + length
      if length < LengthPrefix.shortestMessage {
        counters.count(.shortLengthPrefix)
        skip = max(0, end - bytes.count)
        offset = min(end, bytes.count)
        continue
      }
      if footing == .doubtful, let place = search.refutation(of: offset..<end, bytes, from: start) {
        (offset, footing, isRecovered) = (place, .lost, true)
        countJunk(&counters)
        continue
      }
      guard end <= bytes.count else { break }
      if footing == .doubtful { footing = .guessed }
      isJunkCounted = false
      let (origin, checksum) = Self.origin(of: offset..<end, pieces, last)
      counters.countMessage(.tcp)
      emit(
        MessageBytes(
          bytes: bytes.extracting((end - length)..<end), flow: flow, origin: origin,
          protocolName: protocolName, checksum: checksum, isRecovered: isRecovered))
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
