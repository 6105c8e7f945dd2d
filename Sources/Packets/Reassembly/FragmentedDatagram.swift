import Bytes

/// An IP datagram of which some fragments are here.
///
/// The bytes that came first are its own. A fragment that overlaps them with other bytes is kept beside them, and so is
/// every end that a last fragment claims: somebody sent them, and what a host took is not for the reassembler to say.
struct FragmentedDatagram {
  /// Bytes at a place of the datagram.
  struct Piece {
    let offset: Int, bytes: [UInt8]
    /// Where they end.
    var end: Int { offset + bytes.count }
  }

  /// A fragment whose bytes differ from those that came before it.
  struct Alternative {
    let piece: Piece
    /// Whether more fragments follow behind it.
    let isFollowed: Bool
    let origin: MessageOrigin

    /// Of a fragment.
    init(_ packet: borrowing IPPacket, _ position: FragmentPosition, _ origin: MessageOrigin) {
      let payload = packet.payload
      piece = Piece(offset: position.offset, bytes: payload.indices.map { payload[$0] })
      (isFollowed, self.origin) = (position.isFollowed, origin)
    }
  }

  /// What a fragment did.
  enum Addition {
    /// It brought bytes that were missing.
    case new
    /// All its bytes were here, and are the same.
    case repeated
    /// It has other bytes than those that are here.
    case conflicting
  }

  /// Bytes of memory that a piece takes beside its own.
  private static let pieceOverhead = 64

  /// The header fields that all fragments share.
  let source: IPAddress, destination: IPAddress, identification: UInt32?
  /// The protocol of the payload, as the datagram's beginning has it (RFC 8200 §4.5).
  private(set) var transport: IPProtocol
  /// Whether the first fragment to come was handed on with a datagram before this one.
  let isLate: Bool
  /// When the first fragment to come was captured.
  let firstTime: Timestamp
  /// The bytes that came first: ascending, apart from each other.
  private(set) var pieces: [Piece] = []
  /// Where bytes are here: ascending, with gaps between.
  private(set) var ranges: [Range<Int>] = []
  /// The ends that last fragments claim, in the order in which they came.
  private(set) var ends: [Int] = []
  /// A packet with a fragment.
  struct Part {
    let id: PacketID, network: NetworkTraits
    /// The bytes that it brought.
    let covered: Range<Int>
  }

  /// The packets with the fragments, in the order in which they came.
  private(set) var packets: [Part] = []
  /// The packets of the latest fragment to come, and of the one with the datagram's beginning.
  private(set) var latest: MessageOrigin, beginning: MessageOrigin?
  /// What differs from `pieces`: the first ones that came, and the last ones.
  private(set) var alternatives: [Alternative] = []
  /// How many there were.
  private var alternativeCount = 0
  /// How many of these were dropped.
  var alternativesLeftOut: Int { alternativeCount - alternatives.count }
  /// Whether the filter takes any of its frames.
  private(set) var hasSelectedFrame = false
  /// Bytes of memory that it holds, about.
  private(set) var heldBytes = 0

  /// Before its first fragment; `isLate` when that made a version of a datagram that was whole.
  init(_ packet: borrowing IPPacket, _ origin: MessageOrigin, isLate: Bool) {
    self.isLate = isLate
    source = packet.source
    destination = packet.destination
    transport = packet.transport
    identification = packet.identification
    firstTime = origin.time
    latest = origin
  }

  /// How many fragments have come, without those that brought nothing new.
  var fragmentCount: Int { packets.count + alternatives.count }

  /// The end that is reached without a hole; nil when none is. The first one claimed comes first.
  var completeLength: Int? {
    guard let first = ranges.first, first.lowerBound == 0 else { return nil }
    return ends.first { $0 <= first.upperBound }
  }

  /// The farthest of the ends that are reached without a hole.
  var farthestEnd: Int? {
    guard let first = ranges.first, first.lowerBound == 0 else { return nil }
    return ends.filter { $0 <= first.upperBound }.max()
  }

  /// Takes an end for the true one.
  mutating func prefer(_ end: Int) { ends = [end] + ends.filter { $0 != end } }

