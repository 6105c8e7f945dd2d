import Bytes
import CSystem
import Glibc
import Synchronization

/// A storage in a file without a name in `TMPDIR`, or `/tmp`, which nobody else can open and which ends with the process.
/// It is made for the first block; where that fails, or there is no room for a block, what asked keeps its octets in memory.
/// Room is reserved before a block is written, so that a file system that takes a write and looks for room later refuses
/// here. A disk that breaks afterwards, or has less room than its file system believes, ends the process (SIGBUS).
final class TemporaryFile: BlockStorage {
  /// The file.
  private struct File {
    /// Its descriptor; -1 before there is one.
    var descriptor: Int32 = -1
    /// Where the next block goes.
    var end = 0
    /// Whether something went wrong, after which nothing more is written.
    var isBroken = false
  }

  /// Blocks begin at multiples of this: as large as any page of memory is.
  private static let alignment = 1 << 16

  private let file = Mutex(File()), folder: String

  /// A storage without a file.
  /// - Parameter folder: where the file is made.
  init(folder: String = TemporaryFile.folder) { self.folder = folder }

  /// Where files are made that nobody keeps.
  static var folder: String {
    let named = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? ""
    return named.isEmpty ? "/tmp" : named
  }

  deinit { file.withLock { if $0.descriptor >= 0 { close($0.descriptor) } } }

  func store(_ octets: Span<UInt8>) -> StoredBlock? {
    guard octets.count > 0 else { return nil }
    return file.withLock { file in
      if file.isBroken { return nil }
      if file.descriptor < 0 { file.descriptor = TemporaryFile.open(in: folder) }
      let block = TemporaryFile.append(octets, to: &file)
      file.isBroken = block == nil
      return block
    }
  }

  /// Writes octets behind the others and maps them.
  private static func append(_ octets: Span<UInt8>, to file: inout File) -> StoredBlock? {
    guard file.descriptor >= 0, reserve(octets.count, in: file.descriptor, at: file.end),
      write(octets, to: file.descriptor, at: file.end)
    else { return nil }
    let address = unsafe mmap(nil, octets.count, PROT_READ, MAP_SHARED, file.descriptor, off_t(file.end))
    guard let address = unsafe address, unsafe address != MAP_FAILED else { return nil }
    file.end += (octets.count + alignment - 1) / alignment * alignment
    let mapped = unsafe UnsafeRawBufferPointer(start: address, count: octets.count)
    return unsafe StoredBlock(mapped.bindMemory(to: UInt8.self)) {
      _ = unsafe madvise(UnsafeMutableRawPointer(mutating: $0.baseAddress), $0.count, MADV_DONTNEED)
    } end: {
      _ = unsafe munmap(UnsafeMutableRawPointer(mutating: $0.baseAddress), $0.count)
    }
  }

  /// A new file that has lost its name; -1 when there is none.
  private static func open(in folder: String) -> Int32 {
    // Others may write into the folder: what the system names and makes is new and this user's alone.
    var path = Array("\(folder)/dnsaudit-XXXXXX".utf8CString)
    return unsafe path.withUnsafeMutableBufferPointer { path in
      guard let start = path.baseAddress else { return Int32(-1) }
      let descriptor = unsafe csystem_open_temporary(start)
      if descriptor >= 0 { unsafe unlink(start) }
      return descriptor
    }
  }

  /// Reserves room for octets at a place of a file; whether they may be written there. A file system that knows no
  /// reserving says so, and writing shows whether there is room.
  private static func reserve(_ count: Int, in descriptor: Int32, at place: Int) -> Bool {
    while true {
      switch posix_fallocate(descriptor, off_t(place), off_t(count)) {
      case 0, EOPNOTSUPP, EINVAL: return true
      case EINTR: continue
      default: return false
      }
    }
  }

  /// Writes all octets at a place of a file; whether that went well.
  private static func write(_ octets: Span<UInt8>, to descriptor: Int32, at place: Int) -> Bool {
    unsafe octets.withUnsafeBytes { octets in
      var done = 0
      while done < octets.count {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: octets[done...])
        let count = unsafe pwrite(descriptor, rest.baseAddress, rest.count, off_t(place + done))
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        done += count
      }
      return true
    }
  }
}
