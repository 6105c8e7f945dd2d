import Bytes
import CPcap
import Glibc
import Packets

/// Packets from a network interface.
///
/// The kernel hands them on in blocks, at the latest after a tenth of a second ("immediate mode" would be sooner, and
/// loses packets under load). `next()` lends the packet.
@safe package struct LiveCapture: ~Copyable {
  /// Bytes of a packet that are kept: as many as an IP packet can have.
  package static let snapLength: CInt = 65_535
  /// Milliseconds after which the kernel hands on a block that is not full, and after which `next()` says so.
  static let timeout: CInt = 100
  /// Bytes of the kernel's buffer: a quarter of a second at 1 Gbit/s.
  static let bufferSize: CInt = 32 * 1_048_576
  /// Nanoseconds that packets are still taken after a stop: until the kernel has handed on the block it was filling.
  static let drainTime: Int64 = 150_000_000
  /// Nanoseconds after which a stopped capture ends in any case, however many packets wait.
  static let drainLimit: Int64 = 5_000_000_000

  /// The interface.
  package let interface: String
  /// What the packets start with.
  package let linkType: LinkType
  /// Ends the capture.
  package let stopper: CaptureStopper
  /// Packets read so far.
  package private(set) var packets = 0

  private let handle: PcapHandle
  /// Tells when packets are there to be read.
  private let descriptor: CInt
  /// What a unit of libpcap's fraction of a second is: 1 or 1,000 nanoseconds.
  private let fractionUnit: Int64
  /// When somebody stopped the capture, and until when by the clock of the packets these are taken; nil before.
  private var drain: (start: Int64, lastPacket: Timestamp)?

  /// Starts to capture.
  /// - Parameters:
  ///   - interface: its name, or `any`.
  ///   - ports: the kernel hands on what DNS on these ports needs.
  ///   - isAnyPort: it hands on everything.
  package init(
    interface: String, ports: [UInt16] = [53], isAnyPort: Bool = false,
    stopper: CaptureStopper = CaptureStopper()
  ) throws(CaptureError) {
    let handle = try Self.open(interface)
    let linkType = LinkType(rawValue: handle.linkType)
    guard linkType.isDecoded else {
      throw .captureFailed(
        name: interface, detail: "packets of link type \(linkType.mnemonic) cannot be read")
    }
    let expression = DNSFilter.expression(ports: ports, isAnyPort: isAnyPort, linkType: linkType)
    try FilterProgram(expression, handle: handle).install(handle, interface)
    try Self.makeNonBlocking(handle, interface)
    let isNano = unsafe pcap_get_tstamp_precision(handle.pointer) == PCAP_TSTAMP_PRECISION_NANO
    (self.interface, self.linkType, self.stopper) = (interface, linkType, stopper)
    fractionUnit = isNano ? 1 : 1_000
    descriptor = unsafe pcap_get_selectable_fd(handle.pointer)
    self.handle = handle
  }

  /// The next packet, or that none came within a tenth of a second, or the end.
  @_lifetime(&self)
  package mutating func next() throws(CaptureError) -> LiveEvent {
    if drain == nil, stopper.isStopped { beginDrain() }
    let drained = drain.map { Self.time(CLOCK_MONOTONIC) &- $0.start } ?? 0
    if drained >= Self.drainLimit { return .ended }
    var header: UnsafeMutablePointer<pcap_pkthdr>?
    var data: UnsafePointer<UInt8>?
    var status = unsafe pcap_next_ex(handle.pointer, &header, &data)
    if status == 0, waitForPackets() { status = unsafe pcap_next_ex(handle.pointer, &header, &data) }
    guard status == 1, let packetHeader = unsafe header, let packetData = unsafe data else {
      guard status == 0 else { throw .captureFailed(name: interface, detail: handle.errorText) }
      return drained >= Self.drainTime ? .ended : .timeout
    }
    let packet = unsafe packetHeader.pointee
    let time = Timestamp(
      seconds: Int64(packet.ts.tv_sec), nanoseconds: Int64(packet.ts.tv_usec) &* fractionUnit)
    if let drain, time > drain.lastPacket { return .ended }
    packets &+= 1
    let bytes = unsafe UnsafeBufferPointer(start: packetData, count: Int(packet.caplen)).span
    let frame = Frame(
      number: packets, time: time, originalLength: Int(packet.len), linkType: linkType, bytes: bytes)
    return unsafe _overrideLifetime(.frame(frame), mutating: &self)
  }

  /// The counts of packets since the start; nil when the interface has none.
  package func statistics() -> CaptureStatistics? {
    var counts = pcap_stat()
    guard unsafe pcap_stats(handle.pointer, &counts) == 0 else { return nil }
    return CaptureStatistics(
      received: Int(counts.ps_recv), dropped: Int(counts.ps_drop), droppedByInterface: Int(counts.ps_ifdrop))
  }

  /// Waits until packets are there; false when none came.
  private func waitForPackets() -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, Self.timeout) > 0
  }

  /// From now on packets are taken that were captured before now, or are in the block that the kernel is filling.
  private mutating func beginDrain() {
    let end = Self.time(CLOCK_REALTIME) &+ Self.drainTime
    drain = (Self.time(CLOCK_MONOTONIC), Timestamp(nanoseconds: end))
  }

  /// Nanoseconds of a clock.
  private static func time(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}

