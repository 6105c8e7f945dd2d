/// The container of a capture, told by its first bytes and never by its name.
package enum CaptureFormat: String, Sendable {
  /// The classic format, `pcap-savefile(5)`, in either byte order and resolution, and Kuznetzov's variant.
  case pcap
  /// draft-ietf-opsawg-pcapng.
  case pcapng

  /// The first four bytes of each variant, as a number in network order.
  private static let magics: [UInt32: CaptureFormat] = [
    0xa1b2_c3d4: .pcap, 0xd4c3_b2a1: .pcap,  // microseconds
    0xa1b2_3c4d: .pcap, 0x4d3c_b2a1: .pcap,  // nanoseconds
    0xa1b2_cd34: .pcap, 0x34cd_b2a1: .pcap,  // Kuznetzov's variant
    0x0a0d_0d0a: .pcapng,
  ]

  /// What other files start with, so that a message can say what was given instead of a capture.
  private static let others: [(start: [UInt8], name: String)] = [
    ([0x42, 0x5a, 0x68], "it is compressed with bzip2; unpack it first"),
    ([0x1f, 0x9d], "it is compressed with compress; unpack it first"),
    ([0x5d, 0x00, 0x00], "it is compressed with lzma; unpack it first"),
    ([0x02, 0x21, 0x4c, 0x18], "it is compressed with an old lz4; unpack it first"),
    ([0x50, 0x4b, 0x03, 0x04], "it is a zip archive; unpack it first"),
    ([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], "it is a 7z archive; unpack it first"),
    (Array("snoop\0\0\0".utf8), "it is a snoop capture; convert it to pcap first"),
    (Array("GMBU".utf8), "it is a capture of Microsoft's Network Monitor; convert it to pcap first"),
    (Array("TRSNIFF data".utf8), "it is a capture of the Sniffer; convert it to pcap first"),
  ]

  /// The container that starts with these bytes; nil when it is none.
  init?(start bytes: [UInt8]) {
    guard bytes.count >= 4 else { return nil }
    let magic = bytes.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    guard let format = Self.magics[magic] else { return nil }
    self = format
  }

  /// What a file that is no capture seems to be.
  static func guess(_ bytes: [UInt8]) -> String {
    if let other = others.first(where: { bytes.starts(with: $0.start) }) { return other.name }
    if bytes.count < 4 { return "it has only \(bytes.count) bytes" }
    return "it starts with neither the magic number of pcap nor that of pcapng"
  }
}
