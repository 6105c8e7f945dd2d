extension PacketFate {
  /// The name in the output, kebab-case.
  package var name: String { "packet-" + kebabCase("\(self)") }

  /// Whether a packet with this fate may have held DNS that nobody sees.
  package var isLoss: Bool {
    switch self {
    case .datagram, .segment, .emptySegment, .emptyDatagram, .fragment, .otherPort, .filteredOut: false
    case .icmp, .icmpQuotesDNS, .otherTransport, .notIP: false
    default: true
    }
  }
}

extension PacketOddity {
  /// The name in the output, kebab-case.
  package var name: String { kebabCase("\(self)") }
}

/// `cutLinkHeader` as `cut-link-header`, `badIPLength` as `bad-ip-length`.
func kebabCase(_ name: String) -> String {
  var out = "", previousIsUpper = false
  let letters = Array(name)
  for (index, letter) in letters.enumerated() {
    let nextIsLower = index + 1 < letters.count && letters[index + 1].isLowercase
    if letter.isUppercase, !out.isEmpty, !previousIsUpper || nextIsLower { out.append("-") }
    out += letter.lowercased()
    previousIsUpper = letter.isUppercase
  }
  return out
}
