/// One entry of the catalogue of what can be odd about packets and messages: they are counted under a name instead of
/// being dropped in silence.
package struct Oddity: Hashable, Sendable {
  /// The name in the output, kebab-case.
  package let code: String
  /// The oddity in words, to be read after a number.
  package let sentence: String
  /// Where the rule stands that is broken, or by which it is odd: an RFC and its section, or another standard.
  package let reference: String

  /// From the fields.
  package init(_ code: String, _ sentence: String, _ reference: String) {
    (self.code, self.sentence, self.reference) = (code, sentence, reference)
  }

  /// The whole catalogue: fates that may hide DNS, oddities of packets, oddities of messages.
  package static let catalogue: [Oddity] =
    PacketFate.allCases.filter(\.isLoss).map(\.oddity) + PacketOddity.allCases.map(\.oddity)
    + MessageOddity.allCases.map(\.oddity)
}

/// A loss that one packet shows: some of a message, or all of one, may be missing.
package struct LossNote: Equatable, Sendable {
  /// What was met.
  package let oddity: Oddity
  /// The packet.
  package let packet: PacketID
}

/// How often an oddity was met, and the first packets that show it.
package struct OddityCount: Equatable, Sendable {
  /// What was met, and how often.
  package var oddity: Oddity, count: Int
  /// The first packets, at most `PacketLimits.examples`.
  package var examples: [PacketID]

  /// `9 gaps in TCP streams (stream-gap, RFC 9293 §3.4; frames 4, 7, ...)`.
  package var sentence: String {
    let frames = examples.map { "\($0.number)" + ($0.file > 0 ? " of file \($0.file)" : "") }
    let list = frames.joined(separator: ", ") + (count > frames.count ? ", ..." : "")
    let end = frames.isEmpty ? "" : "; \(frames.count == 1 && count == 1 ? "frame" : "frames") \(list)"
    return "\(count) \(oddity.sentence) (\(oddity.code), \(oddity.reference)\(end))"
  }

  /// From the fields.
  package init(_ oddity: Oddity, count: Int, examples: [PacketID] = []) {
    (self.oddity, self.count, self.examples) = (oddity, count, examples)
  }
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
