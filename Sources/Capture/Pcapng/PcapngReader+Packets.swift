import Bytes
import Packets

extension PcapngReader {
  /// The packet in an Enhanced Packet Block (§4.3).
  ///
  ///     type | length | interface (4) | time, upper half (4), lower half (4) | captured length (4)
  ///     | original length (4) | packet, padded | options | length
  @inline(__always)
  mutating func enhancedPacket(_ length: Int) -> StoredPacket? {
    frames &+= 1
    guard length >= 32 else { return damagedPacket(length, "a packet block is too short") }
    return packet(length, interface: Int(word(8)), dropCountOption: 4)
  }

  /// The packet in a Packet Block (§A), which names its interface and the packets lost before it in 16 bits each.
  mutating func obsoletePacket(_ length: Int) -> StoredPacket? {
    frames &+= 1
    guard length >= 32 else { return damagedPacket(length, "a packet block is too short") }
    let interface = Int(half(8))
    let lost = half(10)
    // 65535 says that nobody counted.
    if lost != .max { addLost(UInt64(lost), interface) }
    return packet(length, interface: interface, dropCountOption: nil)
  }

  /// What both have in common.
  @inline(__always)
  private mutating func packet(_ length: Int, interface: Int, dropCountOption: UInt16?) -> StoredPacket? {
    let captured = Int(word(20)), end = 28 &+ (captured &+ 3) & ~3
    guard end <= length &- 4 else { return damagedPacket(length, "a packet is longer than its block") }
    guard interface < interfaces.count else {
      return damagedPacket(length, missing(interface))
    }
    if !interfaces[interface].isDecoded { facts.undecodedPackets &+= 1 }
    if end < length &- 4 { readOptions(end, length, interface: interface, dropCountOption) }
    let units = UInt64(word(12)) << 32 | UInt64(word(16))
    return unsafe StoredPacket(
      number: frames, time: interfaces[interface].clock.moment(units),
      linkType: interfaces[interface].linkType, originalLength: Int(word(24)),
      bytes: window.bytes(at: 28, count: captured))
  }

  /// The packet in a Simple Packet Block (§4.4): of the first interface, and without a time.
  ///
  ///     type | length | original length (4) | packet, padded | length
  mutating func simplePacket(_ length: Int) -> StoredPacket? {
    frames &+= 1
    guard length >= 16 else { return damagedPacket(length, "a packet block is too short") }
    guard let interface = interfaces.first else {
      return damagedPacket(length, missing(0))
    }
    if !interface.isDecoded { facts.undecodedPackets &+= 1 }
    facts.packetsWithoutTime &+= 1
    let original = Int(word(8))
    let kept = interface.snapLength > 0 ? min(original, interface.snapLength) : original
    return unsafe StoredPacket(
      number: frames, time: time, linkType: interface.linkType, originalLength: original,
      bytes: window.bytes(at: 12, count: min(kept, length - 16)))
  }

  /// Why nothing is known of an interface.
  private func missing(_ interface: Int) -> String {
    interface < interfaces.count &+ interfacesLeftOut
      ? "a packet is of interface \(interface), and only the first \(PcapngLimits.interfaces) of a section are kept"
      : "a packet is of interface \(interface), which nothing describes"
  }

  /// Notes a packet that cannot be read.
  private mutating func damagedPacket(_ length: Int, _ detail: String) -> StoredPacket? {
    noteDamagedBlock(length, detail)
    return nil
  }

  /// The comments of a packet, and how many were lost before it.
  private mutating func readOptions(_ start: Int, _ length: Int, interface: Int, _ dropCountOption: UInt16?) {
    var options = PcapngOptions(from: start, to: length - 4)
    while let option = options.next(window, swapped: isSwapped) {
      if option.code == PcapngOptions.comment {
        keepComment(option)
      } else if option.code == dropCountOption, option.length == 8 {
        addLost(window.load(UInt64.self, at: option.place, swapped: isSwapped), interface)
      }
    }
  }

  /// Counts packets that were lost in front of one.
  private mutating func addLost(_ count: UInt64, _ interface: Int) {
    guard interfaces.indices.contains(interface) else { return }
    let sum = (interfaces[interface].lostBetween ?? 0).addingReportingOverflow(count)
    interfaces[interface].lostBetween = sum.overflow ? .max : sum.partialValue
  }

  /// The 32 bits at a place of the current block.
  @inline(__always)
  func word(_ place: Int) -> UInt32 { window.load(UInt32.self, at: place, swapped: isSwapped) }

  /// The 16 bits at a place of the current block.
  @inline(__always)
  func half(_ place: Int) -> UInt16 { window.load(UInt16.self, at: place, swapped: isSwapped) }
}
