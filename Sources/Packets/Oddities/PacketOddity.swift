/// What else was odd between packets and messages; any number of times a packet.
package enum PacketOddity: UInt8, Sendable, CaseIterable {
  /// A UDP message of which only the beginning is here: the snap length cut it, or fragments are missing.
  case cutMessage
  /// A UDP length that promises more than the IP packet holds.
  case longUDPLength
  /// Bytes behind a UDP datagram inside its IP packet (RFC 9868 §4 calls them the surplus area).
  case datagramTrailer
  /// A UDP, TCP or SCTP checksum that does not fit: a host would have dropped the packet.
  case checksumWrong
  /// UDP without a checksum, which only IPv4 allows (RFC 8200 §8.1).
  case checksumAbsent
  /// A checksum left to the network card: the capture was made on the sender.
  case checksumOffloaded
  /// A fragment that was there before, with the same bytes.
  case fragmentRepeated
  /// Fragments that overlap with different bytes: an attack, or a broken sender. Both versions are handed on.
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
  /// TCP data that is no message, passed over until one begins.
  case streamJunk
  /// A length prefix below the 12 bytes of a DNS header, passed over with what it announces.
  case shortLengthPrefix
  /// A TCP message of which the capture does not have the end.
  case streamMessageUnfinished
  /// A TCP stream given up to keep memory bounded.
  case streamEvicted
  /// A message in several SCTP chunks, which are not put together.
  case chunkPart
  /// A quoted packet on a DNS port of which too little is there for a message.
  case quoteUnreadable
  /// Several packets in one aggregated frame of IEEE 802.11, of which only the first is read.
  case aggregateRest
  /// A version of a datagram that was not handed on, to keep the work bounded.
  case versionLeftOut
  /// A TCP reset, or an end, at a sequence number where the stream is not: it is passed over (RFC 5961 §3.2).
  case closeOutOfPlace
  /// A repeated TCP segment whose bytes differ from those that came first: injected, or damaged.
  case segmentConflict
  /// A packet to somebody who was not turned to before, not noted to keep memory bounded.
  case contactLeftOut
  /// An ICMP error that quotes DNS, of the middle of too many.
  case icmpLeftOut
  /// A lone or conflicting fragment, of the middle of too many.
  case fragmentNoteLeftOut

  /// Whether some of a message, or all of one, may be missing for it.
  package var isLoss: Bool {
    switch self {
    case .datagramTimedOut, .datagramEvicted, .datagramUnfinished, .segmentCut, .streamGap, .streamJunk,
      .shortLengthPrefix, .streamMessageUnfinished, .streamEvicted, .chunkPart, .quoteUnreadable,
      .aggregateRest:
      true
    default: false
    }
  }

  /// Its entry in the catalogue.
  package var oddity: Oddity { Oddity(kebabCase("\(self)"), entry.sentence, entry.reference) }

  /// The oddity in words, to be read after a number.
  package var sentence: String { entry.sentence }

  /// Words, and where the rule stands that was broken, or that makes it odd.
  private var entry: (sentence: String, reference: String) {
    switch self {
    case .cutMessage: ("messages over UDP without their end", "pcap(3PCAP)")
    case .longUDPLength: ("UDP lengths past the end of the IP packet", "RFC 768")
    case .datagramTrailer: ("UDP datagrams with bytes behind them", "RFC 9868 §4")
    case .checksumWrong: ("wrong UDP or TCP checksums", "RFC 768")
    case .checksumAbsent: ("UDP datagrams without a checksum", "RFC 768")
    case .checksumOffloaded: ("checksums left to the network card", "RFC 1071")
    case .fragmentRepeated: ("repeated IP fragments", "RFC 8200 §4.5")
    case .fragmentConflict: ("overlapping IP fragments with different bytes", "RFC 5722 §4")
    case .datagramTimedOut: ("datagrams whose fragments did not all come in time", "RFC 8200 §4.5")
    case .datagramEvicted: ("fragmented datagrams given up for want of room", "RFC 8900 §3.7")
    case .datagramUnfinished: ("datagrams whose fragments were not all there at the end", "RFC 791 §3.2")
    case .segmentRepeated: ("repeated TCP segments", "RFC 9293 §3.8.1")
    case .segmentOutOfOrder: ("TCP segments out of order", "RFC 9293 §3.10.7.4")
    case .segmentCut: ("TCP segments cut by the snap length", "pcap(3PCAP)")
    case .streamGap: ("gaps in TCP streams", "RFC 9293 §3.4")
    case .streamWithoutStart: ("TCP streams without their beginning", "RFC 9293 §3.5")
    case .streamJunk: ("runs of TCP data passed over until a message begins", "RFC 1035 §4.2.2")
    case .shortLengthPrefix: ("TCP length prefixes too short for a DNS header", "RFC 1035 §4.2.2")
    case .streamMessageUnfinished: ("TCP messages without their end", "RFC 7766 §8")
    case .streamEvicted: ("TCP streams given up for want of room", "RFC 7766 §6.2.3")
    case .chunkPart: ("parts of messages over SCTP, not put together", "RFC 9260 §6.9")
    case .quoteUnreadable: ("quoted DNS packets without a whole header", "RFC 792")
    case .aggregateRest: ("aggregated 802.11 frames read only in part", "IEEE 802.11 §9.3.2.2")
    case .versionLeftOut:
      ("versions of fragmented datagrams left out, to keep the work bounded", "RFC 8900 §3.7")
    case .closeOutOfPlace: ("TCP resets and ends out of place", "RFC 5961 §3.2")
    case .segmentConflict: ("repeated TCP segments with other bytes", "RFC 9293 §3.10.7.4")
    case .contactLeftOut: ("packets to other ports than those of DNS not noted as contacts", "RFC 4987 §2")
    case .icmpLeftOut: ("ICMP errors that quote DNS left out, to keep memory bounded", "RFC 4443 §2.4")
    case .fragmentNoteLeftOut:
      ("lone or conflicting fragments left out of the evidence, to keep memory bounded", "RFC 8900 §3.7")
    }
  }
}
