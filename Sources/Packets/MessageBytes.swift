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

  /// Number of the packet that completed it, from 1.
  package var frame: Int { origin.frame }
  /// All the packets that it came in, ascending; empty when it was one.
  package var frames: [Int] { origin.frames }
  /// When the packet that completed it was captured.
  package var time: Timestamp { origin.time }
  /// The IPv4 identification, or that of the IPv6 fragment header; nil when there is none.
  package var ipID: UInt32? { origin.ipID }
  /// Time to live, or hop limit, of the packet that completed it.
  package var ipTTL: UInt8 { origin.ipTTL }
  /// Whether bytes that the headers promise are missing at the end.
  package var isCut: Bool { declaredLength != nil }

  /// From the fields.
  @_lifetime(copy bytes)
  package init(
    bytes: Span<UInt8>, flow: Flow, origin: MessageOrigin, protocolName: ProtocolName = .dns,
    checksum: ChecksumState = .right, declaredLength: Int? = nil
  ) {
    self.bytes = bytes
    self.flow = flow
    self.origin = origin
    self.protocolName = protocolName
    self.checksum = checksum
    self.declaredLength = declaredLength
  }
}

/// The packets behind a message, and what their IP headers said.
package struct MessageOrigin: Sendable {
  /// Number of the packet that completed the message, from 1.
  package var frame: Int
  /// All the packets, ascending; empty when it was one, so that the usual case allocates nothing.
  package var frames: [Int]
  /// When the completing packet was captured.
  package var time: Timestamp
  /// IPv4 identification, or that of the IPv6 fragment header.
  package var ipID: UInt32?
  /// Time to live, or hop limit.
  package var ipTTL: UInt8

  /// From the fields.
  package init(frame: Int, frames: [Int] = [], time: Timestamp, ipID: UInt32? = nil, ipTTL: UInt8 = 64) {
    (self.frame, self.frames, self.time, self.ipID, self.ipTTL) = (frame, frames, time, ipID, ipTTL)
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
