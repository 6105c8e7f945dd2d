import CCompression

/// Inflates LZ4 frames with liblz4, whose blocks have at most 4 MiB.
///
/// The library forgets what it gave in a call that fails, so it gets the input block by block.
@safe final class LZ4Inflater: Inflater {
  /// The shortest frame header.
  private static let headerSize = 7

  private(set) var isComplete = false
  /// liblz4's state.
  private var context: OpaquePointer?
  /// How many bytes the library wants next.
  private var wanted = LZ4Inflater.headerSize

  /// Before the first frame.
  init() { _ = unsafe LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION)) }

  deinit { _ = unsafe LZ4F_freeDecompressionContext(context) }

  func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, isLast: Bool
  ) throws(SourceFaultError) -> (taken: Int, given: Int) {
    if isComplete, input.count == 0 { return (0, 0) }
    var taken = min(input.count, max(wanted, 1)), given = output.count
    let status = unsafe LZ4F_decompress(
      context, output.baseAddress, &given, input.baseAddress, &taken, nil)
    guard LZ4F_isError(status) == 0 else {
      let name = unsafe String(cString: LZ4F_getErrorName(status))
      throw SourceFaultError(text: name)
    }
    (wanted, isComplete) = (status == 0 ? Self.headerSize : status, status == 0)
    return (taken, given)
  }
}
