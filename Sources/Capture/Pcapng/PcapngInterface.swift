import Bytes
import Packets

/// An interface of a section, from its Interface Description Block.
struct PcapngInterface {
  /// What the packets start with.
  let linkType: LinkType
  /// Bytes that are kept of a packet; 0 for all.
  let snapLength: Int
  /// Whether packets of that type are read.
  let isDecoded: Bool
  /// The unit of the packets' times.
  var clock = PcapngClock()
  /// Packets lost, as its last statistics say, and as its packets say.
  var lostBySystem: UInt64?, lostBetween: UInt64?

  /// An interface of this link type and snap length.
  init(linkType: LinkType, snapLength: Int) {
    (self.linkType, self.snapLength, isDecoded) = (linkType, snapLength, linkType.isDecoded)
  }

  /// What stands for an interface whose description is damaged: those behind it keep their numbers, and its packets are
  /// of no link type that anybody registered.
  static let undescribed = PcapngInterface(linkType: LinkType(rawValue: -1), snapLength: 0)

  /// Packets lost; the statistics know better, when there are any.
  var lost: UInt64? { lostBySystem ?? lostBetween }
}

/// How the 64 bits of a packet's time are read (draft-ietf-opsawg-pcapng §4.2, if_tsresol and if_tsoffset).
struct PcapngClock {
  /// Units of a second: 10^`power`, or 2^`power`.
  private var power = 6, isBinary = false
  /// Seconds to add.
  var offset: Int64 = 0

  /// Microseconds, which is what holds without an option.
  init() {}

  /// The unit that the octet of if_tsresol names.
  mutating func setResolution(_ octet: UInt8) { (power, isBinary) = (Int(octet & 0x7f), octet & 0x80 != 0) }

  /// The moment that a time means; clamped to what 64 bits of nanoseconds hold.
  @inline(__always)
  func moment(_ units: UInt64) -> Timestamp {
    if power == 9, !isBinary, offset == 0, let count = Int64(exactly: units) {
      return Timestamp(nanoseconds: count)
    }
    if power == 6, !isBinary, offset == 0, units < UInt64(Int64.max) / 1_000 {
      return Timestamp(nanoseconds: Int64(units) &* 1_000)
    }
    return convert(units)
  }

  /// The same for any unit.
  private func convert(_ units: UInt64) -> Timestamp {
    let (seconds, nanoseconds) = isBinary ? binary(units) : decimal(units)
    let (sum, overflow) = Int64(clamping: seconds).addingReportingOverflow(offset)
    guard !overflow else { return Timestamp(seconds: offset < 0 ? .min : .max) }
    return Timestamp(seconds: sum, nanoseconds: Int64(nanoseconds))
  }

  /// Seconds and nanoseconds of units of 10^-power.
  private func decimal(_ units: UInt64) -> (UInt64, UInt64) {
    // 10^19 is the last power of ten that 64 bits hold; beyond it a unit is too short for a nanosecond in all 64 bits.
    let scale = { (power: Int) in (0..<power).reduce(UInt64(1)) { product, _ in product &* 10 } }
    if power <= 9 { return (units / scale(power), units % scale(power) * scale(9 - power)) }
    if power - 9 > 19 { return (0, 0) }
    let nanoseconds = units / scale(power - 9)
    return (nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000)
  }

  /// Seconds and nanoseconds of units of 2^-power.
  private func binary(_ units: UInt64) -> (UInt64, UInt64) {
    let seconds = power < 64 ? units >> UInt64(power) : 0
    let rest = power < 64 ? units & (1 << UInt64(power) &- 1) : units
    // rest * 10^9 / 2^power: less than 10^9, but the product takes up to 94 bits.
    let (high, low) = rest.multipliedFullWidth(by: 1_000_000_000)
    let nanoseconds =
      power >= 64 ? high >> UInt64(power - 64) : high << UInt64(64 - power) | low >> UInt64(power)
    return (seconds, power == 0 ? 0 : nanoseconds)
  }
}
