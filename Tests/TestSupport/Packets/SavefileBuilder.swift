/// Writes capture files of the classic format, pcap-savefile(5).
package struct SavefileBuilder {
  /// The variants, by magic number as it stands in a big-endian file.
  package enum Variant: UInt32, CaseIterable, Sendable {
    case microseconds = 0xa1b2_c3d4, nanoseconds = 0xa1b2_3c4d
    /// Alexey Kuznetzov's: each record has 8 bytes more.
    case kuznetzov = 0xa1b2_cd34
  }

  /// The variant.
  package let variant: Variant
  /// Whether numbers are written most significant byte first.
  package let isBigEndian: Bool
  /// The file so far.
  package private(set) var bytes: [UInt8] = []

  /// A file without packets.
  package init(
    _ variant: Variant = .microseconds, isBigEndian: Bool = false, linkType: UInt32 = 1,
    snapLength: UInt32 = 65_535
  ) {
    (self.variant, self.isBigEndian) = (variant, isBigEndian)
    bytes = number(variant.rawValue) + number(2 as UInt16) + number(4 as UInt16) + number(0 as UInt64)
    bytes += number(snapLength) + number(linkType)
  }

  /// Adds a packet; the fraction is in the unit of the variant.
  package mutating func add(
    _ packet: [UInt8], seconds: UInt32 = 1, fraction: UInt32 = 0, originalLength: Int? = nil
  ) {
    bytes += number(seconds) + number(fraction)
    bytes += number(UInt32(packet.count)) + number(UInt32(originalLength ?? packet.count))
    if variant == .kuznetzov { bytes += number(0 as UInt64) }
    bytes += packet
  }

  /// A number in the byte order of the file.
  private func number(_ value: some FixedWidthInteger) -> [UInt8] {
    isBigEndian ? octets(value) : octets(value).reversed()
  }
}

/// Writes pcapng files (draft-ietf-opsawg-pcapng).
package struct PcapngBuilder {
  /// Whether numbers are written most significant byte first.
  package let isBigEndian: Bool
  /// The file so far.
  package private(set) var bytes: [UInt8] = []

  /// A file with a section header.
  package init(isBigEndian: Bool = false) {
    self.isBigEndian = isBigEndian
    let version = number(1 as UInt16) + number(0 as UInt16)
    addBlock(0x0a0d_0d0a, number(0x1a2b_3c4d as UInt32) + version + number(-1 as Int64))
  }

  /// Adds an interface whose clock counts in 10^-`resolution` seconds.
  package mutating func addInterface(linkType: UInt16 = 1, snapLength: UInt32 = 65_535, resolution: UInt8 = 9)
  {
    let option = number(9 as UInt16) + number(1 as UInt16) + [resolution, 0, 0, 0] + number(0 as UInt32)
    addBlock(1, number(linkType) + number(0 as UInt16) + number(snapLength) + option)
  }

  /// Adds a packet; the time is in the unit of its interface.
  package mutating func add(_ packet: [UInt8], time: UInt64 = 0, interface: UInt32 = 0) {
    let padding = [UInt8](repeating: 0, count: (4 - packet.count % 4) % 4)
    let times = number(UInt32(time >> 32)) + number(UInt32(truncatingIfNeeded: time))
    let lengths = number(UInt32(packet.count)) + number(UInt32(packet.count))
    addBlock(6, number(interface) + times + lengths + packet + padding)
  }

  /// Adds a block of any type.
  package mutating func addBlock(_ type: UInt32, _ body: [UInt8]) {
    let length = number(UInt32(body.count + 12))
    bytes += number(type) + length + body + length
  }

  /// A number in the byte order of the file.
  private func number(_ value: some FixedWidthInteger) -> [UInt8] {
    isBigEndian ? octets(value) : octets(value).reversed()
  }
}
