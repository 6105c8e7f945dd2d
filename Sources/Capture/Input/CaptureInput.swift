/// The bytes of a capture: those of a file or of standard input, inflated where they are compressed.
final class CaptureInput: ByteSource {
  /// Compressions one inside the other that are followed: a tool that compresses what is compressed already is met
  /// now and then, a third time is an attack on whoever unpacks it.
  static let layerLimit = 2
  /// Bytes looked at to tell what a file is: a classic file header has 24, a skippable frame of pzstd 12 and the
  /// magic number behind it 4.
  private static let startSize = 32

  /// The file as it is stored.
  let stored: StoredFile
  /// How it is compressed, from the outermost to the innermost; empty when it is not.
  let compressions: [Compression]
  /// The first bytes without compression.
  let start: [UInt8]
  /// The bytes without compression.
  private let source: any ByteSource
  /// The same where another core reads them.
  private let ahead: ReadAhead?
  var isAhead: Bool { ahead != nil }

  /// Opens a file, or standard input for `-`, and looks at its first bytes.
  /// - Parameters:
  ///   - hash: whether SHA-256 of the file is computed on the way.
  ///   - mode: whether another core reads, computes the digest and inflates.
  init(path: String, hash: Bool, _ mode: ReadingMode) throws(CaptureError) {
    stored = try StoredFile(path: path, hash: hash)
    var source = PeekedSource(stored, count: Self.startSize), compressions: [Compression] = []
    if let fault = source.fault { throw .notACapture(path: path, reason: fault.text) }
    if source.start.isEmpty { throw .isEmpty(path: path) }
    while let compression = Compression(start: source.start) {
      guard compressions.count < Self.layerLimit else {
        throw .notACapture(path: path, reason: "it is compressed more than \(Self.layerLimit) times")
      }
      compressions.append(compression)
      source = PeekedSource(InflatedSource(source, compression), count: Self.startSize)
      if source.start.isEmpty {
        throw .notACapture(path: path, reason: source.fault?.text ?? "its \(compression) data hold nothing")
      }
    }
    // All layers on one thread, so that none waits for another.
    let hasWork = mode == .parallel || mode == .ahead && (hash || !compressions.isEmpty)
    ahead = hasWork && stored.isRegular ? ReadAhead(source) : nil
    (self.source, start, self.compressions) = (ahead ?? source, source.start, compressions)
  }

  var fault: SourceFault? { source.fault }

  func read(into target: UnsafeMutableRawBufferPointer) -> Int { unsafe source.read(into: target) }

  /// Reads what is left of the file as it is stored, and answers with its digest.
  func finish() -> [UInt8]? {
    ahead?.stop()
    return stored.finish()
  }
}
