import CPcap
import Packets

/// A compiled BPF program, `pcap-filter(7)`.
@safe final class FilterProgram {
  /// The program, owned; at a fixed place, because libpcap takes its address.
  private let program: UnsafeMutablePointer<bpf_program>

  /// Compiles an expression for the link type and snap length of a handle.
  init(_ expression: String, handle: borrowing PcapHandle) throws(CaptureError) {
    let program = UnsafeMutablePointer<bpf_program>.allocate(capacity: 1)
    guard unsafe pcap_compile(handle.pointer, program, expression, 1, PCAP_NETMASK_UNKNOWN) == 0 else {
      unsafe program.deallocate()
      throw .badFilter(expression: expression, detail: handle.errorText)
    }
    unsafe self.program = program
  }

  /// Compiles an expression for a link type.
  convenience init(_ expression: String, linkType: LinkType) throws(CaptureError) {
    guard let handle = unsafe pcap_open_dead(linkType.dlt, Self.snapLength) else {
      throw .badFilter(expression: expression, detail: "there is no memory for it")
    }
    try unsafe self.init(expression, handle: PcapHandle(handle))
  }

  deinit {
    unsafe pcap_freecode(program)
    unsafe program.deallocate()
  }

  /// The snap length to compile for: the longest packet that libpcap reads.
  private static let snapLength: CInt = 262_144

  /// Whether a packet matches.
  func matches(_ packet: Span<UInt8>, originalLength: Int) -> Bool {
    unsafe packet.withUnsafeBufferPointer { bytes in
      var header = pcap_pkthdr()
      header.caplen = UInt32(clamping: bytes.count)
      header.len = UInt32(clamping: originalLength)
      return unsafe pcap_offline_filter(program, &header, bytes.baseAddress) != 0
    }
  }

  /// Lets the kernel filter a live capture.
  func install(_ handle: borrowing PcapHandle, _ interface: String) throws(CaptureError) {
    guard unsafe pcap_setfilter(handle.pointer, program) == 0 else {
      throw .captureFailed(name: interface, detail: handle.errorText)
    }
  }
}

extension LinkType {
  /// The number that libpcap has for the type in a program; files have other ones for a few (pcap-common.c).
  fileprivate var dlt: CInt {
    switch rawValue {
    case 100: 11  // ATM, RFC 1483
    case 101: 12  // raw IP
    case 102: 15  // BSD/OS SLIP
    case 103: 16  // BSD/OS PPP
    case 106: 19  // Linux classical IP over ATM
    default: CInt(clamping: rawValue)
    }
  }
}
