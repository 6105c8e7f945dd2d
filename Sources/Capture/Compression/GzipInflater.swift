import CCompression

/// Inflates gzip (RFC 1952) with zlib.
@safe final class GzipInflater: Inflater {
  /// 32 KiB of window, and 16 more for "gzip alone" (zlib.h, inflateInit2).
  private static let windowBits: Int32 = 15 + 16

  private(set) var isComplete = false
  /// zlib's state; at a fixed place, because zlib keeps its address.
  private let stream: UnsafeMutablePointer<z_stream>

  /// Before the first member.
  init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    unsafe inflateInit2_(stream, Self.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, isLast: Bool
  ) throws(SourceFaultError) -> (taken: Int, given: Int) {
    let skipped = isComplete ? try unsafe beginMember(input) : 0
    if isComplete { return (skipped, 0) }
    // zlib does not write to its input; its header says so only when asked to.
    unsafe stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.bindMemory(to: UInt8.self).baseAddress?.advanced(by: skipped))
    unsafe stream.pointee.avail_in = UInt32(clamping: input.count - skipped)
    unsafe stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
    unsafe stream.pointee.avail_out = UInt32(clamping: output.count)
    let status = unsafe CCompression.inflate(stream, Z_NO_FLUSH)
    let taken = unsafe input.count - Int(stream.pointee.avail_in)
    let given = unsafe output.count - Int(stream.pointee.avail_out)
    switch status {
    case Z_STREAM_END: isComplete = true
    case Z_OK, Z_BUF_ERROR: break
    default:
      // What came before the fault is handed on; the next call meets it again.
      if given == 0 { throw SourceFaultError(text: message) }
    }
    return (taken, given)
  }

  /// Passes over the zeros that tapes leave behind a member, and begins the next one.
  /// - Returns: how many bytes were taken.
  private func beginMember(_ input: UnsafeRawBufferPointer) throws(SourceFaultError) -> Int {
    guard let start = unsafe input.firstIndex(where: { $0 != 0 }) else { return input.count }
    guard unsafe input[start] == 0x1f else { throw SourceFaultError(text: "something else follows them") }
    unsafe inflateReset(stream)
    isComplete = false
    return start
  }

  /// What zlib says.
  private var message: String {
    unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "zlib gives no reason"
  }
}
