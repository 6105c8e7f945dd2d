import CCompression

/// Inflates .xz files with liblzma.
@safe final class XZInflater: Inflater {
  /// "Decode concatenated streams" (lzma/container.h, LZMA_CONCATENATED, a macro that Swift does not see).
  private static let concatenated: UInt32 = 0x08

  private(set) var isComplete = false
  /// liblzma's state; at a fixed place, because it is handed on by its address.
  private let stream: UnsafeMutablePointer<lzma_stream>

  /// Before the first stream.
  init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: lzma_stream())
    _ = unsafe lzma_stream_decoder(stream, UInt64(Compression.memoryLimit), Self.concatenated)
  }

  deinit {
    unsafe lzma_end(stream)
    unsafe stream.deallocate()
  }

  func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, isLast: Bool
  ) throws(SourceFaultError) -> (taken: Int, given: Int) {
    if isComplete { return (0, 0) }
    unsafe stream.pointee.next_in = input.bindMemory(to: UInt8.self).baseAddress
    unsafe stream.pointee.avail_in = input.count
    unsafe stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
    unsafe stream.pointee.avail_out = output.count
    let status = unsafe lzma_code(stream, isLast ? LZMA_FINISH : LZMA_RUN)
    let taken = unsafe input.count - stream.pointee.avail_in
    let given = unsafe output.count - stream.pointee.avail_out
    switch status {
    case LZMA_STREAM_END: isComplete = true
    case LZMA_OK, LZMA_BUF_ERROR: break
    default:
      // What came before the fault is handed on; the next call meets it again.
      if given == 0 { throw SourceFaultError(text: Self.text(status)) }
    }
    return (taken, given)
  }

  /// A status in words; the library has none.
  private static func text(_ status: lzma_ret) -> String {
    switch status {
    case LZMA_MEMLIMIT_ERROR: "they ask for more than \(Compression.memoryLimit >> 20) MiB of memory"
    case LZMA_MEM_ERROR: "there is no memory for them"
    case LZMA_FORMAT_ERROR: "something else follows them"
    case LZMA_OPTIONS_ERROR: "they need a newer liblzma"
    default: "a checksum or a code in them is wrong"
    }
  }
}
