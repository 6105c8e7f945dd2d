/// Reads the `trust-anchor` options of Unbound's unbound.conf, which RFC 5011 does not touch (unbound.conf(5)).
enum UnboundConfAnchors {
  /// Whether a word is the name of an option, which a colon ends.
  static func isOption(_ word: some StringProtocol) -> Bool {
    guard let colon = word.utf8.firstIndex(of: 0x3a), colon != word.startIndex else { return false }
    return word.utf8[..<colon].allSatisfy { (0x61...0x7a).contains($0) || $0 == 0x2d }
  }

  /// Options that name files of anchors, which are given to this program themselves.
  private static let fileOptions = ["trust-anchor-file", "auto-trust-anchor-file", "trusted-keys-file"]

  /// The anchors in a text.
  static func parse(_ text: String, source: String) throws(AnchorFileError) -> [TrustAnchor] {
    var anchors: [TrustAnchor] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, let option = parts[0].split(whereSeparator: \.isWhitespace).first else {
        continue
      }
      if fileOptions.contains(String(option)) {
        throw failure(index + 1, "it names another file of trust anchors; give that file")
      }
      guard option == "trust-anchor" else { continue }
      try AnchorFile.add(anchor(parts[1], index + 1, source), to: &anchors, line: index + 1)
    }
    return anchors
  }

  /// The anchor of an option's value: a record in quotes.
  private static func anchor(_ value: Substring, _ line: Int, _ source: String) throws(AnchorFileError)
    -> TrustAnchor
  {
    let start = value.drop(while: \.isWhitespace)
    guard let quote = start.first, quote == "\"" || quote == "'" else {
      throw failure(line, "the trust anchor is not in quotes")
    }
    let record = start.dropFirst().prefix { $0 != quote }
    guard record.utf8.count + 2 <= start.utf8.count else {
      throw failure(line, "a quotation that is not closed")
    }
    var reader = ZoneFileAnchors()
    do throws(AnchorFileError) {
      guard let entry = try ZoneFileEntries(String(record)).entries.first, !entry.words.isEmpty,
        let read = try reader.record(entry)
      else { throw AnchorFileError(line: 1, problem: "no record in it") }
      return TrustAnchor(zone: read.owner, key: read.key, isFollowed: false, source: "\(source):\(line)")
    } catch {
      throw failure(line, error.problem)
    }
  }

  /// An error in such a file.
  private static func failure(_ line: Int, _ problem: String) -> AnchorFileError {
    AnchorFileError(line: line, problem: problem, expected: AnchorFile.Form.unboundConf.expectation)
  }
}
