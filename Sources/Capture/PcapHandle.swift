import CPcap

/// Owns a `pcap_t`.
@safe struct PcapHandle: ~Copyable {
  /// The handle.
  let pointer: OpaquePointer
  /// What the handle reads from; closing the handle closes its stream, so it has to last until then.
  let stream: ClassicStream?

  /// Takes a handle over.
  init(_ pointer: OpaquePointer, stream: ClassicStream? = nil) {
    unsafe self.pointer = pointer
    self.stream = stream
  }

  deinit { unsafe pcap_close(pointer) }

  /// What the packets start with.
  var linkType: Int { Int(unsafe pcap_datalink(pointer)) }

  /// libpcap's last error message.
  var errorText: String { unsafe String(cString: pcap_geterr(pointer)) }
}

/// Text that libpcap wrote into a buffer.
func text(_ buffer: [CChar]) -> String {
  String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
