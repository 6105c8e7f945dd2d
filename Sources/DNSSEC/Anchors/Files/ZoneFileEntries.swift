/// The entries of a zone file as words (RFC 1035 §5.1): parentheses join lines, `;` begins a comment, quotes hold
/// blanks together, a backslash takes the octet behind it as it is.
struct ZoneFileEntries {
  /// An entry.
  struct Entry: Sendable {
    /// The line that it begins on, from 1, and whether it begins with white space.
    var line: Int, isIndented: Bool
    /// Its words without quotes, and the comments behind them.
    var words: [String] = [], comment = ""
  }

  /// The entries that have words.
  private(set) var entries: [Entry] = []
  private var entry: Entry, word: [UInt8] = [], hasWord = false, openParentheses: [Int] = []
  private var line = 1, isQuoted = false

  /// Reads a text.
  init(_ text: String) throws(AnchorFileError) {
    entry = Entry(line: 1, isIndented: false)
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
      if byte == 0x5c, let next = bytes.popFirst() {
        word += [byte, next]
        hasWord = true
      } else if byte == 0x3b, !isQuoted {
        endWord()
        let comment = bytes.prefix { $0 != 0x0a }
        entry.comment += ";" + String(decoding: comment, as: UTF8.self)
        bytes = bytes.dropFirst(comment.count)
      } else {
        try take(byte)
      }
    }
    try endLine()
    if let opened = openParentheses.first {
      throw AnchorFileError(line: opened, problem: "a parenthesis that is not closed")
    }
    endEntry()
  }

  /// Takes an octet outside of comments and escapes.
  private mutating func take(_ byte: UInt8) throws(AnchorFileError) {
    switch byte {
    case 0x0a:
      try endLine()
      line += 1
      if openParentheses.isEmpty { endEntry() }
    case 0x22:
      if isQuoted { endWord() } else { endWord(); hasWord = true }
      isQuoted.toggle()
    case _ where isQuoted: word.append(byte)
    case 0x20, 0x09, 0x0d:
      endWord()
      if entry.words.isEmpty, openParentheses.isEmpty, byte != 0x0d { entry.isIndented = true }
    case 0x28:
      endWord()
      openParentheses.append(line)
      guard openParentheses.count == 1 else {
        throw AnchorFileError(line: line, problem: "a parenthesis within parentheses")
      }
    case 0x29:
      endWord()
      guard openParentheses.popLast() != nil else {
        throw AnchorFileError(line: line, problem: "a parenthesis that was not opened")
      }
    default:
      word.append(byte)
      hasWord = true
    }
  }

  /// Ends a line: no quotes reach over it.
  private mutating func endLine() throws(AnchorFileError) {
    guard !isQuoted else { throw AnchorFileError(line: line, problem: "a quotation that is not closed") }
    endWord()
  }

  /// Ends a word, if there is one.
  private mutating func endWord() {
    guard hasWord else { return }
    entry.words.append(String(decoding: word, as: UTF8.self))
    (word, hasWord) = ([], false)
  }

  /// Ends an entry.
  private mutating func endEntry() {
    if !entry.words.isEmpty || !entry.comment.isEmpty { entries.append(entry) }
    entry = Entry(line: line, isIndented: false)
  }
}
