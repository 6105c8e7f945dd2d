import CSystem
import Crypto
import Glibc

/// The bytes of a capture file or of standard input, read once: libpcap gets them through a stdio stream, and the
/// digest on the way.
@safe final class CaptureInput {
  /// Size of the stream's buffer: libpcap asks for headers and packets one by one. Small enough to stay in the nearer
  /// caches; it begins at a whole page, or the kernel's copy takes thrice as long (50 ns a packet of 227 bytes).
  private static let bufferSize = 65_536
  /// Alignment of the buffer.
  private static let pageSize = 4_096
  /// Bytes read ahead to tell the container: as long as the longest start of `CaptureFormat`.
  private static let startSize = 8

  /// The path as given.
  let path: String
  /// The bytes read ahead.
  private(set) var start: [UInt8] = []
  /// How many of them the stream has taken.
  private var startTaken = 0
  /// The file, open for reading.
  private let descriptor: CInt
  /// Digest of what was read; nil when not wanted.
  private var digest: IncrementalDigest?
  /// Bytes that the stream has taken.
  private(set) var byteCount = 0
  /// errno of a failed read; 0 when none failed.
  private(set) var failure: CInt = 0
  /// The buffer of the stream, and what the stream calls; both outlive it.
  private let buffer: UnsafeMutableRawBufferPointer
  private let reader: UnsafeMutablePointer<csystem_reader>

  /// Opens a file, or standard input for `-`, and reads its first bytes.
  init(path: String, hash: Bool) throws(CaptureError) {
    descriptor = try Self.open(path)
    self.path = path
    digest = hash ? IncrementalDigest(.sha256) : nil
    unsafe buffer = .allocate(byteCount: Self.bufferSize, alignment: Self.pageSize)
    unsafe reader = .allocate(capacity: 1)
    unsafe reader.initialize(
      to: csystem_reader(
        context: Unmanaged.passUnretained(self).toOpaque(),
        read: { context, target, size in
          let input = unsafe Unmanaged<CaptureInput>.fromOpaque(context).takeUnretainedValue()
          return unsafe input.read(into: UnsafeMutableRawBufferPointer(start: target, count: size))
        },
        position: { context in
          Int64(unsafe Unmanaged<CaptureInput>.fromOpaque(context).takeUnretainedValue().byteCount)
        }))
    try readStart()
  }

  deinit {
    if path != "-" { close(descriptor) }
    unsafe buffer.deallocate()
    unsafe reader.deallocate()
  }

  /// A stdio stream over the bytes; the input has to outlive it.
  func openStream() -> UnsafeMutablePointer<FILE>? {
    guard let stream = unsafe csystem_open_reader(reader) else { return nil }
    unsafe setvbuf(stream, buffer.bindMemory(to: CChar.self).baseAddress, _IOFBF, Self.bufferSize)
    return unsafe stream
  }

  /// Reads what is left, so that the digest covers the whole file, and answers with it.
  func finish() -> [UInt8]? {
    let rest = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.bufferSize, alignment: Self.pageSize)
    defer { unsafe rest.deallocate() }
    while unsafe read(into: rest) > 0 {}
    let result = failure == 0 ? digest?.finalize() : nil
    digest = nil
    return result
  }

  /// The message of a failed read.
  var failureText: String { unsafe String(cString: strerror(failure)) }

  /// Opens the path and refuses what cannot be a capture.
  private static func open(_ path: String) throws(CaptureError) -> CInt {
    let descriptor = path == "-" ? STDIN_FILENO : unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      switch errno {
      case ENOENT, ENOTDIR: throw .notFound(path: path)
      case EACCES, EPERM: throw .noPermission(path: path)
      default: throw .notACapture(path: path, reason: unsafe String(cString: strerror(errno)))
      }
    }
    var status = stat()
    if unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      if path != "-" { close(descriptor) }
      throw .isDirectory(path: path)
    }
    return descriptor
  }

  /// Reads ahead what tells the container.
  private func readStart() throws(CaptureError) {
    var bytes = [UInt8](repeating: 0, count: Self.startSize)
    var count = 0
    while count < bytes.count {
      let got = unsafe bytes.withUnsafeMutableBytes {
        unsafe readOnce(UnsafeMutableRawBufferPointer(rebasing: $0[count...]))
      }
      guard got > 0 else { break }
      count += got
    }
    start = Array(bytes.prefix(count))
    if failure != 0 { throw .notACapture(path: path, reason: failureText) }
    if start.isEmpty { throw .isEmpty(path: path) }
  }

  /// Fills the stream's buffer: first what was read ahead.
  private func read(into target: UnsafeMutableRawBufferPointer) -> Int {
    let count: Int
    if startTaken < start.count {
      count = min(target.count, start.count - startTaken)
      unsafe target.copyBytes(from: start[startTaken..<startTaken + count])
      startTaken += count
    } else {
      count = unsafe readOnce(target)
    }
    guard count > 0 else { return count }
    unsafe digest?.update(UnsafeRawBufferPointer(rebasing: target[..<count]))
    byteCount += count
    return count
  }

  /// One read(2), again when a signal interrupted it.
  private func readOnce(_ target: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      let count = unsafe Glibc.read(descriptor, target.baseAddress, target.count)
      if count >= 0 { return count }
      if errno != EINTR {
        failure = errno
        return -1
      }
    }
  }
}
