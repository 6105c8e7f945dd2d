import Packets

/// A capture file, or standard input, read packet by packet, whatever its container and its compression.
final class CaptureFile {
  /// What is known of the file; complete after `finish()`.
  private var metadata: CaptureMetadata
  /// The bytes, and what takes packets out of them.
  private let input: CaptureInput, reader: any ContainerReader

  /// Opens a capture.
  /// - Parameters:
  ///   - path: a file, or `-` for standard input.
  ///   - hash: whether SHA-256 of the whole file is computed on the way.
  init(path: String, hash: Bool) throws(CaptureError) {
    input = try CaptureInput(path: path, hash: hash)
    guard let format = CaptureFormat(start: input.start) else {
      throw .notACapture(path: path, reason: CaptureFormat.guess(input.start))
    }
    metadata = CaptureMetadata(path: path, format: format, compressions: input.compressions)
    switch format {
    case .pcap:
      reader = try ClassicReader(input)
      // All packets are of one type, and nothing would be read of any.
      if let type = reader.facts.linkTypes.first, !type.isDecoded {
        throw .unknownLinkType(path: path, linkType: type)
      }
    case .pcapng: reader = PcapngReader(input)
    }
  }

  /// The next packet; nil at the end of the file. What cannot be read is passed over and noted in the metadata.
  func next() -> StoredPacket? {
    guard let packet = reader.next() else { return nil }
    metadata.count(packet)
    return packet
  }

  /// Ends the reading: reads what is left, for the size and the digest, and answers with the complete metadata.
  func finish() -> CaptureMetadata {
    metadata.sha256 = input.stored.finish()
    metadata.byteCount = input.stored.byteCount
    metadata.facts = reader.facts
    return metadata
  }
}
