import Bytes
import Packets

/// What a decoder handed on, kept for a test to look at.
package struct DecodedMessage: Equatable {
  /// The fields of `MessageBytes`.
  package var bytes: [UInt8], flow: Flow, frame: Int, frames: [Int], time: Timestamp
  package var protocolName: ProtocolName, checksum: ChecksumState, declaredLength: Int?
  package var ipID: UInt32?, network: NetworkTraits, layers: [CarrierLayer], vlan: UInt16?, tunnelID: UInt32?
  package var quote: ICMPQuote?, isOtherVersion: Bool, isUnfinished: Bool

  /// A copy of a message.
  package init(_ message: borrowing MessageBytes) {
    bytes = (0..<message.bytes.count).map { message.bytes[$0] }
    (flow, frame, frames, time) = (message.flow, message.frame, message.frames.map(\.number), message.time)
    (protocolName, checksum, declaredLength) = (
      message.protocolName, message.checksum, message.declaredLength
    )
    (ipID, network) = (message.ipID, message.network)
    layers = message.carrier.layers
    (vlan, tunnelID, quote) = (message.carrier.vlan, message.carrier.tunnelID, message.quote)
    (isOtherVersion, isUnfinished) = (message.isOtherVersion, message.isUnfinished)
  }
}

/// A decoder at work on packets that a test makes.
package struct DecoderBench: ~Copyable {
  /// The decoder.
  package var decoder: PacketDecoder
  /// What it has handed on.
  package private(set) var messages: [DecodedMessage] = []
  /// Number of the last packet.
  package private(set) var frame = 0
  /// Time of the next packet in nanoseconds; a test may move it.
  package var now: Int64 = 1_000_000_000_000
  /// What the packets start with.
  package let linkType: LinkType

  /// A fresh decoder.
  package init(
    _ linkType: LinkType = .ethernet, ports: [UInt16] = [53], isAnyPort: Bool = false,
    limits: PacketLimits = PacketLimits(), selector: (any PacketSelector)? = nil
  ) {
    decoder = PacketDecoder(ports: ports, isAnyPort: isAnyPort, limits: limits, selector: selector)
    self.linkType = linkType
  }

  /// Decodes the next packet, one millisecond after the last; `originalLength` when the snap length cut it.
  package mutating func feed(_ packet: [UInt8], originalLength: Int? = nil) {
    frame += 1
    now += 1_000_000
    let view = Frame(
      number: frame, time: Timestamp(nanoseconds: now), originalLength: originalLength ?? packet.count,
      linkType: linkType, bytes: packet.span)
    decoder.decode(view) { messages.append(DecodedMessage($0)) }
  }

  /// Ends the capture.
  package mutating func finish() { decoder.finish { messages.append(DecodedMessage($0)) } }

  /// The fates of the packets, those that were met.
  package var fates: [PacketFate: Int] {
    Dictionary(
      uniqueKeysWithValues: PacketFate.allCases.map { ($0, decoder.counters[fate: $0]) }.filter { $0.1 > 0 })
  }

  /// The oddities, those that were met.
  package var oddities: [PacketOddity: Int] {
    Dictionary(
      uniqueKeysWithValues: PacketOddity.allCases.map { ($0, decoder.counters[oddity: $0]) }.filter {
        $0.1 > 0
      })
  }
}
