import CPcap

/// Owns a `pcap_t`.
@safe struct PcapHandle: ~Copyable {
  /// The handle.
  let pointer: OpaquePointer
  /// The bytes behind the handle's stream; closing the handle closes the stream, so they have to last until then.
  private let input: CaptureInput?

  /// Takes a handle over.
  init(_ pointer: OpaquePointer, input: CaptureInput? = nil) {
    unsafe self.pointer = pointer
    self.input = input
  }

  deinit { unsafe pcap_close(pointer) }

  /// What the packets start with.
  var linkType: Int { Int(unsafe pcap_datalink(pointer)) }

  /// The snap length in bytes.
  var snapLength: Int { Int(unsafe pcap_snapshot(pointer)) }

  /// Offset in the file of what is read next.
  var position: Int { unsafe ftello(pcap_file(pointer)) }

  /// libpcap's last error message.
  var errorText: String { unsafe String(cString: pcap_geterr(pointer)) }
}

/// Text that libpcap wrote into a buffer.
func text(_ buffer: [CChar]) -> String {
  String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
