import Bytes
import Packets

/// Reads a pcapng file (draft-ietf-opsawg-pcapng) block by block: any number of sections in either byte order, each
/// with its own interfaces. A packet is lent from the block that it stands in.
///
///     block type (4) | block length (4) | body, padded to 4 bytes | block length (4)
struct PcapngReader: ~Copyable {
  /// Bytes of a block around its body.
  static let frame = 12
  /// Bytes of an Interface Description Block without options.
  static let shortestInterface = 20

  /// What was said beside packets.
  var facts = ContainerFacts()
  /// The file from the current block on.
  var window: ForwardBuffer
  /// Bytes of the window that belong to the packet that was lent last.
  private var lent = 0
  /// Whether the section is in the other byte order than this machine.
  var isSwapped = false
  /// Whether that is known: a section header that cannot be read leaves it open until the next one or an interface.
  var isOrderKnown = true
  /// The interfaces of the section.
  var interfaces: [PcapngInterface] = []
  /// How many more it has for which there was no room.
  var interfacesLeftOut = 0
  /// Where among the damages of the facts the first one stands that may have cost the section an interface, as long as
  /// no interface came behind it.
  var uncertainDamage: Int?
  /// Whether an interface has no snap length.
  var hasUnlimited = false
  /// Packets lost on the interfaces of the sections before.
  var lostBefore: UInt64?
  /// Packets and other frames so far, and the time of the latest packet.
  var frames = 0, time = Timestamp(nanoseconds: 0)
  /// Texts and bytes that are kept so far.
  var keptTexts = 0, keptBytes = 0
  /// The path as given, and whether it is compressed.
  let path: String, isInflated: Bool
  /// Whether nothing more comes.
  private var isAtEnd = false

  /// At the beginning of an input.
  init(_ input: CaptureInput) {
    window = ForwardBuffer(input, offset: 0, capacity: PcapngLimits.bufferSize)
    (path, isInflated) = (input.stored.path, !input.compressions.isEmpty)
  }

  /// The next packet.
  mutating func next() -> StoredPacket? {
    window.skip(lent)
    lent = 0
    while let length = nextBlock() {
      let type = PcapngBlockType(rawValue: window.load(UInt32.self, at: 0, swapped: isSwapped))
      switch type {
      case .enhancedPacket:
        if let packet = enhancedPacket(length) { return lend(packet, length) }
      case .simplePacket:
        if let packet = simplePacket(length) { return lend(packet, length) }
      case .packet:
        if let packet = obsoletePacket(length) { return lend(packet, length) }
      default: note(type, length)
      }
      window.skip(length)
    }
    return nil
  }

  /// Lends a packet of the current block, which is passed over afterwards.
  private mutating func lend(_ packet: StoredPacket, _ length: Int) -> StoredPacket {
    lent = length
    time = packet.time
    return packet
  }

  /// Brings a whole sound block into the window.
  /// - Returns: its length; nil at the end of the file.
  @inline(__always)
  private mutating func nextBlock() -> Int? {
    while !isAtEnd {
      if window.fill(Self.frame), let length = blockLength(), window.fill(length),
        isSound(length) || isFollowed(length)
      {
        return length
      }
      isAtEnd = window.count == 0 && window.fault == nil || !resume()
    }
    return nil
  }

  /// The length that the beginning of a block names; nil when no block has it. A section header tells the byte order of
  /// what follows.
  @inline(__always)
  mutating func blockLength() -> Int? {
    if window.load(UInt32.self, at: 0, swapped: false) == PcapngBlockType.sectionHeader.rawValue {
      guard let order = sectionOrder(at: 0) else { return nil }
      isSwapped = order
    }
    let length = Int(window.load(UInt32.self, at: 4, swapped: isSwapped))
    return length >= Self.frame && length <= PcapngLimits.blockSize && length & 3 == 0 ? length : nil
  }

  /// Whether the end of a block in the window repeats its length.
  @inline(__always)
  func isSound(_ length: Int) -> Bool {
    Int(window.load(UInt32.self, at: length &- 4, swapped: isSwapped)) == length
  }

  /// Whether a section is in the other byte order (§4.1, Byte-Order Magic); nil when it is in none.
  func sectionOrder(at place: Int) -> Bool? {
    switch window.load(UInt32.self, at: place + 8, swapped: false) {
    case 0x1a2b_3c4d: false
    case 0x4d3c_2b1a: true
    default: nil
    }
  }
}
