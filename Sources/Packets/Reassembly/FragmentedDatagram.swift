import Bytes

/// An IP datagram of which some fragments are here.
///
/// The bytes that came first are its own. A fragment that overlaps them with other bytes is kept beside them: somebody
/// sent both, and which of the two a host took is not for the reassembler to say.
struct FragmentedDatagram {
  /// A fragment whose bytes differ from those that came before it.
  struct Alternative {
    let offset: Int, bytes: [UInt8]
    /// Whether more fragments follow behind it.
    let isFollowed: Bool
    let origin: MessageOrigin
  }

  /// The header fields that all fragments share.
  let source: IPAddress, destination: IPAddress, identification: UInt32?
  /// The protocol of the payload, as the datagram's beginning has it (RFC 8200 §4.5).
  private var transport: IPProtocol
  /// When the first fragment to come was captured.
  let firstTime: Timestamp
  /// The bytes, with zeros where none are here yet.
  private var bytes: [UInt8] = []
  /// Where bytes are here: ascending, apart from each other.
  private var ranges: [Range<Int>] = []
  /// Length of the whole, known from the last fragment.
  private var length: Int?
  /// The packets with the fragments, and which bytes each brought.
  private var packets: [(id: PacketID, covered: Range<Int>)] = []
  /// The packets of the latest fragment to come, and of the one with the datagram's beginning.
  private var latest: MessageOrigin, beginning: MessageOrigin?
  /// What differs from `bytes`.
  private(set) var alternatives: [Alternative] = []
  /// Whether the filter takes any of its frames.
  private var hasSelectedFrame = false

  /// Before its first fragment.
  init(_ packet: borrowing IPPacket, _ origin: MessageOrigin) {
    source = packet.source
    destination = packet.destination
    transport = packet.transport
    identification = packet.identification
    firstTime = origin.time
    latest = origin
  }

  /// Bytes that it holds.
  var heldBytes: Int { alternatives.reduce(bytes.count) { $0 + $1.bytes.count } }

  /// How many fragments have come.
  var fragmentCount: Int { packets.count + alternatives.count }

  /// Whether every byte is here.
  var isComplete: Bool { length.map { ranges == [0..<$0] } ?? false }

  /// What a fragment did.
  enum Addition {
    /// It brought bytes that were missing.
    case new
    /// All its bytes were here, and are the same.
    case repeated
    /// It has other bytes than those that are here.
    case conflicting
  }

  /// What a fragment's bytes are beside those that are here.
  func addition(of payload: Span<UInt8>, at covered: Range<Int>) -> Addition {
    for range in ranges where range.overlaps(covered) {
      for i in range.clamped(to: covered) where bytes[i] != payload[i - covered.lowerBound] {
        return .conflicting
      }
    }
    return ranges.contains { $0.contains(covered) } ? .repeated : .new
  }

  /// Adds a fragment and answers with what it did.
  mutating func add(
    _ packet: borrowing IPPacket, _ position: FragmentPosition, _ origin: MessageOrigin, isSelected: Bool
  ) -> Addition {
    latest = origin
    hasSelectedFrame = hasSelectedFrame || isSelected
    let covered = position.offset..<position.offset + packet.payload.count
    let addition = addition(of: packet.payload, at: covered)
    if addition == .conflicting { keepAside(packet, position, origin) }
    if position.offset == 0, beginning == nil {
      beginning = origin
      transport = packet.transport
    }
    if !position.isFollowed, length == nil { length = position.offset + packet.declaredLength }
    if addition != .conflicting || !ranges.contains(where: { $0.contains(covered) }) {
      packets.append((origin.packet, covered))
    }
    store(packet.payload, at: covered)
    insert(covered)
    return addition
  }

  /// Keeps a fragment with other bytes than those that are here; answers whether there was room.
  @discardableResult
  mutating func keepAside(_ packet: borrowing IPPacket, _ position: FragmentPosition, _ origin: MessageOrigin)
    -> Bool
  {
    guard alternatives.count < PacketLimits.alternatives else { return false }
    let payload = packet.payload
    alternatives.append(
      Alternative(
        offset: position.offset, bytes: payload.indices.map { payload[$0] }, isFollowed: position.isFollowed,
        origin: origin))
    return true
  }

  /// The datagram with the bytes that came first.
  var assembled: AssembledDatagram {
    let end = ranges.first.map { $0.lowerBound == 0 ? $0.upperBound : 0 } ?? 0
    var origin = isComplete ? latest : beginning ?? latest
    origin.frames = packets.count > 1 ? packets.map(\.id).sorted() : []
    return assembled(end == bytes.count ? bytes : Array(bytes[..<end]), origin, isComplete: isComplete)
  }

  /// The datagram with the bytes of a fragment that differs in place of its own.
  func assembled(with alternative: Alternative) -> AssembledDatagram {
    var version = bytes
    let end = alternative.offset + alternative.bytes.count
    if version.count < end { version += [UInt8](repeating: 0, count: end - version.count) }
    version.replaceSubrange(alternative.offset..<end, with: alternative.bytes)
    if !alternative.isFollowed { version.removeLast(version.count - end) }
    let range = alternative.offset..<end
    var frames = packets.filter { !range.contains($0.covered) }.map(\.id)
    frames.append(alternative.origin.packet)
    var origin = frames.max() == alternative.origin.packet ? alternative.origin : latest
    origin.frames = frames.count > 1 ? frames.sorted() : []
    origin.version = 1
    return assembled(version, origin, isComplete: true)
  }

  /// With the fields that all versions share.
  private func assembled(_ bytes: [UInt8], _ origin: MessageOrigin, isComplete: Bool) -> AssembledDatagram {
    var origin = origin
    origin.ipTTL = (beginning ?? latest).ipTTL
    origin.carrier = (beginning ?? latest).carrier
    let declared = isComplete ? bytes.count : max(length ?? PacketLimits.datagramBytes, bytes.count)
    return AssembledDatagram(
      source: source, destination: destination, identification: identification, transport: transport,
      bytes: bytes, declaredLength: declared, origin: origin, isComplete: isComplete,
      hasSelectedFrame: hasSelectedFrame)
  }

  /// Stores the bytes of which there are none yet.
  private mutating func store(_ fragment: Span<UInt8>, at covered: Range<Int>) {
    if bytes.count < covered.upperBound {
      bytes.append(contentsOf: repeatElement(0, count: covered.upperBound - bytes.count))
    }
    var next = covered.lowerBound
    for range in ranges where range.overlaps(covered) {
      let common = range.clamped(to: covered)
      for i in next..<max(next, common.lowerBound) { bytes[i] = fragment[i - covered.lowerBound] }
      next = common.upperBound
    }
    for i in next..<covered.upperBound { bytes[i] = fragment[i - covered.lowerBound] }
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
}
