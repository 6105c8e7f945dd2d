import Crypto
import DNSWire

/// What a user takes for insecure although it verifies; apart from the truth, which is found out first.
package struct ValidationPolicy: Sendable, Equatable {
  /// Classes that count as if their algorithm were not supported (RFC 4035 §5.2).
  package private(set) var insecure: WeakClasses = []
  /// Whether RSA with MD5 is verified at all: RFC 6725 took it out of use before most captures were made.
  package private(set) var verifiesMD5 = false

  /// The truth alone.
  package init() {}

  /// Sets by name.
  private static let sets: [(name: String, classes: WeakClasses)] = [
    ("none", []), ("rfc9904", [WeakClasses(.md5), WeakClasses(.dsa), WeakClasses(.gost)]),
    ("all", WeakClasses(rawValue: .max)),
  ]

  /// The names of the sets.
  package static var setNames: [String] { sets.map(\.name) }

  /// Takes words in the order given, later ones over earlier ones: a set, which replaces what was said before, a class, or
  /// `class=insecure` or `class=note`.
  package init(words: [String]) throws(PolicyError) {
    for word in words {
      if let set = ValidationPolicy.sets.first(where: { $0.name == word }) {
        insecure = set.classes
        verifiesMD5 = insecure.contains(WeakClasses(.md5))
      } else {
        try take(word)
      }
    }
  }

  /// Takes what is said about one class.
  private mutating func take(_ word: String) throws(PolicyError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map { String($0) } ?? ""
    guard let weak = WeakClass.allCases.first(where: { $0.word == name }) else {
      throw PolicyError(word: word, isUnknownClass: true)
    }
    switch parts.count > 1 ? parts[1] : "insecure" {
    case "insecure": insecure.insert(WeakClasses(weak))
    case "note": insecure.remove(WeakClasses(weak))
    default: throw PolicyError(word: word, isUnknownClass: false)
    }
    if weak == .md5 { verifiesMD5 = true }
  }

  /// What is in force, a word for each class that is not only noted; `none` for the truth alone.
  package var words: [String] {
    let words = insecure.classes.map { "\($0.word)=insecure" }
    let onlyNoted = verifiesMD5 && !insecure.contains(WeakClasses(.md5)) ? ["md5=note"] : []
    return words.isEmpty && onlyNoted.isEmpty ? ["none"] : words + onlyNoted
  }

  /// The scheme of an algorithm that is verified; nil for others, which are as good as unknown.
  func scheme(of algorithm: UInt8) -> SignatureScheme? {
    guard let scheme = SignatureScheme(dnssecAlgorithm: algorithm), scheme != .rsaMD5 || verifiesMD5 else {
      return nil
    }
    return scheme.isAvailable ? scheme : nil
  }

  /// Whether algorithm and digest type of a DS are verified.
  func supports(_ ds: DSData) -> Bool {
    scheme(of: ds.algorithm) != nil && DigestAlgorithm(dsDigestType: ds.digestType) != nil
  }

  /// Whether what belongs to these classes may make anything secure.
  func allows(_ classes: WeakClasses) -> Bool { insecure.isDisjoint(with: classes) }
}

/// A word of a policy that means nothing.
package struct PolicyError: Error, Equatable, Sendable {
  /// The word.
  package let word: String
  /// Whether the class is not known; otherwise it is what should become of it.
  package let isUnknownClass: Bool

  /// What is wrong, and what may be said.
  package var sentence: String {
    let classes = WeakClass.allCases.map(\.word).joined(separator: ", ")
    return isUnknownClass
      ? "there is no class or set \(word.isEmpty ? "without a name" : word); classes are \(classes), sets are \(ValidationPolicy.setNames.joined(separator: ", "))"
      : "\(word): a class is either insecure or note"
  }
}

extension DigestAlgorithm {
  /// The digest of a DS digest type, where libcrypto does it: 1 SHA-1 (RFC 3658), 2 SHA-256 (RFC 4509), 3 GOST R 34.11-94
  /// (RFC 5933), 4 SHA-384 (RFC 6605), 5 GOST R 34.11-2012 (RFC 9558), 6 SM3 (RFC 9563).
  init?(dsDigestType: UInt8) {
    switch dsDigestType {
    case 1: self = .sha1
    case 2: self = .sha256
    case 3: self = .gost94
    case 4: self = .sha384
    case 5: self = .gost2012
    case 6: self = .sm3
    default: return nil
    }
    if !isAvailable { return nil }
  }
}
