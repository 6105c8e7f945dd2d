import Bytes

/// An IP datagram put together from fragments: whole, or its beginning when the rest is missing.
struct AssembledDatagram {
  /// Sender and receiver.
  let source: IPAddress, destination: IPAddress
  /// IPv4 identification, or that of the IPv6 fragment header.
  let identification: UInt32?
  /// The protocol of the payload, as the datagram's beginning has it (RFC 8200 §4.5).
  let transport: IPProtocol
  /// The payload, from its beginning to the first hole.
  let bytes: [UInt8]
  /// The length of the whole, or the greatest that it can be; at least that of `bytes`.
  let declaredLength: Int
  /// The packets that it came in, and what stood around the first of them.
  var origin: MessageOrigin
  /// Whether every byte is here.
  let isComplete: Bool
  /// Whether the filter takes any of its frames.
  let hasSelectedFrame: Bool
  /// What was odd about its fragments, unless another version tells it.
  var notes: FragmentNotes?

  /// The datagram as if it had come whole. Extension headers that are not repeated in each fragment stand in front of
  /// the transport (RFC 8200 §4.5).
  @_lifetime(copy payload)
  func packet(_ payload: Span<UInt8>) throws(PacketFate) -> IPPacket {
    var extensions = IPv6ExtensionHeaders(first: transport)
    let passed = source.isIPv6 ? try extensions.pass(payload) : 0
    return IPPacket(
      source: source, destination: destination, transport: extensions.next, network: origin.network,
      identification: identification, fragment: nil, bytes: payload.extracting(0..<0),
      payload: payload.extracting(passed...), declaredLength: declaredLength - passed, carrier: origin.carrier
    )
  }
}
