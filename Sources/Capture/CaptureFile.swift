import Packets

/// A capture file, or standard input, read packet by packet, whatever its container and its compression.
struct CaptureFile: ~Copyable {
  /// What is known of the file; complete after `finish()`.
  private var metadata: CaptureMetadata
  /// The bytes.
  private let input: CaptureInput
  /// What takes packets out of them: one of the two. Called without a class or a protocol in between, because it is
  /// called for every packet.
  private var classic: ClassicReader?, pcapng: PcapngReader?

  /// Opens a capture.
  /// - Parameters:
  ///   - path: a file, or `-` for standard input.
  ///   - hash: whether SHA-256 of the whole file is computed on the way.
  ///   - mode: whether other cores do what comes before packets.
  init(path: String, hash: Bool, _ mode: ReadingMode) throws(CaptureError) {
    let input = try CaptureInput(path: path, hash: hash, mode)
    guard let format = CaptureFormat(start: input.start) else {
      throw .notACapture(path: path, reason: CaptureFormat.guess(input.start))
    }
    let classic = try Self.classicReader(input, format)
    self.classic = consume classic
    pcapng = format == .pcapng ? PcapngReader(input) : nil
    self.input = input
    metadata = CaptureMetadata(path: path, format: format, compressions: input.compressions)
  }

  /// The reader of a classic file whose packets can be decoded; nil for other containers.
  private static func classicReader(_ input: CaptureInput, _ format: CaptureFormat) throws(CaptureError)
    -> ClassicReader?
  {
    guard format == .pcap else { return nil }
    let reader = try ClassicReader(input)
    // All packets are of one type, and nothing would be read of any.
    if let type = reader.facts.linkTypes.first, !type.isDecoded {
      throw .unknownLinkTypes(path: input.stored.path, linkTypes: [type])
    }
    return reader
  }

  /// The next packet; nil at the end of the file. What cannot be read is passed over and noted in the metadata.
  @inline(__always)
  mutating func next() -> StoredPacket? {
    guard let packet = pcapng?.next() ?? classic?.next() else { return nil }
    metadata.count(packet)
    return packet
  }

  /// Ends the reading: reads what is left, for the size and the digest, and answers with the complete metadata.
  consuming func finish() -> CaptureMetadata {
    metadata.sha256 = input.finish()
    metadata.byteCount = input.stored.byteCount
    if let facts = classic?.facts ?? pcapng?.finalFacts { metadata.facts = facts }
    return metadata
  }
}
