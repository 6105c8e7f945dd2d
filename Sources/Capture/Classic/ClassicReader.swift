import Bytes
import CPcap
import Packets

/// Reads a classic file through libpcap. Behind damage it looks for the next record and gives libpcap the file header
/// and what follows from there on.
@safe struct ClassicReader: ~Copyable {
  /// How often damage is passed over: each time costs up to two buffers of copying, and a file with so much of it is
  /// worth a look by hand.
  static let resumeLimit = 256

  /// What the file says beside its packets.
  private(set) var facts = ContainerFacts()
  /// Where the bytes come from, and the first file header.
  private let input: CaptureInput, header: ClassicHeader
  /// The file header in force, and what the packets start with.
  private var fileHeader: [UInt8], linkType: LinkType
  /// libpcap's handle.
  private var handle: PcapHandle
  /// The bytes behind damage; nil before any.
  private var resumed: ResumedSource?
  /// Packets read, and the offset of the next record.
  private var packets = 0, offset = ClassicHeader.size
  /// Seconds of the first and the latest record.
  private var firstSeconds: Int64?, latestSeconds: Int64 = 0
  /// Whether nothing more comes.
  private var isAtEnd = false

  /// Lets libpcap read the file header.
  init(_ input: CaptureInput) throws(CaptureError) {
    let path = input.stored.path
    guard let header = ClassicHeader(input.start) else {
      throw .notACapture(
        path: path, reason: input.fault?.text ?? "it is cut short inside the file header")
    }
    var fileHeader = [UInt8](repeating: 0, count: ClassicHeader.size)
    _ = unsafe fileHeader.withUnsafeMutableBytes { unsafe input.read(into: $0) }
    let handle: PcapHandle
    do throws(ClassicOpenError) {
      handle = try Self.open(fileHeader, input, offset: ClassicHeader.size)
    } catch {
      throw .notACapture(path: path, reason: error.text)
    }
    (self.input, self.header) = (input, header)
    (self.fileHeader, linkType) = (fileHeader, LinkType(rawValue: handle.linkType))
    self.handle = handle
    facts.snapLength = header.snapLength
    facts.note(linkType)
  }

  /// The next packet; nil at the end. What cannot be read is passed over and noted in the facts.
  mutating func next() -> StoredPacket? {
    guard !isAtEnd else { return nil }
    var packetHeader: UnsafeMutablePointer<pcap_pkthdr>?
    var data: UnsafePointer<UInt8>?
    while true {
      let status = unsafe pcap_next_ex(handle.pointer, &packetHeader, &data)
      if status == 1, let record = unsafe packetHeader?.pointee, let start = unsafe data {
        if record.caplen == 0, record.len == 0, isFileHeader(record) {
          guard resume("another file header begins") else { break }
          continue
        }
        packets &+= 1
        offset &+= header.recordHeaderSize &+ Int(record.caplen)
        // libpcap extends the sign of the 32 bits, which count on from 2038 to 2106 (pcap-savefile(5): unsigned).
        let whole = Int64(UInt32(truncatingIfNeeded: record.ts.tv_sec))
        if firstSeconds == nil { firstSeconds = whole }
        latestSeconds = whole
        return unsafe StoredPacket(
          number: packets, time: Timestamp(seconds: whole, nanoseconds: Int64(record.ts.tv_usec)),
          linkType: linkType, originalLength: Int(record.len),
          bytes: UnsafeRawBufferPointer(start: start, count: Int(record.caplen)))
      }
      if status == PCAP_ERROR_BREAK, input.fault == nil { break }
      guard resume() else { break }
    }
    isAtEnd = true
    return nil
  }
}

/// Why libpcap does not take a file header, in its words.
private struct ClassicOpenError: Error {
  let text: String
}

extension ClassicReader {
  /// Opens a handle on a file header and what a source has, which begins at `offset` of the file.
  private static func open(_ header: [UInt8], _ source: any ByteSource, offset: Int)
    throws(ClassicOpenError) -> PcapHandle
  {
    let stream = ClassicStream(
      header: ClassicHeader.withoutSnapLength(header), source, offset: offset)
    guard let file = unsafe stream.open() else {
      throw ClassicOpenError(text: "there is no memory for its buffer")
    }
    var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    let precision = UInt32(PCAP_TSTAMP_PRECISION_NANO)
    guard let handle = unsafe pcap_fopen_offline_with_tstamp_precision(file, precision, &message) else {
      unsafe fclose(file)
      throw ClassicOpenError(text: Capture.text(message))
    }
    return unsafe PcapHandle(handle, stream: stream)
  }

  /// Whether a record is in truth a file header.
  private func isFileHeader(_ record: pcap_pkthdr) -> Bool {
    header.isFileHeader(
      seconds: UInt32(truncatingIfNeeded: record.ts.tv_sec), nanoseconds: record.ts.tv_usec)
  }

  /// Goes on behind the record that cannot be read, and notes what was lost; false when nothing follows.
  /// - Parameter reason: why it cannot; nil when libpcap knows.
  private mutating func resume(_ reason: String? = nil) -> Bool {
    let place = CapturePlace(frame: packets + 1, offset: offset, isInflated: !input.compressions.isEmpty)
    let detail = reason ?? handle.errorText
    if input.fault == nil, facts.damageCount < Self.resumeLimit, let stream = handle.stream {
      let test = ClassicRecordTest(header: header, seconds: firstSeconds.map { ($0, latestSeconds) })
      let known = stream.bytes(from: offset)
      let source = resumed ?? ResumedSource(input, offset: known.offset + known.bytes.count, test: test)
      resumed = source
      source.unread(known.bytes)
      if let header = source.takeHeader(at: offset, like: header) {
        fileHeader = header
        if goOn(source, at: offset + ClassicHeader.size, place, "a second file header") { return true }
      } else if let found = source.find(test, behind: offset), goOn(source, at: found, place, detail) {
        // The record began with what was wrong: another one may begin from its second byte on.
        return true
      }
    }
    facts.note(end(place, detail), lost: max(0, (resumed?.endOffset ?? offset) - offset))
    return false
  }

  /// Lets libpcap read on at a place, and notes what lies in front of it; false when it does not.
  private mutating func goOn(
    _ source: ResumedSource, at found: Int, _ place: CapturePlace, _ detail: String
  ) -> Bool {
    guard let next = try? Self.open(fileHeader, source, offset: found) else { return false }
    let lost = found - offset
    facts.note(.skipped(path: input.stored.path, place: place, lost: lost, detail: detail), lost: lost)
    handle = next
    offset = found
    linkType = LinkType(rawValue: handle.linkType)
    facts.note(linkType)
    return true
  }

  /// Why nothing more can be read.
  private func end(_ place: CapturePlace, _ detail: String) -> CaptureError {
    let path = input.stored.path
    switch input.fault?.kind {
    case .system: return .readFailed(path: path, place: place, detail: input.fault?.text ?? detail)
    case .cut: return .truncated(path: path, place: place, detail: input.fault?.text ?? detail)
    case .corrupt: return .damaged(path: path, place: place, detail: input.fault?.text ?? detail)
    case nil where detail.hasPrefix("truncated"): return .truncated(path: path, place: place, detail: detail)
    case nil: return .damaged(path: path, place: place, detail: detail)
    }
  }
}
