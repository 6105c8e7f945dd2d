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
