/// The header of a classic file, `pcap-savefile(5)`.
///
///     magic number (4) | version (2 + 2) | reserved (8) | snap length (4) | link type (4)
struct ClassicHeader {
  /// Its size in bytes.
  static let size = 24
  /// The magic number of Kuznetzov's variant, whose record headers have 24 bytes instead of 16.
  private static let kuznetzov: UInt32 = 0xa1b2_cd34
  /// That of files with nanoseconds.
  private static let nanoseconds: UInt32 = 0xa1b2_3c4d

  /// Whether numbers are written most significant byte first.
  let isBigEndian: Bool
  /// The magic number.
  let magic: UInt32
  /// What a second has of the unit of the records' fractions.
  let fractionsPerSecond: UInt32
  /// Bytes of a record in front of its packet.
  let recordHeaderSize: Int
  /// The snap length as it stands in the file.
  let snapLength: Int

  /// Reads a header; nil when there are too few bytes.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= Self.size else { return nil }
    let start = bytes.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    isBigEndian = start >> 16 == 0xa1b2
    magic = isBigEndian ? start : start.byteSwapped
    fractionsPerSecond = magic == Self.nanoseconds ? 1_000_000_000 : 1_000_000
    recordHeaderSize = magic == Self.kuznetzov ? 24 : 16
    let length = bytes[16..<20].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    snapLength = Int(isBigEndian ? length : length.byteSwapped)
  }

  /// Version 2.4, as the number that its four bytes make.
  var version: UInt32 { isBigEndian ? 0x0002_0004 : 0x0004_0002 }

  /// Whether a record without bytes is in truth the beginning of another file header, as where files were written one
  /// behind the other: the magic number and the version stand in the place of its time.
  func isFileHeader(seconds: UInt32, nanoseconds: Int) -> Bool {
    seconds == magic && nanoseconds == Int(version) * (1_000_000_000 / Int(fractionsPerSecond))
  }

  /// The header as libpcap gets it: without a snap length, because libpcap throws away what packets have beyond it,
  /// and some writers put more into them than they announce.
  static func withoutSnapLength(_ bytes: [UInt8]) -> [UInt8] {
    bytes.prefix(16) + [0, 0, 0, 0] + bytes[20..<size]
  }
}
