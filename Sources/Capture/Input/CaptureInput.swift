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
  /// The bytes without compression.
  private let source: PeekedSource
  /// What is read on other cores, each from the one before.
  private let ahead: [ReadAhead]

  /// Opens a file, or standard input for `-`, and looks at its first bytes.
  /// - Parameters:
  ///   - hash: whether SHA-256 of the file is computed on the way.
  ///   - mode: whether other cores read, compute the digest and inflate.
  init(path: String, hash: Bool, _ mode: ReadingMode) throws(CaptureError) {
    stored = try StoredFile(path: path, hash: hash)
    var ahead: [ReadAhead] = []
    let isAhead = mode == .parallel || mode == .ahead && hash
    var source = Self.peek(stored, isAhead, &ahead), compressions: [Compression] = []
    if let fault = source.fault { throw .notACapture(path: path, reason: fault.text) }
    if source.start.isEmpty { throw .isEmpty(path: path) }
    while let compression = Compression(start: source.start) {
      guard compressions.count < Self.layerLimit else {
        throw .notACapture(path: path, reason: "it is compressed more than \(Self.layerLimit) times")
      }
      compressions.append(compression)
      source = Self.peek(InflatedSource(source, compression), mode != .inline, &ahead)
      if source.start.isEmpty {
        throw .notACapture(path: path, reason: source.fault?.text ?? "its \(compression) data hold nothing")
      }
    }
    (self.source, self.compressions, self.ahead) = (source, compressions, ahead)
  }

  /// Looks at the first bytes of a source that is read ahead, or not.
  private static func peek(_ source: any ByteSource, _ isAhead: Bool, _ ahead: inout [ReadAhead])
    -> PeekedSource
  {
    guard isAhead else { return PeekedSource(source, count: startSize) }
    let reader = ReadAhead(source)
    ahead.append(reader)
    return PeekedSource(reader, count: startSize)
  }

  /// The first bytes without compression.
  var start: [UInt8] { source.start }

  var fault: SourceFault? { source.fault }

  func read(into target: UnsafeMutableRawBufferPointer) -> Int { unsafe source.read(into: target) }

  /// Reads what is left of the file as it is stored, and answers with its digest.
  func finish() -> [UInt8]? {
    // The last one may wait for the one before.
    for reader in ahead.reversed() { reader.stop() }
    return stored.finish()
  }
}
