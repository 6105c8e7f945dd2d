import Crypto
import Glibc

/// A file or standard input as it is stored, read once; the digest is computed on the way.
@safe final class StoredFile: ByteSource {
  /// Bytes that are read at a time when nobody wants them but the digest.
  private static let chunkSize = 262_144

  /// The path as given.
  let path: String
  /// The file, open for reading.
  private let descriptor: CInt
  /// Digest of what was read; nil when not wanted.
  private var digest: IncrementalDigest?
  /// Bytes read.
  private(set) var byteCount = 0
  /// Why reading failed.
  private(set) var fault: SourceFault?

  /// Opens a file, or standard input for `-`.
  init(path: String, hash: Bool) throws(CaptureError) {
    let descriptor = path == "-" ? STDIN_FILENO : unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT, ENOTDIR: throw .notFound(path: path)
      case EACCES, EPERM: throw .noPermission(path: path)
      default: throw .notACapture(path: path, reason: unsafe String(cString: strerror(errno)))
      }
    }
    (self.path, self.descriptor) = (path, descriptor)
    digest = hash ? IncrementalDigest(.sha256) : nil
  }

  /// Whether it is a file on a disk, which nobody has to write first.
  var isRegular: Bool {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  deinit { if path != "-" { close(descriptor) } }

  func read(into target: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      let count = unsafe Glibc.read(descriptor, target.baseAddress, target.count)
      if count >= 0 {
        unsafe digest?.update(UnsafeRawBufferPointer(rebasing: target[..<count]))
        byteCount += count
        return count
      }
      if errno != EINTR {
        fault = SourceFault(kind: .system, text: unsafe String(cString: strerror(errno)))
        return 0
      }
    }
  }

  /// Reads what is left, so that size and digest are those of the whole file, and answers with the digest.
  func finish() -> [UInt8]? {
    let rest = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunkSize, alignment: 16)
    defer { unsafe rest.deallocate() }
    while unsafe read(into: rest) > 0 {}
    let result = fault == nil ? digest?.finalize() : nil
    digest = nil
    return result
  }
}
