/// The link-layer header type of a capture: a DLT number as pcap_datalink(3PCAP) gives it, or the LINKTYPE number of a
/// file where the two differ (tcpdump.org, "Link-layer header types").
package struct LinkType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The registered number.
  package let rawValue: Int

  /// The link type of that number.
  package init(rawValue: Int) { self.rawValue = rawValue }

  /// BSD loopback: the address family in the byte order of the capturing machine.
  package static let null = LinkType(rawValue: 0)
  /// Ethernet.
  package static let ethernet = LinkType(rawValue: 1)
  /// IPv4 or IPv6 without a link header: DLT_RAW on Linux, on OpenBSD, and LINKTYPE_RAW in files.
  package static let rawIP = LinkType(rawValue: 12), rawIPOfOpenBSD = LinkType(rawValue: 14)
  package static let rawIPInFiles = LinkType(rawValue: 101)
  /// OpenBSD loopback: the address family in network order.
  package static let loop = LinkType(rawValue: 108)
  /// Linux "cooked" capture, as from the device `any`, and its version 2.
  package static let linuxCooked = LinkType(rawValue: 113), linuxCooked2 = LinkType(rawValue: 276)
  /// IPv4 or IPv6 alone without a link header.
  package static let ipv4 = LinkType(rawValue: 228), ipv6 = LinkType(rawValue: 229)
  /// PPP, in HDLC-like framing, and behind a PPPoE header.
  static let ppp = LinkType(rawValue: 9), pppSerial = LinkType(rawValue: 50)
  static let pppEthernet = LinkType(rawValue: 51)
  /// PPP, Cisco HDLC and frame relay behind a byte that tells the direction.
  static let pppWithDirection = LinkType(rawValue: 204), ciscoHDLCWithDirection = LinkType(rawValue: 205)
  static let frameRelayWithDirection = LinkType(rawValue: 206)
  static let ciscoHDLC = LinkType(rawValue: 104), frameRelay = LinkType(rawValue: 107)
  /// IEEE 802.11, alone and behind the headers of drivers.
  static let wireless = LinkType(rawValue: 105), radiotap = LinkType(rawValue: 127)
  static let prism = LinkType(rawValue: 119), avs = LinkType(rawValue: 163)
  static let tokenRing = LinkType(rawValue: 6), fddi = LinkType(rawValue: 10)
  static let arcnet = LinkType(rawValue: 7), arcnetOfLinux = LinkType(rawValue: 129)
  /// LLC over ATM; libpcap calls it 11, files 100.
  static let atmRFC1483 = LinkType(rawValue: 11), atmRFC1483InFiles = LinkType(rawValue: 100)
  static let netfilterLog = LinkType(rawValue: 239), packetFilterLog = LinkType(rawValue: 117)
  /// OpenBSD's encapsulated IP: family, SPI and flags.
  static let encapsulated = LinkType(rawValue: 109)
  static let appleFirewire = LinkType(rawValue: 138)
  /// Headers that name another link type; Apple wrote the second one as 149 before it had a number.
  static let ppi = LinkType(rawValue: 192)
  static let pktap = LinkType(rawValue: 258), pktapAsUser2 = LinkType(rawValue: 149)

  /// The types whose packets `PacketDecoder` reads, with their mnemonics.
  private static let decoded: [LinkType: String] = [
    .null: "NULL", .ethernet: "EN10MB", .rawIP: "RAW", .rawIPOfOpenBSD: "RAW", .rawIPInFiles: "RAW",
    .loop: "LOOP", .linuxCooked: "LINUX_SLL", .linuxCooked2: "LINUX_SLL2", .ipv4: "IPV4", .ipv6: "IPV6",
    .ppp: "PPP", .pppSerial: "PPP_SERIAL", .pppEthernet: "PPP_ETHER", .ciscoHDLC: "C_HDLC",
    .pppWithDirection: "PPP_WITH_DIR", .ciscoHDLCWithDirection: "C_HDLC_WITH_DIR",
    .frameRelayWithDirection: "FRELAY_WITH_DIR", .frameRelay: "FRELAY", .wireless: "IEEE802_11",
    .radiotap: "IEEE802_11_RADIO", .prism: "PRISM_HEADER",
    .avs: "IEEE802_11_RADIO_AVS", .tokenRing: "IEEE802", .fddi: "FDDI", .arcnet: "ARCNET",
    .arcnetOfLinux: "ARCNET_LINUX", .atmRFC1483: "ATM_RFC1483",
    .atmRFC1483InFiles: "ATM_RFC1483", .netfilterLog: "NFLOG",
    .packetFilterLog: "PFLOG", .encapsulated: "ENC", .appleFirewire: "APPLE_IP_OVER_IEEE1394", .ppi: "PPI",
    .pktap: "PKTAP", .pktapAsUser2: "USER2",
  ]

  /// Types that captures of networks have now and then, named so that a message can say what is not read: IEEE 802.15.4
  /// is left out on purpose, DNS over it is compressed beyond recognition (RFC 6282).
  private static let named: [Int: String] = [
    8: "SLIP", 147: "USER0", 148: "USER1", 187: "BLUETOOTH_HCI_H4", 189: "USB_LINUX", 195: "IEEE802_15_4",
    201: "BLUETOOTH_HCI_H4_WITH_PHDR", 215: "IEEE802_15_4_NONASK_PHY", 220: "USB_LINUX_MMAPPED",
    230: "IEEE802_15_4_NOFCS", 249: "USBPCAP", 252: "WIRESHARK_UPPER_PDU", 283: "IEEE802_15_4_TAP",
  ]

  /// Whether `PacketDecoder` reads packets of this type.
  package var isDecoded: Bool { Self.decoded[self] != nil }

  /// Whether packets of this type name another one for what they hold.
  var isWrapper: Bool { self == .ppi || self == .pktap || self == .pktapAsUser2 }

  /// The mnemonic of the registry without its prefix, or `DLT` and the number.
  package var mnemonic: String { Self.decoded[self] ?? Self.named[rawValue] ?? "DLT\(rawValue)" }

  /// The mnemonic.
  package var description: String { mnemonic }
}
