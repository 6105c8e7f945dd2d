import CPcap
import Glibc

/// The floor: opens a capture with libpcap and asks for packet after packet, looking at none; prints how many there were.
///
///     BenchmarkFloor CAPTURE
@main struct PcapLoop {
  static func main() {
    guard CommandLine.arguments.count == 2 else { fail("usage: BenchmarkFloor CAPTURE", status: 2) }
    print(count(CommandLine.arguments[1]))
  }

  /// Counts the packets of a capture.
  private static func count(_ path: String) -> Int {
    let messages = UnsafeMutableBufferPointer<CChar>.allocate(capacity: Int(PCAP_ERRBUF_SIZE))
    unsafe messages.initialize(repeating: 0)
    guard let handle = unsafe pcap_open_offline(path, messages.baseAddress) else {
      unsafe fail(text(messages.baseAddress))
    }
    defer { unsafe pcap_close(handle) }
    var header: UnsafeMutablePointer<pcap_pkthdr>?, data: UnsafePointer<UInt8>?
    var packets = 0
    while true {
      switch unsafe pcap_next_ex(handle, &header, &data) {
      case 1: packets += 1
      case PCAP_ERROR_BREAK: return packets
      default: unsafe fail(text(pcap_geterr(handle)))
      }
    }
  }

  /// libpcap's own words.
  private static func text(_ message: UnsafePointer<CChar>?) -> String {
    guard let message = unsafe message else { return "libpcap gives no reason" }
    return unsafe String(cString: message)
  }

  /// Says what is wrong and ends.
  private static func fail(_ message: String, status: Int32 = 1) -> Never {
    let line = Array("floor: \(message)\n".utf8)
    _ = unsafe write(STDERR_FILENO, line, line.count)
    exit(status)
  }
}
