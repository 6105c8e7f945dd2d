/// Why a file of trust anchors cannot be used.
package struct AnchorFileError: Error, Equatable, Sendable {
  /// Line number from 1; 0 for the whole file.
  package let line: Int
  /// What is wrong with it, and what is expected there.
  package let problem: String, expected: String

  /// From the parts.
  init(line: Int, problem: String, expected: String = AnchorFile.Form.zoneFile.expectation) {
    (self.line, self.problem, self.expected) = (line, problem, expected)
  }
}

/// Reads trust anchors from files of every form in use, told apart by what is in them.
package enum AnchorFile {
  /// The most anchors taken from one file; a validator is configured with a handful.
  package static let maximumAnchors = 1_000

  /// The forms of files.
  enum Form: Sendable {
    /// DS and DNSKEY records (RFC 1035 §5.1).
    case zoneFile
    /// BIND's named.conf and bind.keys.
    case namedConf
    /// Unbound's unbound.conf.
    case unboundConf
    /// Unbound's auto-trust-anchor-file, in which it keeps the state of RFC 5011.
    case autotrust
    /// IANA's root-anchors.xml (RFC 7958, RFC 9718).
    case xml

    /// What such a file holds, for messages.
    var expectation: String {
      switch self {
      case .zoneFile: "DS or DNSKEY records as zone files have them"
      case .namedConf: "trust-anchors { zone initial-key|static-key|initial-ds|static-ds numbers \"data\"; };"
      case .unboundConf: "trust-anchor: \"zone DS|DNSKEY fields\""
      case .autotrust: "DNSKEY records with ;;state= behind them, below a line ;;id: zone 1"
      case .xml: "the elements of root-anchors.xml (RFC 9718)"
      }
    }
  }

  /// Reads the text of a file. Revoked keys in it are no anchors (RFC 5011 §2.1), so that a file may yield none.
  package static func parse(_ text: String, source: String) throws(AnchorFileError) -> [TrustAnchor] {
    let form = form(of: text)
    let anchors =
      switch form {
      case .zoneFile: try ZoneFileAnchors.parse(text, source: source)
      case .namedConf: try NamedConfAnchors.parse(text, source: source)
      case .unboundConf: try UnboundConfAnchors.parse(text, source: source)
      case .autotrust: try AutotrustFile.anchors(text, source: source)
      case .xml: try RootAnchorsXML.parse(text, source: source)
      }
    guard !anchors.isEmpty else {
      throw AnchorFileError(line: 0, problem: "no trust anchor in it", expected: form.expectation)
    }
    return anchors.filter { !$0.isRevoked }
  }

  /// The form of a text, by its first words.
  static func form(of text: String) -> Form {
    if text.first(where: { !$0.isWhitespace }) == "<" { return .xml }
    for line in text.split(whereSeparator: \.isNewline) {
      if line.hasPrefix(";;id:") || line.contains(";;state=") { return .autotrust }
      let first = line.prefix { $0 != "#" && $0 != ";" }.split(whereSeparator: \.isWhitespace).first ?? ""
      if UnboundConfAnchors.isOption(first) { return .unboundConf }
      if NamedConfAnchors.begins(line) { return .namedConf }
    }
    return .zoneFile
  }

  /// Adds an anchor to those of a file, within the limit.
  static func add(_ anchor: TrustAnchor, to anchors: inout [TrustAnchor], line: Int) throws(AnchorFileError) {
    guard anchors.count < maximumAnchors else {
      throw AnchorFileError(line: line, problem: "more than \(maximumAnchors) trust anchors")
    }
    anchors.append(anchor)
  }
}
