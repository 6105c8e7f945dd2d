import Bytes

/// What an IP header of either version hands on to the transport.
struct IPPacket: ~Escapable {
  /// The sender.
  let source: IPAddress
  /// The receiver.
  let destination: IPAddress
  /// The protocol of the payload.
  let transport: IPProtocol
  /// What else the headers say of the packet.
  let network: NetworkTraits
  /// IPv4 identification, or that of an IPv6 fragment header.
  let identification: UInt32?
  /// Where the payload belongs in its datagram; nil when it is a whole one.
  let fragment: FragmentPosition?
  /// The packet from its first byte to the end of the payload, as far as it is here.
  let bytes: Span<UInt8>
  /// The bytes of the payload that are here.
  let payload: Span<UInt8>
  /// The bytes that the header promises, at least `payload.count`.
  let declaredLength: Int
  /// What stood around the packet.
  let carrier: Carrier
  /// Whether the addresses above are those of the transport's pseudo-header: a routing header still under way has
  /// the final destination elsewhere (RFC 8200 §8.1).
  var hasFinalDestination = true

  /// From the fields.
  @inline(__always)
  @_lifetime(copy bytes, copy payload)
  init(
    source: IPAddress, destination: IPAddress, transport: IPProtocol, network: NetworkTraits,
    identification: UInt32?,
    fragment: FragmentPosition?, bytes: Span<UInt8>, payload: Span<UInt8>, declaredLength: Int,
    carrier: Carrier
  ) {
    self.source = source
    self.destination = destination
    self.transport = transport
    self.network = network
    self.identification = identification
    self.fragment = fragment
    self.bytes = bytes
    self.payload = payload
    self.declaredLength = declaredLength
    self.carrier = carrier
  }
}

/// Where a fragment's payload belongs in its datagram.
struct FragmentPosition: Equatable {
  /// First byte, a multiple of 8.
  let offset: Int
  /// Whether more fragments follow behind it.
  let isFollowed: Bool
}

/// Protocol numbers of IPv4 and next-header values of IPv6 (IANA "Assigned Internet Protocol Numbers").
struct IPProtocol: RawRepresentable, Hashable {
  /// The number.
  let rawValue: UInt8

  static let hopByHop = IPProtocol(rawValue: 0)
  static let icmp = IPProtocol(rawValue: 1)
  static let ipv4InIP = IPProtocol(rawValue: 4)
  static let tcp = IPProtocol(rawValue: 6)
  static let udp = IPProtocol(rawValue: 17)
  static let ipv6InIP = IPProtocol(rawValue: 41)
  static let routing = IPProtocol(rawValue: 43)
  static let fragment = IPProtocol(rawValue: 44)
  static let gre = IPProtocol(rawValue: 47)
  static let encryption = IPProtocol(rawValue: 50)
  static let authentication = IPProtocol(rawValue: 51)
  static let icmpv6 = IPProtocol(rawValue: 58)
  static let destinationOptions = IPProtocol(rawValue: 60)
  static let etherIP = IPProtocol(rawValue: 97)
  static let l2tp = IPProtocol(rawValue: 115)
  static let sctp = IPProtocol(rawValue: 132)
  static let mobility = IPProtocol(rawValue: 135)
  static let mpls = IPProtocol(rawValue: 137)
  static let hostIdentity = IPProtocol(rawValue: 139)
  static let shim6 = IPProtocol(rawValue: 140)
}
