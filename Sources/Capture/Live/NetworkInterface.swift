import CPcap

/// An interface that can be captured on.
package struct NetworkInterface: Equatable, Sendable {
  /// Its name, `eth0`.
  package let name: String
  /// What libpcap says about it.
  package let description: String?
  /// Whether it is up, and whether it is a loopback.
  package let isUp: Bool, isLoopback: Bool

  /// The interfaces that this user may capture on, those most likely to be wanted first.
  package static func all() throws(CaptureError) -> [NetworkInterface] {
    var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    var first: UnsafeMutablePointer<pcap_if_t>?
    guard unsafe pcap_findalldevs(&first, &message) == 0 else {
      throw .captureFailed(name: "any", detail: text(message))
    }
    defer { unsafe pcap_freealldevs(first) }
    var interfaces: [NetworkInterface] = []
    var next = unsafe first
    while let device = unsafe next {
      unsafe interfaces.append(NetworkInterface(device.pointee))
      unsafe next = device.pointee.next
    }
    return interfaces
  }

  /// A copy of what libpcap has.
  private init(_ device: pcap_if_t) {
    name = unsafe device.name.map { unsafe String(cString: $0) } ?? ""
    description = unsafe device.description.map { unsafe String(cString: $0) }
    isUp = unsafe device.flags & UInt32(PCAP_IF_UP) != 0
    isLoopback = unsafe device.flags & UInt32(PCAP_IF_LOOPBACK) != 0
  }
}
