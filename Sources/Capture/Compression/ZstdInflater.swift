import CCompression

/// Inflates zstd (RFC 8878) with libzstd.
///
/// The library forgets what it gave in a call that fails, so it gets the input block by block.
@safe final class ZstdInflater: Inflater {
  /// The largest window in bits: 2^27 bytes are `Compression.memoryLimit`.
  private static let windowBits: Int32 = 27

  private(set) var isComplete = false
  /// libzstd's state.
  private let context: OpaquePointer?
  /// How many bytes the library wants next.
  private var wanted = 5

  /// Before the first frame.
  init() {
    unsafe context = ZSTD_createDCtx()
    _ = unsafe ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Self.windowBits)
  }

  deinit { _ = unsafe ZSTD_freeDCtx(context) }

  func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, isLast: Bool
  ) throws(SourceFaultError) -> (taken: Int, given: Int) {
    if isComplete, input.count == 0 { return (0, 0) }
    var source = unsafe ZSTD_inBuffer(src: input.baseAddress, size: min(input.count, max(wanted, 1)), pos: 0)
    var target = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let status = unsafe ZSTD_decompressStream(context, &target, &source)
    guard ZSTD_isError(status) == 0 else {
      let name = unsafe String(cString: ZSTD_getErrorName(status))
      throw SourceFaultError(text: name)
    }
    (wanted, isComplete) = (status == 0 ? 5 : status, status == 0)
    return unsafe (source.pos, target.pos)
  }
}
