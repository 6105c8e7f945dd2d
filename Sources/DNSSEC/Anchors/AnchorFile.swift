import Bytes
import DNSWire

/// Why a file of trust anchors cannot be used.
package struct AnchorFileError: Error, Equatable, Sendable {
  /// Line number from 1; 0 for the whole file.
  package let line: Int
  /// What is wrong with it.
  package let problem: String
}

/// Reads trust anchors as DS and DNSKEY records in zone-file form, one a line; `;` begins a comment (RFC 1035 §5.1).
package enum AnchorFile {
  /// The most anchors taken from one file; a validator is configured with a handful.
  package static let maximumAnchors = 1_000

  /// Reads the text of a file.
  package static func parse(_ text: String, source: String) throws(AnchorFileError) -> [TrustAnchor] {
    var anchors: [TrustAnchor] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let words = line.prefix { $0 != ";" }.split { $0 == " " || $0 == "\t" || $0 == "(" || $0 == ")" }.map(
        String.init)
      guard !words.isEmpty else { continue }
      guard line.first != " ", line.first != "\t" else {
        throw AnchorFileError(
          line: index + 1, problem: "the line begins with white space, so that the owner is missing")
      }
      anchors.append(try parse(words, line: index + 1, source: source))
      guard anchors.count <= maximumAnchors else {
        throw AnchorFileError(line: index + 1, problem: "more than \(maximumAnchors) trust anchors")
      }
    }
    guard !anchors.isEmpty else {
      throw AnchorFileError(line: 0, problem: "no DS or DNSKEY record in it")
    }
    return anchors
  }

  /// Reads `owner [TTL] [class] DS|DNSKEY fields`.
  private static func parse(_ words: [String], line: Int, source: String) throws(AnchorFileError)
    -> TrustAnchor
  {
    guard let owner = Name(words[0]) else {
      throw AnchorFileError(line: line, problem: "the owner is not a domain name")
    }
    guard
      let at = words.dropFirst().prefix(3).firstIndex(where: { ["DS", "DNSKEY"].contains($0.uppercased()) })
    else {
      throw AnchorFileError(line: line, problem: "not a DS or DNSKEY record")
    }
    for word in words[1..<at] where UInt32(word) == nil && word.uppercased() != "IN" {
      throw AnchorFileError(line: line, problem: "neither a TTL nor the class IN before the type")
    }
    let fields = Array(words[(at + 1)...])
    let key = words[at].uppercased() == "DS" ? digest(fields) : dnskey(fields)
    guard let key else {
      throw AnchorFileError(line: line, problem: "the fields of the record cannot be read")
    }
    return TrustAnchor(zone: owner, key: key, source: "\(source):\(line)")
  }

  /// Key tag, algorithm, digest type, digest (RFC 4034 §5.3).
  private static func digest(_ fields: [String]) -> TrustAnchor.Key? {
    guard fields.count >= 4, let tag = UInt16(fields[0]), let algorithm = algorithmNumber(fields[1]),
      let type = UInt8(fields[2]), let digest = Hex.decode(fields[3...].joined()), !digest.isEmpty,
      digestLengths[type] ?? digest.count == digest.count
    else { return nil }
    return .digest(DSData(keyTag: tag, algorithm: algorithm, digestType: type, digest: digest))
  }

  /// Octets of the digest types in use: SHA-1, SHA-256, GOST of 1994, SHA-384, GOST of 2012, SM3. One of another length can match no key.
  private static let digestLengths: [UInt8: Int] = [1: 20, 2: 32, 3: 32, 4: 48, 5: 32, 6: 32]

  /// Flags, protocol, algorithm, public key (RFC 4034 §2.2).
  private static func dnskey(_ fields: [String]) -> TrustAnchor.Key? {
    guard fields.count >= 4, let flags = UInt16(fields[0]), let proto = UInt8(fields[1]),
      let algorithm = algorithmNumber(fields[2]), let key = Base64.decode(fields[3...].joined()), !key.isEmpty
    else { return nil }
    let rdata = [UInt8(flags >> 8), UInt8(flags & 255), proto, algorithm] + key
    return (try? DNSKEYData(rdata.span)).map { .key($0) }
  }

  /// An algorithm by number or mnemonic (RFC 4034 §A.1 allows both).
  private static func algorithmNumber(_ text: String) -> UInt8? {
    UInt8(text) ?? SecurityAlgorithm(mnemonic: text)?.rawValue
  }
}
