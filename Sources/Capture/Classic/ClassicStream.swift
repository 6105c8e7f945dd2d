import CPcap
import CSystem

/// The stdio stream through which libpcap reads a classic file: a file header, and records from some place on.
@safe final class ClassicStream {
  /// Size of the stream's buffer: libpcap asks for headers and packets one by one. Small enough to stay in the nearer
  /// caches; it begins at a whole page, or the kernel's copy takes thrice as long (50 ns a packet of 227 bytes).
  static let bufferSize = 65_536
  /// Alignment of buffers that the kernel copies into.
  static let pageSize = 4_096
  /// Bytes remembered of what was in the buffer before: the longest record header.
  private static let tailSize = 24

  /// The file header, given first.
  private var header: [UInt8]
  /// Where the records come from.
  private let source: any ByteSource
  /// Offset in the file of what comes next from the source.
  private var offset: Int
  /// How many bytes the latest reading gave, if to the buffer, and the last bytes before those.
  private var latest = 0, tail: [UInt8] = [], previousTail: [UInt8] = []
  /// The stream's buffer, and what the stream calls; both outlive it.
  private let buffer: UnsafeMutableRawBufferPointer
  private let reader: UnsafeMutablePointer<csystem_reader>

  /// A stream of the header and of what the source has, which begins at `offset` of the file.
  init(header: [UInt8], _ source: any ByteSource, offset: Int) {
    (self.header, self.source, self.offset) = (header, source, offset)
    unsafe buffer = .allocate(byteCount: Self.bufferSize, alignment: Self.pageSize)
    unsafe reader = .allocate(capacity: 1)
    unsafe reader.initialize(
      to: csystem_reader(
        context: Unmanaged.passUnretained(self).toOpaque(),
        read: { context, target, size in
          let stream = unsafe Unmanaged<ClassicStream>.fromOpaque(context).takeUnretainedValue()
          return unsafe stream.read(into: UnsafeMutableRawBufferPointer(start: target, count: size))
        }))
  }

  deinit {
    unsafe buffer.deallocate()
    unsafe reader.deallocate()
  }

  /// Opens the stream; this object has to outlive it.
  func open() -> UnsafeMutablePointer<FILE>? {
    guard let stream = unsafe csystem_open_reader(reader) else { return nil }
    unsafe setvbuf(stream, buffer.bindMemory(to: CChar.self).baseAddress, _IOFBF, Self.bufferSize)
    return unsafe stream
  }

  /// The bytes from a place of the file on that have been read and are still here; they may begin later than asked for.
  func bytes(from place: Int) -> (offset: Int, bytes: [UInt8]) {
    let chunk = offset - latest
    let kept = unsafe latest > 0 ? Array(buffer[..<latest]) : []
    if place >= chunk { return (place, Array(kept.dropFirst(place - chunk))) }
    let before = (latest > 0 ? previousTail : tail).suffix(chunk - place)
    return (chunk - before.count, before + kept)
  }

  /// Fills the stream's buffer, or what the stream hands on of its caller's; -1 after a failure of the system.
  private func read(into target: UnsafeMutableRawBufferPointer) -> Int {
    if !header.isEmpty {
      let count = min(target.count, header.count)
      unsafe target.copyBytes(from: header.prefix(count))
      header.removeFirst(count)
      return count
    }
    let count = unsafe source.read(into: target)
    guard count > 0 else { return source.fault?.kind == .system ? -1 : 0 }
    offset += count
    latest = unsafe target.baseAddress == buffer.baseAddress ? count : 0
    previousTail = tail
    tail = unsafe Array(target[..<count].suffix(Self.tailSize))
    return count
  }
}
