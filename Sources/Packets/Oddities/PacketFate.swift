/// What became of a packet: each packet has exactly one fate, so nothing is lost without a count.
package enum PacketFate: UInt8, Error, Sendable, CaseIterable {
  /// A UDP datagram on a DNS port: it gave a message.
  case datagram
  /// A TCP segment with data on a DNS port: its bytes went to the reassembler.
  case segment
  /// A TCP segment on a DNS port that opens, acknowledges or closes, without data.
  case emptySegment
  /// A UDP datagram on a DNS port without a byte in it.
  case emptyDatagram
  /// An SCTP packet on a DNS port.
  case sctp
  /// An IP fragment that waits, or waited, for the rest of its datagram.
  case fragment
  /// UDP or TCP on ports that are not of DNS.
  case otherPort
  /// Encrypted DNS, counted by its protocol.
  case opaque
  /// A packet that the user's filter does not match.
  case filteredOut
  /// ICMP or ICMPv6 that quotes no DNS packet.
  case icmp
  /// An ICMP or ICMPv6 error that quotes a packet on a DNS port; the copy is not a message of its own.
  case icmpQuotesDNS
  /// A tunnel in which no IP packet is found.
  case tunnel
  /// Another protocol over IP.
  case otherTransport
  /// Another protocol over the link: ARP, frames of control, and so on.
  case notIP
  /// A frame or packet that is encrypted below DNS: IEEE 802.11 with protection, or ESP.
  case encrypted
  /// A link-layer header type that is not read.
  case unknownLinkType
  /// The packet ends inside its link-layer header, a tag or a label.
  case cutLinkHeader
  /// The packet ends inside the header of a tunnel.
  case cutTunnelHeader
  /// A tunnel's header with a version, length or flag that cannot be.
  case badTunnel
  /// More headers around one IP packet than are followed.
  case tooManyLayers
  /// An IP header with a version that is neither 4 nor 6, or not the one that is announced.
  case badIPVersion
  /// A length in the IP header that is shorter than the header.
  case badIPLength
  /// The packet ends inside its IP header or an extension header.
  case cutIPHeader
  /// More IPv6 extension headers than are followed.
  case tooManyExtensionHeaders
  /// A fragment that cannot be part of a datagram: empty, past 65,535 bytes, or not a multiple of 8 and not the last.
  case badFragment
  /// The packet ends inside its UDP, TCP or SCTP header.
  case cutTransportHeader
  /// A UDP length of 1 to 7: shorter than its header.
  case badUDPLength
  /// A TCP header length below 20, or past the end of the packet.
  case badTCPHeaderLength

  /// Whether a packet with this fate may have held DNS that nobody sees.
  package var isLoss: Bool {
    switch self {
    case .datagram, .segment, .emptySegment, .emptyDatagram, .sctp, .fragment, .otherPort, .opaque,
      .filteredOut, .icmp, .icmpQuotesDNS, .otherTransport, .notIP:
      false
    default: true
    }
  }

  /// Its entry in the catalogue.
  package var oddity: Oddity { Oddity("packet-" + kebabCase("\(self)"), entry.sentence, entry.reference) }

  /// The fate in words, to be read after a number of packets.
  package var sentence: String { entry.sentence }

  /// Words, and where the rule stands that such packets keep or break.
  private var entry: (sentence: String, reference: String) {
    switch self {
    case .datagram: ("UDP datagrams with a message", "RFC 1035 §4.2.1")
    case .segment: ("TCP segments with data", "RFC 1035 §4.2.2")
    case .emptySegment: ("TCP segments without data", "RFC 9293 §3.4")
    case .emptyDatagram: ("empty UDP datagrams on a DNS port", "RFC 768")
    case .sctp: ("SCTP packets on a DNS port", "RFC 9260 §3")
    case .fragment: ("IP fragments", "RFC 791 §3.2")
    case .otherPort: ("on other ports than those of DNS", "RFC 6335")
    case .opaque: ("of encrypted DNS, which cannot be judged", "RFC 9076 §6")
    case .filteredOut: ("passed over by the filter", "pcap-filter(7)")
    case .icmp: ("ICMP", "RFC 792")
    case .icmpQuotesDNS: ("ICMP errors that quote a DNS packet", "RFC 792")
    case .tunnel: ("tunnels in which no IP packet was found", "RFC 3931 §4.1")
    case .otherTransport: ("other protocols over IP", "RFC 791 §3.1")
    case .notIP: ("other protocols than IP", "IANA EtherTypes")
    case .encrypted: ("encrypted below DNS (802.11, ESP)", "RFC 4303")
    case .unknownLinkType: ("of a link type that is not read", "LINKTYPE_ registry")
    case .cutLinkHeader: ("cut inside the link-layer header", "IEEE 802.3 §3.2")
    case .cutTunnelHeader: ("cut inside the header of a tunnel", "RFC 2784 §2.1")
    case .badTunnel: ("with an impossible tunnel header", "RFC 2784 §2.1")
    case .tooManyLayers: ("with more tags, labels and tunnels than are followed", "RFC 2003 §4")
    case .badIPVersion: ("with a wrong IP version", "RFC 791 §3.1")
    case .badIPLength: ("with an IP length shorter than its header", "RFC 791 §3.1")
    case .cutIPHeader: ("cut inside the IP header", "RFC 8200 §3")
    case .tooManyExtensionHeaders: ("with more IPv6 extension headers than are followed", "RFC 8200 §4.1")
    case .badFragment: ("impossible IP fragments", "RFC 791 §3.2")
    case .cutTransportHeader: ("cut inside the UDP or TCP header", "RFC 9293 §3.1")
    case .badUDPLength: ("with a UDP length shorter than its header", "RFC 768")
    case .badTCPHeaderLength: ("with a wrong TCP header length", "RFC 9293 §3.1")
    }
  }
}
