import DNSWire

/// Reads the anchors of BIND's named.conf and bind.keys, wherever in it they stand.
struct NamedConfAnchors {
  /// The statements that hold anchors; `managed-keys` and `trusted-keys` are those of older versions.
  private static let statements = ["trust-anchors", "managed-keys", "trusted-keys"]

  /// Whether a line is one of such a file: braces are in no zone file outside of comments.
  static func begins(_ line: some StringProtocol) -> Bool {
    let text = line.prefix { $0 != ";" }
    return text.contains("{")
      || text.split(whereSeparator: \.isWhitespace).first.map { statements.contains($0.lowercased()) }
        ?? false
  }

  private var tokens: ArraySlice<NamedConfTokens.Token>
  private let source: String

  /// The anchors in a text.
  static func parse(_ text: String, source: String) throws(AnchorFileError) -> [TrustAnchor] {
    var reader = NamedConfAnchors(tokens: try NamedConfTokens(text).tokens[...], source: source)
    var anchors: [TrustAnchor] = []
    while let token = reader.tokens.popFirst() {
      guard case .word(let word) = token.kind, statements.contains(word.lowercased()),
        reader.tokens.first?.kind == .open
      else { continue }
      reader.tokens.removeFirst()
      try reader.readAnchors(in: word.lowercased(), into: &anchors)
    }
    return anchors
  }

  /// Reads `zone [kind] number number number "data";` up to the closing brace.
  private mutating func readAnchors(in statement: String, into anchors: inout [TrustAnchor])
    throws(AnchorFileError)
  {
    var entry: [NamedConfTokens.Token] = []
    while let token = tokens.popFirst() {
      switch token.kind {
      case .word, .string: entry.append(token)
      case .end where entry.isEmpty: break
      case .end:
        try AnchorFile.add(anchor(entry, in: statement), to: &anchors, line: entry[0].line)
        entry = []
      case .close where entry.isEmpty: return
      case .open, .close: throw NamedConfTokens.failure(token.line, "a brace within a trust anchor")
      }
    }
    throw NamedConfTokens.failure(0, "the statement \(statement) is not closed")
  }

  /// The anchor of an entry. What is called static is no subject to RFC 5011, nor is anything in `trusted-keys`.
  private func anchor(_ entry: [NamedConfTokens.Token], in statement: String) throws(AnchorFileError)
    -> TrustAnchor
  {
    var words = entry.compactMap(\.text)[...]
    guard let zone = words.popFirst().flatMap({ Name($0) }) else {
      throw NamedConfTokens.failure(entry[0].line, "the zone is not a domain name")
    }
    let kind = statement == "trusted-keys" ? "static-key" : words.popFirst()?.lowercased() ?? ""
    let type = ["initial-key": "DNSKEY", "static-key": "DNSKEY", "initial-ds": "DS", "static-ds": "DS"][kind]
    guard let type else {
      throw NamedConfTokens.failure(entry[0].line, "the kind of trust anchor is not known")
    }
    let fields = words.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
    guard let key = AnchorFields.key(type, fields) else {
      throw NamedConfTokens.failure(entry[0].line, "the fields of the trust anchor cannot be read")
    }
    return TrustAnchor(
      zone: zone, key: key, isFollowed: kind.hasPrefix("initial"), source: "\(source):\(entry[0].line)")
  }
}
