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
  /// An IP fragment that waits, or waited, for the rest of its datagram.
  case fragment
  /// UDP or TCP on ports that are not of DNS.
  case otherPort
  /// A packet on a DNS port that the user's filter does not match.
  case filteredOut
  /// ICMP or ICMPv6 that quotes no DNS packet.
  case icmp
  /// An ICMP or ICMPv6 error that quotes a packet on a DNS port; the copy is not a message of its own.
  case icmpQuotesDNS
  /// IP in IP, or GRE: the packet inside is not read.
  case tunnel
  /// Another protocol over IP.
  case otherTransport
  /// Another protocol over the link: ARP, IEEE 802.3 and so on.
  case notIP
  /// A link-layer header type that is not read.
  case unknownLinkType
  /// The packet ends inside its link-layer header or a VLAN tag.
  case cutLinkHeader
  /// More VLAN tags than are followed.
  case tooManyTags
  /// An IP header with a version that is neither 4 nor 6, or not the one that the link announces.
  case badIPVersion
  /// A length in the IP header that is shorter than the header.
  case badIPLength
  /// The packet ends inside its IP header or an extension header.
  case cutIPHeader
  /// More IPv6 extension headers than are followed.
  case tooManyExtensionHeaders
  /// A fragment that cannot be part of a datagram: empty, past 65,535 bytes, or not a multiple of 8 and not the last.
  case badFragment
  /// The packet ends inside its UDP or TCP header.
  case cutTransportHeader
  /// A UDP length of 1 to 7: shorter than its header.
  case badUDPLength
  /// A TCP header length below 20, or past the end of the packet.
  case badTCPHeaderLength

  /// The fate in words, to be read after a number of packets.
  package var sentence: String {
    switch self {
    case .datagram: "UDP datagrams with a message"
    case .segment: "TCP segments with data"
    case .emptySegment: "TCP segments without data"
    case .emptyDatagram: "empty UDP datagrams on a DNS port"
    case .fragment: "IP fragments"
    case .otherPort: "on other ports than those of DNS"
    case .filteredOut: "passed over by the filter"
    case .icmp: "ICMP"
    case .icmpQuotesDNS: "ICMP errors that quote a DNS packet"
    case .tunnel: "tunnelled packets, which are not read"
    case .otherTransport: "other protocols over IP"
    case .notIP: "other protocols than IP"
    case .unknownLinkType: "of a link type that is not read"
    case .cutLinkHeader: "cut inside the link-layer header"
    case .tooManyTags: "with more VLAN tags than are followed"
    case .badIPVersion: "with a wrong IP version"
    case .badIPLength: "with an IP length shorter than its header"
    case .cutIPHeader: "cut inside the IP header"
    case .tooManyExtensionHeaders: "with more IPv6 extension headers than are followed"
    case .badFragment: "impossible IP fragments"
    case .cutTransportHeader: "cut inside the UDP or TCP header"
    case .badUDPLength: "with a UDP length shorter than its header"
    case .badTCPHeaderLength: "with a wrong TCP header length"
    }
  }
}

/// What else was odd between packets and messages; any number of times a packet.
package enum PacketOddity: UInt8, Sendable, CaseIterable {
  /// A UDP message of which only the beginning is here: the snap length cut it, or fragments are missing.
  case cutMessage
  /// A UDP length that promises more than the IP packet holds.
  case longUDPLength
  /// A fragment that was there before, with the same bytes.
  case fragmentRepeated
  /// Fragments that overlap with different bytes: an attack, or a broken sender; the first bytes count.
  case fragmentConflict
  /// A datagram whose fragments did not all come within the time allowed.
  case datagramTimedOut
  /// A datagram given up to keep memory bounded.
  case datagramEvicted
  /// A datagram whose fragments were not all there when the capture ended.
  case datagramUnfinished
  /// A TCP segment whose bytes had been there before.
  case segmentRepeated
  /// A TCP segment that came before its turn.
  case segmentOutOfOrder
  /// A TCP segment that the snap length cut: its stream has a hole.
  case segmentCut
  /// Bytes of a TCP stream that the capture does not have.
  case streamGap
  /// A TCP stream that begins without its SYN.
  case streamWithoutStart
  /// TCP data that is no message, passed over until a segment starts with one.
  case streamJunk
  /// A length prefix below the 12 bytes of a DNS header, passed over with what it announces.
  case shortLengthPrefix
  /// A TCP message of which the capture does not have the end.
  case streamMessageUnfinished
  /// A TCP stream given up to keep memory bounded.
  case streamEvicted

  /// The oddity in words, to be read after a number.
  package var sentence: String {
    switch self {
    case .cutMessage: "messages over UDP without their end"
    case .longUDPLength: "UDP lengths past the end of the IP packet"
    case .fragmentRepeated: "repeated IP fragments"
    case .fragmentConflict: "overlapping IP fragments with different bytes"
    case .datagramTimedOut: "datagrams whose fragments did not all come in time"
    case .datagramEvicted: "fragmented datagrams given up for want of room"
    case .datagramUnfinished: "datagrams whose fragments were not all there at the end"
    case .segmentRepeated: "repeated TCP segments"
    case .segmentOutOfOrder: "TCP segments out of order"
    case .segmentCut: "TCP segments cut by the snap length"
    case .streamGap: "gaps in TCP streams"
    case .streamWithoutStart: "TCP streams without their beginning"
    case .streamJunk: "runs of TCP data that is no DNS"
    case .shortLengthPrefix: "TCP length prefixes too short for a DNS header"
    case .streamMessageUnfinished: "TCP messages without their end"
    case .streamEvicted: "TCP streams given up for want of room"
    }
  }
}
