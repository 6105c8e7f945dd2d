import Bytes

/// Asks the user's filter about packets: about frames as they were captured when the expression looks at link-layer
/// headers, else about the innermost IP packet, whole.
struct PacketSelection {
  /// The filter; nil takes everything.
  private let selector: (any PacketSelector)?
  /// Whether frames are asked about, and what was said of the one in hand.
  private let asksAboutFrames: Bool
  private var isFrameSelected = true
  /// A packet put together for the filter, kept to be used again.
  private var packet: [UInt8] = []

  /// Of a filter.
  init(_ selector: (any PacketSelector)?) {
    self.selector = selector
    asksAboutFrames = selector?.needsLinkLayer ?? false
  }

  /// Notes the frame in hand.
  @inline(__always)
  mutating func begin(_ frame: borrowing Frame) {
    if asksAboutFrames { ask(about: frame) }
  }

  /// Asks about a frame.
  private mutating func ask(about frame: borrowing Frame) {
    isFrameSelected = selector?.selects(frame) ?? true
  }

  /// Whether the frame in hand, or any of those that a datagram came in, matches.
  var hasSelectedFrame: Bool { isFrameSelected }

  /// Takes over what was said of a datagram's frames.
  mutating func begin(datagramWithSelectedFrame isSelected: Bool) {
    if asksAboutFrames { isFrameSelected = isSelected }
  }

  /// Whether a packet is wanted.
  @inline(__always)
  mutating func accepts(_ packet: borrowing IPPacket) -> Bool {
    guard selector != nil else { return true }
    return ask(about: packet)
  }

  /// Asks about an IP packet.
  private mutating func ask(about packet: borrowing IPPacket) -> Bool {
    guard let selector else { return true }
    if asksAboutFrames { return isFrameSelected }
    if packet.isPlain { return selector.selects(packet: packet.bytes) }
    self.packet.removeAll(keepingCapacity: true)
    packet.appendPlain(to: &self.packet)
    return selector.selects(packet: self.packet.span)
  }
}

extension IPPacket {
  /// Whether the transport follows the IP header, so that a filter finds its ports.
  fileprivate var isPlain: Bool {
    guard fragment == nil else { return false }
    if source.isIPv6 { return payload.count + IPv6.headerLength == bytes.count }
    return bytes.count >= IPv4.minimumHeaderLength && bytes[9] == transport.rawValue
  }

  /// Appends a header with the fields that filters look at, and the payload.
  fileprivate func appendPlain(to out: inout [UInt8]) {
    if source.isIPv6 {
      out +=
        [0x60, 0, 0, 0] + networkOrder(UInt16(clamping: payload.count)) + [transport.rawValue, network.ipTTL]
    } else {
      let id = UInt16(truncatingIfNeeded: identification ?? 0)
      out += [0x45, 0] + networkOrder(UInt16(clamping: payload.count + IPv4.minimumHeaderLength))
      out += networkOrder(id) + [0, 0, network.ipTTL, transport.rawValue, 0, 0]
    }
    out += source.octets + destination.octets
    for i in payload.indices { out.append(payload[i]) }
  }

  /// Two bytes, the most significant first.
  private func networkOrder(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xff)] }
}
