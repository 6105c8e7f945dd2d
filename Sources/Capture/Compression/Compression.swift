/// A compression that is read, told by the first bytes and never by a name.
package enum Compression: String, Sendable, CustomStringConvertible {
  /// RFC 1952, any number of members.
  case gzip
  /// RFC 8878, any number of frames.
  case zstd
  /// The LZ4 frame format, any number of frames.
  case lz4
  /// The .xz file format, any number of streams.
  case xz

  /// Bytes of memory that a dictionary or window may take: zstd without options unpacks windows of up to 128 MiB, and
  /// `xz -9` makes dictionaries of 64 MiB.
  static let memoryLimit = 134_217_728

  /// The compression of data that start with these bytes; nil when it is none of them.
  init?(start: [UInt8]) {
    if start.starts(with: [0x1f, 0x8b]) {
      self = .gzip
    } else if start.starts(with: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]) {
      self = .xz
    } else if let frame = Compression(frames: start[...]) {
      self = frame
    } else {
      return nil
    }
  }

  /// zstd or LZ4, which share the magic numbers of skippable frames (RFC 8878 §3.1.2). What a skippable frame hides
  /// that is longer than the bytes here is taken for zstd: pzstd writes such frames.
  private init?(frames bytes: ArraySlice<UInt8>) {
    guard bytes.count >= 4 else { return nil }
    let word = { (place: Int) in
      (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[bytes.startIndex + place + $1]) << (8 * UInt32($1)) }
    }
    switch word(0) {
    case 0xfd2f_b528: self = .zstd
    case 0x184d_2204: self = .lz4
    case 0x184d_2a50...0x184d_2a5f:
      let next = bytes.count >= 8 ? bytes.dropFirst(8 + Int(word(4))) : []
      self = next.count < 4 ? .zstd : Compression(frames: next) ?? .zstd
    default: return nil
    }
  }

  /// The name that its tools have.
  package var description: String { rawValue }

  /// What inflates it.
  func makeInflater() -> any Inflater {
    switch self {
    case .gzip: GzipInflater()
    case .zstd: ZstdInflater()
    case .lz4: LZ4Inflater()
    case .xz: XZInflater()
    }
  }
}
