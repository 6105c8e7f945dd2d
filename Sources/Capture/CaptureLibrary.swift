import CPcap

/// The library that reads captures.
package enum CaptureLibrary {
  /// What it says of itself: `libpcap version 1.10.3 (with TPACKET_V3)`.
  package static var version: String { unsafe String(cString: pcap_lib_version()) }
}
