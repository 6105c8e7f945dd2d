import CPcap

/// A compiled BPF program, `pcap-filter(7)`.
@safe final class PacketFilter {
  /// The program, owned; at a fixed place, because libpcap takes its address.
  private let program: UnsafeMutablePointer<bpf_program>

  /// Compiles an expression for the link type and snap length of a capture.
  init(_ expression: String, handle: borrowing PcapHandle) throws(CaptureError) {
    let program = UnsafeMutablePointer<bpf_program>.allocate(capacity: 1)
    guard unsafe pcap_compile(handle.pointer, program, expression, 1, PCAP_NETMASK_UNKNOWN) == 0 else {
      unsafe program.deallocate()
      throw .badFilter(expression: expression, detail: handle.errorText)
    }
    unsafe self.program = program
  }

  deinit {
    unsafe pcap_freecode(program)
    unsafe program.deallocate()
  }

  /// Whether a packet matches.
  func matches(_ header: UnsafePointer<pcap_pkthdr>, _ data: UnsafePointer<UInt8>) -> Bool {
    unsafe pcap_offline_filter(program, header, data) != 0
  }

  /// Lets the kernel filter a live capture.
  func install(_ handle: borrowing PcapHandle, _ interface: String) throws(CaptureError) {
    guard unsafe pcap_setfilter(handle.pointer, program) == 0 else {
      throw .captureFailed(name: interface, detail: handle.errorText)
    }
  }
}
