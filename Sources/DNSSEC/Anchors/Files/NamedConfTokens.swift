/// The tokens of BIND's configuration language: words, strings, braces and semicolons; `//`, `#` and `/* */` are
/// comments.
struct NamedConfTokens {
  /// A token, and the line that it begins on, from 1.
  struct Token: Sendable {
    /// What it is.
    enum Kind: Equatable, Sendable {
      case word(String), string(String), open, close, end
    }
    let kind: Kind, line: Int

    /// The text of a word or string.
    var text: String? {
      switch kind {
      case .word(let text), .string(let text): text
      default: nil
      }
    }
  }

  /// The tokens in order.
  private(set) var tokens: [Token] = []
  private var rest: ArraySlice<UInt8>, line = 1

  /// Reads a text.
  init(_ text: String) throws(AnchorFileError) {
    rest = Array(text.utf8)[...]
    while let byte = rest.first {
      switch byte {
      case 0x7b: punctuate(.open)
      case 0x7d: punctuate(.close)
      case 0x3b: punctuate(.end)
      case 0x22: try readString()
      case 0x23: skipLine()
      case 0x2f where second == 0x2f: skipLine()
      case 0x2f where second == 0x2a: try skipComment()
      case 0x20, 0x09, 0x0a, 0x0d: skip(1)
      default: readWord()
      }
    }
  }

  /// The octet behind the next one.
  private var second: UInt8? { rest.dropFirst().first }

  /// Passes over octets and counts the lines among them.
  private mutating func skip(_ count: Int) {
    line += rest.prefix(count).count { $0 == 0x0a }
    rest = rest.dropFirst(count)
  }

  /// Passes over the rest of the line.
  private mutating func skipLine() { skip(rest.prefix { $0 != 0x0a }.count) }

  /// Takes a token of one octet.
  private mutating func punctuate(_ kind: Token.Kind) {
    tokens.append(Token(kind: kind, line: line))
    skip(1)
  }

  /// Passes over a comment, which ends at the first `*/`.
  private mutating func skipComment() throws(AnchorFileError) {
    let opened = line
    skip(2)
    while let byte = rest.first, byte != 0x2a || second != 0x2f { skip(1) }
    guard !rest.isEmpty else { throw NamedConfTokens.failure(opened, "a comment that is not closed") }
    skip(2)
  }

  /// Takes a string, which may go over several lines.
  private mutating func readString() throws(AnchorFileError) {
    let opened = line
    skip(1)
    let octets = rest.prefix { $0 != 0x22 }
    skip(octets.count)
    guard !rest.isEmpty else { throw NamedConfTokens.failure(opened, "a string that is not closed") }
    skip(1)
    tokens.append(Token(kind: .string(String(decoding: octets, as: UTF8.self)), line: opened))
  }

  /// Takes a word, which ends at a blank, a brace, a semicolon or a quote.
  private mutating func readWord() {
    let octets = rest.prefix { $0 > 0x20 && ![0x22, 0x3b, 0x7b, 0x7d].contains($0) }
    // Another control octet is a word of its own, which nothing expects.
    let length = max(octets.count, 1)
    tokens.append(Token(kind: .word(String(decoding: rest.prefix(length), as: UTF8.self)), line: line))
    skip(length)
  }

  /// An error in such a file.
  static func failure(_ line: Int, _ problem: String) -> AnchorFileError {
    AnchorFileError(line: line, problem: problem, expected: AnchorFile.Form.namedConf.expectation)
  }
}
