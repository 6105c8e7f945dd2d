import CPcap

/// The floor: opens a capture with libpcap and asks for packet after packet, looking at none.
func countPackets(in path: String) throws(BenchmarkError) -> Int {
  let messages = UnsafeMutableBufferPointer<CChar>.allocate(capacity: Int(PCAP_ERRBUF_SIZE))
  unsafe messages.initialize(repeating: 0)
  defer { unsafe messages.deallocate() }
  guard let handle = unsafe pcap_open_offline(path, messages.baseAddress) else {
    throw BenchmarkError(description: unsafe text(messages.baseAddress))
  }
  defer { unsafe pcap_close(handle) }

  var header: UnsafeMutablePointer<pcap_pkthdr>?
  var data: UnsafePointer<UInt8>?
  var packets = 0
  while true {
    switch unsafe pcap_next_ex(handle, &header, &data) {
    case 1: packets += 1
    case PCAP_ERROR_BREAK: return packets
    default: throw BenchmarkError(description: unsafe text(pcap_geterr(handle)))
    }
  }
}

/// libpcap's own words.
private func text(_ message: UnsafePointer<CChar>?) -> String {
  guard let message = unsafe message else { return "libpcap gives no reason" }
  return unsafe String(cString: message)
}
