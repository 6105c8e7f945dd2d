import Bytes
import CPcap
import Packets

/// A capture file, or standard input, read through libpcap packet by packet.
///
/// `next()` lends the packet: two live packets of one file do not compile. Whatever ends the reading early is thrown
/// once and kept in the metadata; what was read before it stays valid.
@safe package struct CaptureFile: ~Copyable {
  /// What is known of the file; complete after `finish()`.
  package private(set) var metadata: CaptureMetadata
  /// libpcap's handle, which owns the stream.
  private let handle: PcapHandle
  /// The bytes behind the stream.
  private let input: CaptureInput
  /// Passes packets over; nil passes none.
  private let filter: PacketFilter?
  /// Offset in the file of the next packet's record.
  private var offset: Int
  /// Bytes in front of each packet, as the first record shows: 16, or more in variants; nil in pcapng, where it varies.
  private var recordHeaderLength: Int?
  /// Whether nothing more comes.
  private var isAtEnd = false

  /// Opens a capture.
  /// - Parameters:
  ///   - path: a file, or `-` for standard input.
  ///   - filter: a BPF expression, `pcap-filter(7)`; packets that it does not match are counted and passed over.
  ///   - hash: whether SHA-256 of the whole file is computed on the way.
  package init(path: String, filter: String? = nil, hash: Bool = true) throws(CaptureError) {
    let input = try CaptureInput(path: path, hash: hash)
    guard let format = CaptureFormat(start: input.start) else {
      throw .notACapture(path: path, reason: CaptureFormat.guess(input.start))
    }
    let handle = try Self.open(input)
    let linkType = LinkType(rawValue: handle.linkType)
    guard linkType.isDecoded else { throw .unknownLinkType(path: path, linkType: linkType) }
    let program: PacketFilter? = if let filter { try PacketFilter(filter, handle: handle) } else { nil }
    metadata = CaptureMetadata(
      path: path, format: format, linkType: linkType, snapLength: handle.snapLength)
    offset = handle.position
    self.filter = program
    self.input = input
    self.handle = handle
  }

  /// The next packet that the filter matches; nil at the end of the file, and after an error.
  @_lifetime(&self)
  package mutating func next() throws(CaptureError) -> Frame? {
    guard !isAtEnd else { return nil }
    var header: UnsafeMutablePointer<pcap_pkthdr>?
    var data: UnsafePointer<UInt8>?
    var status = unsafe pcap_next_ex(handle.pointer, &header, &data)
    while status == 1, let packetHeader = unsafe header, let packetData = unsafe data {
      let packet = unsafe packetHeader.pointee
      let time = Self.time(of: packet.ts, in: metadata.format)
      metadata.count(time: time, isCut: packet.caplen < packet.len)
      passRecord(of: Int(packet.caplen))
      if let filter, unsafe !filter.matches(packetHeader, packetData) {
        metadata.filteredOut &+= 1
        status = unsafe pcap_next_ex(handle.pointer, &header, &data)
        continue
      }
      let bytes = unsafe UnsafeBufferPointer(start: packetData, count: Int(packet.caplen)).span
      let frame = Frame(
        number: metadata.packets, time: time, originalLength: Int(packet.len), linkType: metadata.linkType,
        bytes: bytes)
      return unsafe _overrideLifetime(frame, mutating: &self)
    }
    isAtEnd = true
    if status != PCAP_ERROR_BREAK {
      let error = failure()
      metadata.damage = error
      throw error
    }
    return nil
  }

  /// Reads what libpcap left, for the size and the digest, and answers with the complete metadata.
  package mutating func finish() -> CaptureMetadata {
    isAtEnd = true
    metadata.sha256 = input.finish()
    metadata.byteCount = input.byteCount
    return metadata
  }
}

extension CaptureFile {
  /// Moves `offset` behind the record of a packet. Asking the stream costs 130 instructions a packet, so that is done
  /// for the first packet, and where libpcap may have dropped bytes: it hands on no more than the snap length.
  @inline(__always)
  private mutating func passRecord(of length: Int) {
    if let recordHeaderLength, length < metadata.snapLength {
      offset &+= recordHeaderLength &+ length
      return
    }
    let position = handle.position
    if metadata.format == .pcap, length < metadata.snapLength {
      recordHeaderLength = position - offset - length
    }
    offset = position
  }

  /// When a packet was captured; with nanosecond precision the "microseconds" are nanoseconds. libpcap extends the sign
  /// of a classic file's 32 bits of seconds, which count on from 2038 to 2106 (`pcap-savefile(5)`: unsigned).
  private static func time(of stamp: timeval, in format: CaptureFormat) -> Timestamp {
    let seconds = Int64(stamp.tv_sec)
    return Timestamp(
      seconds: format == .pcap ? Int64(UInt32(truncatingIfNeeded: seconds)) : seconds,
      nanoseconds: Int64(stamp.tv_usec))
  }

  /// Lets libpcap read the file header.
  private static func open(_ input: CaptureInput) throws(CaptureError) -> PcapHandle {
    guard let stream = unsafe input.openStream() else {
      throw .notACapture(path: input.path, reason: "there is no memory for its buffer")
    }
    var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    let precision = UInt32(PCAP_TSTAMP_PRECISION_NANO)
    guard let handle = unsafe pcap_fopen_offline_with_tstamp_precision(stream, precision, &message) else {
      unsafe fclose(stream)
      throw .notACapture(path: input.path, reason: input.failure == 0 ? text(message) : input.failureText)
    }
    return unsafe PcapHandle(handle, input: input)
  }

  /// Why `pcap_next_ex` gave no packet although the file has not ended.
  private func failure() -> CaptureError {
    let text = handle.errorText
    let place = CapturePlace(frame: metadata.packets + 1, offset: offset)
    if input.failure != 0 {
      return .readFailed(path: metadata.path, place: place, detail: input.failureText)
    }
    if text.hasPrefix("truncated") { return .truncated(path: metadata.path, place: place, detail: text) }
    return .damaged(path: metadata.path, place: place, detail: text)
  }
}
