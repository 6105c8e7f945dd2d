/// One IANA registry of numbers with mnemonics, read in both directions.
package struct MnemonicTable: Sendable {
  /// What is written in front of a number that has no mnemonic, as in TYPE65280 (RFC 3597 §5).
  private let prefix: String
  /// Mnemonics by number; those of the low numbers, which nearly all records have, found without a hash.
  private let names: [UInt16: String], lowNames: [String]
  /// Numbers by mnemonic in upper case.
  private let numbers: [String: UInt16]

  /// A table; `aliases` are understood but not written.
  init(prefix: String, aliases: [String: UInt16] = [:], _ entries: [UInt16: String]) {
    self.prefix = prefix
    names = entries
    lowNames = (0..<MnemonicTable.lowCount).map { entries[$0] ?? prefix + String($0) }
    let pairs = entries.map { ($0.value.uppercased(), $0.key) } + aliases.map { ($0.key, $0.value) }
    numbers = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  /// The mnemonic; without one the prefix and the number in decimal.
  func mnemonic(of number: UInt16) -> String {
    number < MnemonicTable.lowCount ? lowNames[Int(number)] : names[number] ?? prefix + String(number)
  }

  /// How many numbers count as low: CAA's 257 is the highest in everyday use.
  private static let lowCount: UInt16 = 260

  /// The mnemonic; nil where the registry has none.
  func registered(_ number: UInt16) -> String? { names[number] }

  /// The number of a mnemonic, or of prefix and number, in any case; nil when it is neither.
  func number(of text: some StringProtocol) -> UInt16? {
    let upper = text.uppercased()
    if let number = numbers[upper] { return number }
    guard upper.hasPrefix(prefix) else { return nil }
    let digits = upper.utf8.dropFirst(prefix.utf8.count)
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return UInt16(String(digits) ?? "")
  }
}
