/// Inflates compressed bytes piece by piece, in memory that does not grow.
protocol Inflater: AnyObject {
  /// Whether what was taken so far is whole: a member, frame or stream has ended, and no other begun.
  var isComplete: Bool { get }
  /// Inflates as much as there is room for.
  /// - Parameter isLast: whether no bytes follow those in `input`.
  /// - Returns: how many bytes were taken and given; neither when more input is needed.
  func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, isLast: Bool
  ) throws(SourceFaultError) -> (taken: Int, given: Int)
}

/// Compressed data that cannot be inflated, in the library's words.
struct SourceFaultError: Error {
  let text: String
}

/// What compressed bytes of another source inflate to.
@safe final class InflatedSource: ByteSource {
  /// Compressed bytes that are read at a time: a block of zstd, the largest that its tools write.
  private static let inputSize = 131_072

  /// Why the bytes end before their time.
  private(set) var fault: SourceFault?
  /// The compression, what undoes it, and the compressed bytes.
  private let compression: Compression, inflater: any Inflater, source: any ByteSource
  /// Compressed bytes, and those of them that are still to be taken.
  private let input: UnsafeMutableRawBufferPointer
  private var start = 0, end = 0, isLast = false

  /// What a source inflates to.
  init(_ source: any ByteSource, _ compression: Compression) {
    (self.source, self.compression, inflater) = (source, compression, compression.makeInflater())
    unsafe input = .allocate(byteCount: Self.inputSize, alignment: 16)
  }

  deinit { unsafe input.deallocate() }

  func read(into target: UnsafeMutableRawBufferPointer) -> Int {
    while fault == nil {
      if start == end, !isLast { refill() }
      let step: (taken: Int, given: Int)
      do throws(SourceFaultError) {
        step = try unsafe inflater.inflate(
          UnsafeRawBufferPointer(rebasing: input[start..<end]), into: target, isLast: isLast)
      } catch {
        fault = SourceFault(kind: .corrupt, text: "its \(compression) data are damaged: \(error.text)")
        break
      }
      start += step.taken
      if step.given > 0 { return step.given }
      if step.taken == 0, isLast || start < end { end(atInput: start == end) }
      if fault == nil, isLast, start == end, inflater.isComplete { return 0 }
    }
    return 0
  }

  /// Reads compressed bytes.
  private func refill() {
    (start, end) = (0, unsafe source.read(into: input))
    isLast = end == 0
  }

  /// No step is possible any more: at the end of a whole input that is as it should be.
  private func end(atInput: Bool) {
    if atInput, inflater.isComplete, source.fault == nil { return }
    fault =
      source.fault
      ?? SourceFault(kind: atInput ? .cut : .corrupt, text: "its \(compression) data end early")
  }
}