/// What a live capture has to say.
package enum LiveEvent: ~Escapable {
  /// A packet.
  case frame(Frame)
  /// No packet for a tenth of a second: time for whatever goes by the clock.
  case timeout
  /// The capture was stopped, and all packets from before that have been read.
  case ended
}

/// What the kernel counts while it captures.
package struct CaptureStatistics: Equatable, Sendable {
  /// Packets that the filter let through.
  package let received: Int
  /// Of these, the packets lost because they were not read fast enough.
  package let dropped: Int
  /// Packets that the interface or its driver lost.
  package let droppedByInterface: Int
}

extension LiveCapture {
  /// Makes a handle and activates it.
  private static func open(_ interface: String) throws(CaptureError) -> PcapHandle {
    var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    guard let pointer = unsafe pcap_create(interface, &message) else {
      throw .noSuchInterface(name: interface, detail: text(message))
    }
    let handle = unsafe PcapHandle(pointer)
    unsafe pcap_set_snaplen(handle.pointer, snapLength)
    unsafe pcap_set_promisc(handle.pointer, 1)
    unsafe pcap_set_timeout(handle.pointer, timeout)
    unsafe pcap_set_buffer_size(handle.pointer, bufferSize)
    // Not every interface has them; the precision in force is asked for afterwards.
    unsafe pcap_set_tstamp_precision(handle.pointer, PCAP_TSTAMP_PRECISION_NANO)
    let status = unsafe pcap_activate(handle.pointer)
    guard status >= 0 else { throw failure(status, interface, handle.errorText) }
    return handle
  }

  /// Why an interface could not be activated.
  private static func failure(_ status: CInt, _ interface: String, _ message: String) -> CaptureError {
    let detail = message.isEmpty ? unsafe String(cString: pcap_statustostr(status)) : message
    return switch status {
    case PCAP_ERROR_NO_SUCH_DEVICE, PCAP_ERROR_IFACE_NOT_UP: .noSuchInterface(name: interface, detail: detail)
    case PCAP_ERROR_PERM_DENIED, PCAP_ERROR_PROMISC_PERM_DENIED:
      .captureNotPermitted(name: interface, detail: detail)
    default: .captureFailed(name: interface, detail: detail)
    }
  }

  /// Lets `pcap_next_ex` come back at once: on a silent interface it would wait for ever, whatever the timeout, and
  /// nobody could stop it.
  private static func makeNonBlocking(_ handle: borrowing PcapHandle, _ interface: String)
    throws(CaptureError)
  {
    var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    guard unsafe pcap_setnonblock(handle.pointer, 1, &message) == 0 else {
      throw .captureFailed(name: interface, detail: text(message))
    }
  }
}
