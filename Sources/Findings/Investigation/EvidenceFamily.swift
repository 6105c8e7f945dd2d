/// The kinds of evidence, which are independent of each other: two kinds say more than twice the same.
package enum EvidenceFamily: String, Sendable, Hashable, CaseIterable, Comparable {
  /// The word of DNSSEC.
  case crypto = "K"
  /// Contents contradict each other.
  case content = "C"
  /// What link and IP headers say of the sender.
  case network = "N"
  /// When it came.
  case timing = "T"
  /// How many there were.
  case volume = "V"
  /// How the message is made.
  case structure = "S"
  /// What the capture shows at other times.
  case history = "H"
  /// A weakness without an attack.
  case weakness = "W"

  /// What it is called.
  package var word: String { "\(self)" }

  /// In the order above.
  package static func < (a: EvidenceFamily, b: EvidenceFamily) -> Bool {
    guard let first = allCases.firstIndex(of: a), let second = allCases.firstIndex(of: b) else {
      return false
    }
    return first < second
  }
}

/// How sure one may be of a forgery, from the families of its evidence.
struct Weighing: Sendable {
  /// The families.
  var families: Set<EvidenceFamily> = []
  /// Whether an answer is bogus while a rival, or the same RRset elsewhere, is secure.
  var isProven = false
  /// Whether there were more guesses than stray answers explain, and one of them fitted.
  var hasHit = false

  /// The arithmetic of the catalogue. Content alone is medium; with a shape that honest servers have it is low.
  func confidence(contentIsHonestShape: Bool = false) -> Confidence {
    if isProven { return .confirmed }
    let others = families.subtracting([.content, .weakness])
    if families.contains(.crypto), families.contains(.content) { return .high }
    if families.contains(.volume), hasHit { return .high }
    if families.contains(.content), !others.isEmpty {
      return contentIsHonestShape && others.count < 2 ? .medium : .high
    }
    if families.contains(.content) { return contentIsHonestShape ? .low : .medium }
    if others.count >= 2 || families.contains(.crypto) || families.contains(.volume) { return .medium }
    return .low
  }
}
