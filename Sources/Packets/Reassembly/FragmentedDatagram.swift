import Bytes

/// An IP datagram of which some fragments are here.
struct FragmentedDatagram {
  /// The header fields that all fragments share.
  let source: IPAddress, destination: IPAddress, identification: UInt32?
  /// The protocol of the payload, as the datagram's beginning has it (RFC 8200 §4.5).
  private(set) var transport: IPProtocol
  /// When the first fragment to come was captured.
  let firstTime: Timestamp
  /// The bytes, with zeros where none are here yet.
  private var bytes: [UInt8] = []
  /// Where bytes are here: ascending, apart from each other.
  private var ranges: [Range<Int>] = []
  /// Length of the whole, known from the last fragment.
  private var length: Int?
  /// Numbers of the packets with the fragments, ascending.
  private var frames: [Int] = []
  /// The packets of the latest fragment to come, and of the one with the datagram's beginning.
  private var latest: MessageOrigin, beginning: MessageOrigin?

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
  var heldBytes: Int { bytes.count }

  /// How many fragments have come.
  var fragmentCount: Int { frames.count }

  /// Whether every byte is here.
  var isComplete: Bool { length.map { ranges == [0..<$0] } ?? false }

  /// The bytes from the beginning to the first hole; empty without the first fragment.
  var payload: [UInt8] {
    guard let first = ranges.first, first.lowerBound == 0 else { return [] }
    return first.upperBound == bytes.count ? bytes : Array(bytes[..<first.upperBound])
  }

  /// The length of the whole, or the greatest that it can be; at least that of the payload.
  var declaredLength: Int { max(length ?? PacketLimits.datagramBytes, bytes.count) }

  /// The packets of the whole datagram, or of what there is of it: then its number is that of the beginning.
  var origin: MessageOrigin {
    var origin = isComplete ? latest : beginning ?? latest
    origin.frames = frames.count > 1 ? frames : []
    origin.ipTTL = (beginning ?? latest).ipTTL
    return origin
  }

  /// The datagram as if it had come whole, over the bytes of `payload`. Extension headers that are not repeated in each
  /// fragment stand in front of the transport (RFC 8200 §4.5).
  @_lifetime(copy payload)
  func packet(_ payload: Span<UInt8>) throws(PacketFate) -> IPPacket {
    var extensions = IPv6ExtensionHeaders(first: transport)
    let passed = source.isIPv6 ? try extensions.pass(payload) : 0
    return IPPacket(
      source: source, destination: destination, transport: extensions.next, ttl: origin.ipTTL,
      identification: identification, fragment: nil, payload: payload.extracting(passed...),
      declaredLength: declaredLength - passed)
  }

  /// Adds a fragment.
  mutating func add(
    _ packet: borrowing IPPacket, _ position: FragmentPosition, _ origin: MessageOrigin,
    _ counters: inout PacketCounters
  ) {
    frames.append(origin.frame)
    latest = origin
    if position.offset == 0, beginning == nil {
      beginning = origin
      transport = packet.transport
    }
    if !position.isFollowed, length == nil { length = position.offset + packet.declaredLength }
    let covered = position.offset..<position.offset + packet.payload.count
    let isSame = store(packet.payload, at: covered)
    if !isSame {
      counters.count(.fragmentConflict)
    } else if ranges.contains(where: { $0.contains(covered) }) {
      counters.count(.fragmentRepeated)
    }
    insert(covered)
  }

  /// Stores the bytes of which there are none yet, and answers whether the others are the same as before. What came
  /// first stays: whoever comes later may be the forger.
  private mutating func store(_ fragment: Span<UInt8>, at covered: Range<Int>) -> Bool {
    if bytes.count < covered.upperBound {
      bytes.append(contentsOf: repeatElement(0, count: covered.upperBound - bytes.count))
    }
    var isSame = true, next = covered.lowerBound
    for range in ranges where range.overlaps(covered) {
      let common = range.clamped(to: covered)
      for i in next..<max(next, common.lowerBound) { bytes[i] = fragment[i - covered.lowerBound] }
      for i in common where bytes[i] != fragment[i - covered.lowerBound] { isSame = false }
      next = common.upperBound
    }
    for i in next..<covered.upperBound { bytes[i] = fragment[i - covered.lowerBound] }
    return isSame
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
