import Packets

/// One side of a TCP connection over IPv4 and Ethernet, as tests send from it.
package struct TCPSide {
  /// Whether this side is the server.
  package let isServer: Bool
  /// Sequence number of the next byte.
  package var sequence: UInt32
  /// What it acknowledges.
  package var acknowledgment: UInt32 = 0
  /// The client's port.
  package var port: UInt16

  /// A side before its SYN.
  package init(isServer: Bool = false, sequence: UInt32 = 1_000, port: UInt16 = 40_000) {
    (self.isServer, self.sequence, self.port) = (isServer, sequence, port)
  }

  /// The next segment, after which the sequence number has moved on.
  package mutating func send(_ data: [UInt8] = [], _ flags: TCPFlags = [.ack]) -> [UInt8] {
    let packet = segment(data, flags)
    sequence &+= UInt32(data.count) &+ (flags.isDisjoint(with: [.syn, .fin]) ? 0 : 1)
    return packet
  }

  /// A segment with the present sequence number, or one away from it.
  package func segment(_ data: [UInt8], _ flags: TCPFlags = [.ack], ahead: Int = 0) -> [UInt8] {
    let transport = PacketBuilder.tcp(
      data, sequence: sequence &+ UInt32(truncatingIfNeeded: ahead), acknowledgment: acknowledgment,
      flags: flags,
      from: isServer ? 53 : port, to: isServer ? port : 53)
    let (from, to) = isServer ? (Host.server, Host.client) : (Host.client, Host.server)
    return PacketBuilder.ethernet(PacketBuilder.ipv4(transport, from: from, to: to))
  }
}

extension DecoderBench {
  /// A decoder that has seen a client's SYN.
  package init(opening client: inout TCPSide, limits: PacketLimits = PacketLimits()) {
    self.init(limits: limits)
    feed(client.send([], [.syn]))
  }
}

/// A message for a stream: a header with one question, and enough bytes to have the length.
package func queryMessage(_ id: UInt16, count: Int = 29) -> [UInt8] {
  octets(id) + [1, 0, 0, 1, 0, 0, 0, 0, 0, 0] + (12..<max(count, 12)).map { UInt8(truncatingIfNeeded: $0) }
}

/// A message behind its length prefix (RFC 1035 §4.2.2).
package func prefixed(_ message: [UInt8]) -> [UInt8] { octets(UInt16(message.count)) + message }
