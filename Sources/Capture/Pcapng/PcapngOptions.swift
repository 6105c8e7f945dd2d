/// Walks the options of a block (§3.5), which lie between two places of a window.
///
///     code (2) | length (2) | value, padded to 4 bytes
struct PcapngOptions {
  /// The code of a comment in every block.
  static let comment: UInt16 = 1

  /// Where the next option begins, and where all end.
  private var place: Int, end: Int

  /// The options between two places.
  init(from place: Int, to end: Int) { (self.place, self.end) = (place, end) }

  /// The next option; nil at the end, and where the options are damaged.
  mutating func next(_ window: borrowing ForwardBuffer, swapped: Bool) -> PcapngOption? {
    guard place + 4 <= end else { return nil }
    let code = window.load(UInt16.self, at: place, swapped: swapped)
    let length = Int(window.load(UInt16.self, at: place + 2, swapped: swapped))
    guard code != 0, place + 4 + length <= end else { return nil }
    defer { place += 4 + (length + 3) & ~3 }
    return PcapngOption(code: code, place: place + 4, length: length)
  }
}

/// An option: its code, and where its value stands.
struct PcapngOption {
  let code: UInt16, place: Int, length: Int
}
