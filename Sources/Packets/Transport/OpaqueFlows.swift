import Bytes

/// Encrypted DNS, which nobody can judge from outside: its flows on the known ports, counted so that a report can say
/// what it could not see.
struct OpaqueFlows {
  /// Flows that are told apart at a time; a busy resolver has some thousands. One that was forgotten counts again.
  static let maximumFlows = 16_384

  /// The conversations seen last.
  private var flows = RecencyTable<Flow, Void>()

  /// Counts a packet on ports that are none of DNS; answers whether it is of an encrypted protocol.
  mutating func count(_ flow: Flow, _ payload: Span<UInt8>, _ counters: inout PacketCounters) -> Bool {
    guard let name = OpaqueProtocol(flow, payload) else { return false }
    let key = flow.sourcePort <= flow.destinationPort ? flow : flow.reversed
    if let slot = flows.slot(of: key) {
      flows.touch(slot)
      counters.count(name, bytes: payload.count, isNewFlow: false)
    } else {
      if flows.count >= Self.maximumFlows, let oldest = flows.oldest { _ = flows.remove(oldest) }
      _ = flows.insert(key, ())
      counters.count(name, bytes: payload.count, isNewFlow: true)
    }
    return true
  }
}

/// What was seen of one encrypted protocol.
package struct OpaqueCount: Equatable, Sendable {
  /// Conversations, their packets, and the bytes of these behind UDP or TCP headers.
  package internal(set) var flows = 0, packets = 0, bytes = 0
  /// The packets that the first conversations began with.
  package internal(set) var examples: [PacketID] = []

  /// `2 flows of DNS over TLS, 40 packets: nobody can see from outside what was asked and answered`.
  package func sentence(of name: OpaqueProtocol) -> String {
    "\(flows) flow\(flows == 1 ? "" : "s") of \(name.sentence), \(packets) packet\(packets == 1 ? "" : "s"): "
      + "nobody can see from outside what was asked and answered"
  }

  /// Adds the counts of another capture.
  package mutating func add(_ other: OpaqueCount) {
    (flows, packets, bytes) = (flows + other.flows, packets + other.packets, bytes + other.bytes)
    examples = Array((examples + other.examples).prefix(PacketLimits.examples))
  }

  /// Nothing.
  package init() {}
}

/// The protocols that hide DNS.
package enum OpaqueProtocol: UInt8, Sendable, CaseIterable {
  /// DNS over TLS (RFC 7858), and over DTLS on the same port (RFC 8094).
  case dot
  /// DNS over dedicated QUIC (RFC 9250).
  case doq
  /// Port 443 of a well-known public resolver: DNS over HTTPS (RFC 8484), on whatever version of HTTP.
  case doh
  /// Port 443 of any other server, which may be DNS over HTTPS as well.
  case https
  /// DNSCrypt, version 2, by its port or the magic number of its responses (dnscrypt.info).
  case dnscrypt

  static let tlsPort: UInt16 = 853, httpsPort: UInt16 = 443, dnscryptPort: UInt16 = 5_443
  /// The ports of DoQ before it had 853 (its drafts), still met.
  static let earlyQUICPorts: [UInt16] = [784, 8_853]
  /// What a DNSCrypt response starts with.
  private static let dnscryptMagic: [UInt8] = Array("r6fnvWj8".utf8)

  /// The protocol of a packet; nil when its ports are none of these.
  init?(_ flow: Flow, _ payload: Span<UInt8>) {
    let port = min(flow.sourcePort, flow.destinationPort)
    if flow.transport == .udp, Self.isDNSCrypt(payload) { self = .dnscrypt; return }
    switch max(flow.sourcePort, flow.destinationPort) {
    case Self.dnscryptPort: self = .dnscrypt; return
    case 8_853 where flow.transport == .udp: self = .doq; return
    default: break
    }
    switch port {
    case Self.tlsPort: self = flow.transport == .udp ? .doq : .dot
    case Self.dnscryptPort: self = .dnscrypt
    case Self.httpsPort:
      self = PublicResolvers.has(flow.source) || PublicResolvers.has(flow.destination) ? .doh : .https
    default:
      guard flow.transport == .udp, Self.earlyQUICPorts.contains(port) else { return nil }
      self = .doq
    }
  }

  /// Whether a TCP segment between two ports may be of one of these.
  static func isKnown(_ source: UInt16, _ destination: UInt16) -> Bool {
    [source, destination].contains { $0 == tlsPort || $0 == httpsPort || $0 == dnscryptPort }
  }

  /// Whether a payload starts as DNSCrypt's responses do.
  private static func isDNSCrypt(_ payload: Span<UInt8>) -> Bool {
    guard payload.count > dnscryptMagic.count, payload[0] == dnscryptMagic[0] else { return false }
    return dnscryptMagic.indices.allSatisfy { payload[$0] == dnscryptMagic[$0] }
  }

  /// The name in the output.
  package var name: String { "\(self)" }

  /// The protocol in words, to be read after a number of flows.
  package var sentence: String {
    switch self {
    case .dot: "DNS over TLS"
    case .doq: "DNS over QUIC"
    case .doh: "HTTPS to public resolvers, DNS over HTTPS"
    case .https: "HTTPS to other servers, which may be DNS over HTTPS"
    case .dnscrypt: "DNSCrypt"
    }
  }
}

/// Addresses on which well-known public resolvers offer DNS over HTTPS, as their operators publish them.
enum PublicResolvers {
  /// Cloudflare, Google, Quad9, OpenDNS, AdGuard, CleanBrowsing, Mullvad, DNS4EU.
  private static let ipv4: Set<UInt32> = [
    0x0101_0101, 0x0100_0001, 0x0101_0102, 0x0101_0103, 0x0808_0808, 0x0808_0404, 0x0909_0909,
    0x9570_7070, 0x0909_090a, 0xd043_dede, 0xd043_dcdc, 0x5e8c_0e0e, 0x5e8c_0f0f, 0xb9e4_a809, 0xb9e4_a909,
    0xc2f2_0202, 0x5636_0b0d, 0x5636_0b01,
  ]
  /// The same over IPv6, Cloudflare, Google, Quad9, by their upper halves.
  private static let ipv6: Set<UInt64> = [
    0x2606_4700_4700_0000, 0x2001_4860_4860_0000, 0x2620_00fe_0000_0000, 0x2620_0119_0035_0000,
    0x2a10_50c0_0000_0000,
  ]

  /// Whether a well-known resolver has this address.
  static func has(_ address: IPAddress) -> Bool {
    address.isIPv6
      ? ipv6.contains(address.high) : ipv4.contains(UInt32(truncatingIfNeeded: address.low))
  }
}