  /// What a fragment's bytes are beside those that are here.
  func addition(of payload: Span<UInt8>, at covered: Range<Int>) -> Addition {
    for index in firstPiece(endingAfter: covered.lowerBound)..<pieces.count {
      let piece = pieces[index]
      guard piece.offset < covered.upperBound else { break }
      for place in max(piece.offset, covered.lowerBound)..<min(piece.end, covered.upperBound)
      where piece.bytes[place - piece.offset] != payload[place - covered.lowerBound] {
        return .conflicting
      }
    }
    return ranges.contains { $0.contains(covered) } ? .repeated : .new
  }

  /// Adds a fragment and answers with what it did.
  mutating func add(
    _ packet: borrowing IPPacket, _ position: FragmentPosition, _ origin: MessageOrigin, isSelected: Bool
  ) -> Addition {
    hasSelectedFrame = hasSelectedFrame || isSelected
    let covered = position.offset..<position.offset + packet.payload.count
    let addition = addition(of: packet.payload, at: covered)
    if position.offset == 0, beginning == nil {
      beginning = origin
      transport = packet.transport
    }
    claim(position, length: packet.declaredLength)
    guard addition != .repeated else { return .repeated }
    latest = origin
    if addition == .conflicting { keepAside(packet, position, origin) }
    if !ranges.contains(where: { $0.contains(covered) }) {
      packets.append(Part(id: origin.packet, network: origin.network, covered: covered))
    }
    store(packet.payload, at: covered)
    insert(covered)
    return addition
  }

  /// Keeps a fragment with other bytes than those that are here. When there is no room, the oldest goes that is not one
  /// of the first: the genuine one is as likely to be among the first as shortly before what it belongs to.
  mutating func keepAside(_ packet: borrowing IPPacket, _ position: FragmentPosition, _ origin: MessageOrigin)
  {
    claim(position, length: packet.declaredLength)
    let alternative = Alternative(packet, position, origin)
    alternativeCount += 1
    heldBytes += packet.payload.count + Self.pieceOverhead
    guard alternatives.count >= PacketLimits.alternatives else { return alternatives.append(alternative) }
    let kept = PacketLimits.firstAlternatives
    let ring = PacketLimits.alternatives - kept
    let place = kept + (alternativeCount - 1 - kept) % ring
    heldBytes -= alternatives[place].piece.bytes.count + Self.pieceOverhead
    alternatives[place] = alternative
  }

  /// Notes the end that a last fragment claims.
  private mutating func claim(_ position: FragmentPosition, length: Int) {
    let end = position.offset + length
    guard !position.isFollowed, ends.count < PacketLimits.firstAlternatives, !ends.contains(end) else {
      return
    }
    ends.append(end)
  }

  /// Where pieces that end behind a place begin in the list.
  private func firstPiece(endingAfter place: Int) -> Int {
    var low = 0, high = pieces.count
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].end > place { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Stores the bytes of which there are none yet.
  private mutating func store(_ fragment: Span<UInt8>, at covered: Range<Int>) {
    var next = covered.lowerBound, index = firstPiece(endingAfter: covered.lowerBound)
    while next < covered.upperBound {
      let obstacle = index < pieces.count ? pieces[index].offset : .max
      if next < obstacle {
        let end = min(obstacle, covered.upperBound)
        let part = copy(of: fragment, (next - covered.lowerBound)..<(end - covered.lowerBound))
        pieces.insert(Piece(offset: next, bytes: part), at: index)
        heldBytes += part.count + Self.pieceOverhead
        next = end
      } else {
        next = max(next, pieces[index].end)
      }
      index += 1
    }
  }

  /// Notes that bytes are here.
  private mutating func insert(_ range: Range<Int>) {
    var merged = range
    ranges.removeAll { other in
      guard other.lowerBound <= merged.upperBound, merged.lowerBound <= other.upperBound else { return false }
      merged = min(merged.lowerBound, other.lowerBound)..<max(merged.upperBound, other.upperBound)
      return true
    }
    let place = ranges.firstIndex { $0.lowerBound > merged.lowerBound } ?? ranges.count
    ranges.insert(merged, at: place)
  }

  /// A part of a view.
  private func copy(of bytes: Span<UInt8>, _ part: Range<Int>) -> [UInt8] { part.map { bytes[$0] } }
}
