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
  /// IPv4 or IPv6 without a link header: DLT_RAW on Linux.
  package static let rawIP = LinkType(rawValue: 12)
  /// IPv4 or IPv6 without a link header: LINKTYPE_RAW in files.
  package static let rawIPInFiles = LinkType(rawValue: 101)
  /// OpenBSD loopback: the address family in network order.
  package static let loop = LinkType(rawValue: 108)
  /// Linux "cooked" capture, as from the device `any`.
  package static let linuxCooked = LinkType(rawValue: 113)
  /// IPv4 without a link header.
  package static let ipv4 = LinkType(rawValue: 228)
  /// IPv6 without a link header.
  package static let ipv6 = LinkType(rawValue: 229)
  /// Linux "cooked" capture, version 2.
  package static let linuxCooked2 = LinkType(rawValue: 276)

  /// The types whose packets `PacketDecoder` reads, with their mnemonics.
  private static let decoded: [LinkType: String] = [
    .null: "NULL", .ethernet: "EN10MB", .rawIP: "RAW", .rawIPInFiles: "RAW", .loop: "LOOP",
    .linuxCooked: "LINUX_SLL", .ipv4: "IPV4", .ipv6: "IPV6", .linuxCooked2: "LINUX_SLL2",
  ]

  /// Types that captures of networks have now and then, named so that a message can say what is not read.
  private static let named: [Int: String] = [
    6: "IEEE802", 7: "ARCNET", 8: "SLIP", 9: "PPP", 10: "FDDI", 50: "PPP_SERIAL", 51: "PPP_ETHER",
    104: "C_HDLC",
    105: "IEEE802_11", 107: "FRELAY", 117: "PFLOG", 119: "PRISM_HEADER", 127: "IEEE802_11_RADIO",
    147: "USER0", 189: "USB_LINUX", 192: "PPI", 220: "USB_LINUX_MMAPPED", 239: "NFLOG", 258: "PKTAP",
  ]

  /// Whether `PacketDecoder` reads packets of this type.
  package var isDecoded: Bool { Self.decoded[self] != nil }

  /// The mnemonic of the registry without its prefix, or `DLT` and the number.
  package var mnemonic: String { Self.decoded[self] ?? Self.named[rawValue] ?? "DLT\(rawValue)" }

  /// The mnemonic.
  package var description: String { mnemonic }
}
