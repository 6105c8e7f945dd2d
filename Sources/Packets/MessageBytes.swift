import Bytes

/// One DNS message as packets carried it; the view ends with the call that lends it.
package struct MessageBytes: ~Escapable {
  /// The message, without the length prefix that it has over TCP (RFC 1035 §4.2.2).
  package let bytes: Span<UInt8>
  /// Who sent it to whom.
  package let flow: Flow
  /// The packets that it came in.
  package let origin: MessageOrigin
  /// The protocol, told by the ports.
  package let protocolName: ProtocolName
  /// What the transport's checksum says; over TCP the worst of the segments.
  package let checksum: ChecksumState
  /// The length that the headers promise when fewer bytes are here (snap length, missing fragments); else nil.
  package let declaredLength: Int?
  /// The ICMP error that quotes it; nil for a message of its own.
  package let quote: ICMPQuote?
  /// Whether it is the beginning of a datagram whose other fragments did not come, or not in time, or found no room.
  package let isUnfinished: Bool
  /// Whether it was found by its looks in a TCP stream whose framing was lost.
  package let isRecovered: Bool

  /// Number of the packet that completed it, from 1.
  package var frame: Int { origin.frame }
  /// That packet.
  package var packet: PacketID { origin.packet }
  /// Index of the capture of that packet, from 0.
  package var file: Int { origin.file }
  /// All the packets that it came in, ascending; empty when it was one.
  package var frames: [PacketID] { origin.frames }
  /// What stood around the IP packet that it came in.
  package var carrier: Carrier { origin.carrier }
  /// Whether a fragment's bytes stand in it in place of others that came first for the same place.
  package var isOtherVersion: Bool { origin.version > 0 }
  /// When the packet that completed it was captured.
  package var time: Timestamp { origin.time }
  /// The IPv4 identification, or that of the IPv6 fragment header; nil when there is none.
  package var ipID: UInt32? { origin.ipID }
  /// What the headers around it say of its sender: those of its packet; of a datagram in fragments, of the one with its
  /// beginning; over TCP, of the packet that completed it.
  package var network: NetworkTraits {
    checksum == .absent ? origin.network.adding(.checksumAbsent) : origin.network
  }
  /// Whether bytes that the headers promise are missing at the end.
  package var isCut: Bool { declaredLength != nil }

  /// From the fields.
  @_lifetime(copy bytes)
  package init(
    bytes: Span<UInt8>, flow: Flow, origin: MessageOrigin, protocolName: ProtocolName = .dns,
    checksum: ChecksumState = .right, declaredLength: Int? = nil, quote: ICMPQuote? = nil,
    isUnfinished: Bool = false, isRecovered: Bool = false
  ) {
    self.bytes = bytes
    self.flow = flow
    self.origin = origin
    self.protocolName = protocolName
    self.checksum = checksum
    self.declaredLength = declaredLength
    self.quote = quote
    self.isUnfinished = isUnfinished
    self.isRecovered = isRecovered
  }
}

/// The packets behind a message, and what their IP headers said.
package struct MessageOrigin: Sendable {
  /// Number of the packet that completed the message, from 1.
  package var frame: Int
  /// Index of that packet's capture, from 0.
  package var file: Int
  /// All the packets, ascending; empty when it was one, so that the usual case allocates nothing.
  package var frames: [PacketID]
  /// When the completing packet was captured.
  package var time: Timestamp
  /// IPv4 identification, or that of the IPv6 fragment header.
  package var ipID: UInt32?
  /// What else the IP header and the link say.
  package var network: NetworkTraits
  /// 0 for the bytes that came first, 1 for a datagram in which others stand in their place.
  package var version: UInt8 = 0
  /// What stood around the IP packet.
  package var carrier: Carrier

  /// From the fields.
  @inline(__always)
  package init(
    frame: Int, file: Int = 0, frames: [PacketID] = [], time: Timestamp, ipID: UInt32? = nil,
    network: NetworkTraits = NetworkTraits(), carrier: Carrier = Carrier()
  ) {
    (self.frame, self.file, self.frames, self.time) = (frame, file, frames, time)
    (self.ipID, self.network, self.carrier) = (ipID, network, carrier)
  }

  /// The packet that completed the message.
  var packet: PacketID { PacketID(frame, file: file) }

  /// Whether this packet was captured after another: inside one capture its order counts, not the clock.
  func isLater(than other: MessageOrigin) -> Bool {
    file == other.file ? frame > other.frame : time > other.time
  }

  /// The origin of the packet inside this one.
  func inside(_ packet: borrowing IPPacket) -> MessageOrigin {
    var inner = self
    (inner.ipID, inner.network, inner.carrier) = (packet.identification, packet.network, packet.carrier)
    return inner
  }
}

/// The protocols that share the DNS message format.
package enum ProtocolName: UInt8, Sendable {
  /// DNS (RFC 1035).
  case dns
  /// Multicast DNS (RFC 6762).
  case mdns
  /// Link-local multicast name resolution (RFC 4795).
  case llmnr
  /// NetBIOS name service (RFC 1002 §4.2).
  case nbns
}

/// What a UDP or TCP checksum says, from best to worst.
package enum ChecksumState: UInt8, Sendable, Comparable {
  /// It fits.
  case right
  /// UDP without one (RFC 768).
  case absent
  /// Left to the network card: the field holds the sum of the pseudo-header alone, as in captures on the sender.
  case offloaded
  /// Not all the bytes that it covers are here.
  case unknown
  /// It does not fit: the bytes were damaged on the way, or by whoever wrote the capture.
  case wrong

  /// The better state is the smaller one: the state of a whole is the greatest of its parts.
  package static func < (a: ChecksumState, b: ChecksumState) -> Bool { a.rawValue < b.rawValue }
}
