import DNSWire

/// Reads DS and DNSKEY records as zone files, `dig`, `dnssec-keygen` and `dnssec-dsfromkey` write them.
struct ZoneFileAnchors {
  /// What relative names end in, and the owner of the entry before.
  private var origin = Name.root, owner: Name?

  /// Before the first entry.
  init() {}

  /// The anchors in a text.
  static func parse(_ text: String, source: String) throws(AnchorFileError) -> [TrustAnchor] {
    var reader = ZoneFileAnchors(), anchors: [TrustAnchor] = []
    for entry in try ZoneFileEntries(text).entries where !entry.words.isEmpty {
      guard let record = try reader.record(entry) else { continue }
      let anchor = TrustAnchor(zone: record.owner, key: record.key, source: "\(source):\(entry.line)")
      try AnchorFile.add(anchor, to: &anchors, line: entry.line)
    }
    return anchors
  }

  /// The record of an entry, which is `[owner] [TTL] [class] DS|DNSKEY fields`; nil for a directive.
  mutating func record(_ entry: ZoneFileEntries.Entry) throws(AnchorFileError) -> (
    owner: Name, key: TrustAnchor.Key
  )? {
    if !entry.isIndented, entry.words[0].hasPrefix("$") {
      try direct(entry)
      return nil
    }
    var words = entry.words[...]
    if !entry.isIndented { owner = try name(words.removeFirst(), entry.line) }
    guard let owner else {
      throw AnchorFileError(
        line: entry.line, problem: "the line begins with white space, so that the owner is missing")
    }
    let isType = { (word: String) in ["DS", "DNSKEY"].contains(word.uppercased()) }
    guard let at = words.prefix(3).firstIndex(where: isType) else {
      throw AnchorFileError(line: entry.line, problem: "not a DS or DNSKEY record")
    }
    for word in words[..<at] where !ZoneFileAnchors.isTTL(word) && word.uppercased() != "IN" {
      throw AnchorFileError(line: entry.line, problem: "neither a TTL nor the class IN before the type")
    }
    guard let key = AnchorFields.key(words[at], Array(words[(at + 1)...])) else {
      throw AnchorFileError(line: entry.line, problem: "the fields of the record cannot be read")
    }
    return (owner, key)
  }

  /// Follows a directive: `$ORIGIN` names what relative names end in, `$TTL` means nothing here (RFC 2308 §4).
  private mutating func direct(_ entry: ZoneFileEntries.Entry) throws(AnchorFileError) {
    switch entry.words[0].uppercased() {
    case "$ORIGIN" where entry.words.count == 2: origin = try name(entry.words[1], entry.line)
    case "$TTL" where entry.words.count == 2 && ZoneFileAnchors.isTTL(entry.words[1]): break
    default: throw AnchorFileError(line: entry.line, problem: "a directive that is not followed here")
    }
  }

  /// A name, which is relative without a dot at its end, and the origin as `@`.
  private func name(_ text: String, _ line: Int) throws(AnchorFileError) -> Name {
    if text == "@" { return origin }
    let isAbsolute = text.hasSuffix(".") && !text.hasSuffix("\\.")
    guard let name = Name(text),
      let whole = isAbsolute ? name : Name(labels: (name.labels + origin.labels).map { Array($0) })
    else { throw AnchorFileError(line: line, problem: "the owner is not a domain name") }
    return whole
  }

  /// Whether a word is a TTL: seconds, or numbers with the units that BIND knows.
  private static func isTTL(_ word: String) -> Bool {
    if UInt32(word) != nil { return true }
    guard let first = word.utf8.first, (0x30...0x39).contains(first), word.utf8.count <= 20 else {
      return false
    }
    var isDigit = true
    for byte in word.utf8 {
      guard (0x30...0x39).contains(byte) || isDigit && "wdhms".utf8.contains(byte | 0x20) else {
        return false
      }
      isDigit = (0x30...0x39).contains(byte)
    }
    return !isDigit
  }
}
