/// How much of a pcapng file is held in memory, whatever the file holds.
enum PcapngLimits {
  /// Bytes of a block: libpcap reads no longer ones (sf-pcapng.c, MAX_BLOCKSIZE).
  static let blockSize = 16_777_216
  /// Bytes that are read at a time, as with classic files.
  static let bufferSize = 262_144
  /// Interfaces of a section that are kept. Packets name theirs in 32 bits, but in the obsolete block in 16: as many as
  /// those can name. Without a limit 20 bytes of a file would take 80 bytes of memory.
  static let interfaces = 65_536
  /// Comments and interface names that are kept, and bytes of each: a screenful of the one, a paragraph of the other.
  static let texts = 100, textSize = 1_024
  /// Bytes of secrets and custom blocks that are kept: a key log line has 200, and a browser's day some thousand lines.
  static let keptBytes = 1_048_576
  /// Such blocks that are kept; Wireshark writes one for a file.
  static let keptBlocks = 1_024
}
