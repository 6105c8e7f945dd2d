/// Tells whether bytes look like a record of a classic file, to find the next one behind damage.
///
///     seconds (4) | fraction (4) | captured length (4) | original length (4) | packet
struct ClassicRecordTest {
  /// The longest packet that libpcap reads (pcap-int.h, MAXIMUM_SNAPLEN).
  static let maximumLength = 262_144
  /// The longest packet that somebody may have cut: with segmentation offload 1 MiB is possible.
  private static let maximumOriginalLength = 1_048_576
  /// Seconds that a record may be away from those before it: longer captures than a year are rare.
  private static let timeSpan: Int64 = 366 * 86_400

  /// The file's header.
  let header: ClassicHeader
  /// Seconds of the first and the latest record that were read; nil when none was. The latest may be damage itself.
  let seconds: (first: Int64, latest: Int64)?

  /// Bytes that have to be in the window for `isRecord` to be certain.
  var reach: Int { 2 * header.recordHeaderSize + Self.maximumLength }

  /// Whether a record begins at the window's start: its header is sound, and so is the next one, if the file goes on.
  func isRecord(_ window: inout ForwardBuffer) -> Bool {
    guard window.fill(header.recordHeaderSize), let length = packetLength(window, at: 0) else { return false }
    let next = header.recordHeaderSize + length
    if window.fill(next + header.recordHeaderSize) { return packetLength(window, at: next) != nil }
    return window.count == next
  }

  /// The length of the packet of a record whose header is sound; nil when it is not.
  private func packetLength(_ window: borrowing ForwardBuffer, at place: Int) -> Int? {
    let isSwapped = header.isBigEndian != (1.bigEndian == 1)
    let word = { (window: borrowing ForwardBuffer, index: Int) in
      window.load(UInt32.self, at: place + 4 * index, swapped: isSwapped)
    }
    let length = Int(word(window, 2)), originalLength = Int(word(window, 3))
    guard length > 0, length <= Self.maximumLength, length <= originalLength,
      originalLength <= Self.maximumOriginalLength, word(window, 1) < header.fractionsPerSecond
    else { return nil }
    guard let seconds else { return length }
    let time = Int64(word(window, 0))
    return min(abs(time - seconds.first), abs(time - seconds.latest)) <= Self.timeSpan ? length : nil
  }
}

/// The records of a classic file from the place on where reading went on behind damage.
final class ResumedSource: ByteSource {
  /// The window in which the place was looked for.
  private var window: ForwardBuffer

  /// What a source has from `offset` of the file on.
  init(_ source: any ByteSource, offset: Int, test: ClassicRecordTest) {
    window = ForwardBuffer(source, offset: offset, capacity: 2 * test.reach)
  }

  var fault: SourceFault? { window.fault }

  func read(into target: UnsafeMutableRawBufferPointer) -> Int { unsafe window.read(into: target) }

  /// Goes back by bytes that were read.
  func unread(_ bytes: [UInt8]) { window.unread(bytes) }

  /// Takes the file header that stands at a place of the file, with the same magic number as the first one; nil when
  /// there is none.
  func takeHeader(at place: Int, like header: ClassicHeader) -> [UInt8]? {
    let isSwapped = header.isBigEndian != (1.bigEndian == 1)
    guard window.offset == place, window.fill(ClassicHeader.size),
      window.load(UInt32.self, at: 0, swapped: isSwapped) == header.magic,
      window.load(UInt32.self, at: 4, swapped: isSwapped) == header.version
    else { return nil }
    let bytes = unsafe Array(window.bytes(at: 0, count: ClassicHeader.size))
    window.skip(ClassicHeader.size)
    return bytes
  }

  /// Goes on to the next record that begins behind a place of the file.
  /// - Returns: its offset in the file; nil when there is none.
  func find(_ test: ClassicRecordTest, behind place: Int) -> Int? {
    if window.offset == place, window.fill(1) { window.skip(1) }
    while window.fill(test.header.recordHeaderSize) {
      if test.isRecord(&window) { return window.offset }
      window.skip(1)
    }
    return nil
  }

  /// Offset in the file of the first byte that has not been read.
  var endOffset: Int { window.offset + window.count }
}
