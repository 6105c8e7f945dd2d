import Packets

/// An expression in libpcap's filter language, `pcap-filter(7)`, for packets of any link type.
///
/// It is asked about IP packets, wherever they were found. Where the expression speaks of link-layer headers, it is
/// asked about frames instead, with a program for each link type.
package final class PacketFilter: PacketSelector {
  /// Words of the language that mean the link layer or the length of a frame, and would be taken for something else
  /// where there is none; `geneve` looks for the tunnel itself.
  private static let linkWords: Set<Substring> = [
    "ether", "link", "wlan", "fddi", "tr", "ppp", "slip", "radio", "len", "length", "less", "greater",
    "geneve",
    "inbound", "outbound", "ifname", "on", "ifindex",
  ]
  /// Link types for one of which every expression compiles that has sense.
  private static let commonTypes: [LinkType] = [
    .ethernet, .linuxCooked, LinkType(rawValue: 127), LinkType(rawValue: 9), LinkType(rawValue: 11), .null,
  ]

  /// The expression.
  package let expression: String
  package let needsLinkLayer: Bool
  /// Link types for which the expression has no meaning, and whose packets are passed over.
  package private(set) var unsupportedTypes: [LinkType] = []
  /// The program for IP packets.
  private let packetProgram: FilterProgram?
  /// The programs for frames, and that of the latest link type.
  private var framePrograms: [LinkType: FilterProgram] = [:]
  private var latest: (type: LinkType, program: FilterProgram?)?

  /// Compiles an expression.
  package init(_ expression: String) throws(CaptureError) {
    self.expression = expression
    let words = expression.split { !($0.isLetter || $0.isNumber) }
    let isOfLink = words.contains { Self.linkWords.contains($0) }
    packetProgram = isOfLink ? nil : try? FilterProgram(expression, linkType: .rawIP)
    needsLinkLayer = packetProgram == nil
    guard needsLinkLayer else { return }
    let fits = Self.commonTypes.contains { (try? FilterProgram(expression, linkType: $0)) != nil }
    // The words of libpcap for Ethernet are those that people know.
    if !fits { _ = try FilterProgram(expression, linkType: .ethernet) }
  }

  /// Compiles an expression, if there is one.
  package convenience init?(optional expression: String?) throws(CaptureError) {
    guard let expression else { return nil }
    try self.init(expression)
  }

  package func selects(packet: Span<UInt8>) -> Bool {
    packetProgram?.matches(packet, originalLength: packet.count) ?? false
  }

  package func selects(_ frame: borrowing Frame) -> Bool {
    program(for: frame.linkType)?.matches(frame.bytes, originalLength: frame.originalLength) ?? false
  }

  /// What people should know of packets that could not be asked about, a sentence each.
  package var warnings: [String] {
    unsupportedTypes.map { type in
      "the filter \"\(printable(expression))\" has no meaning for link type \(type.mnemonic); "
        + "such packets were passed over"
    }
  }

  /// The program for frames of a link type; nil when there can be none.
  private func program(for type: LinkType) -> FilterProgram? {
    if let latest, latest.type == type { return latest.program }
    var program = framePrograms[type]
    if program == nil, !unsupportedTypes.contains(type) {
      program = try? FilterProgram(expression, linkType: type)
      framePrograms[type] = program
      if program == nil, unsupportedTypes.count < ContainerFacts.listLimit { unsupportedTypes.append(type) }
    }
    latest = (type, program)
    return program
  }
}
