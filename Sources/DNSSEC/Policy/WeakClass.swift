/// A class of cryptography that holds in itself and is no longer advised.
package enum WeakClass: UInt8, Sendable, CaseIterable {
  /// RSA with MD5.
  case md5
  /// DSA, whose keys end at 1024 bits.
  case dsa
  /// SHA-1 in signatures.
  case sha1
  /// SHA-1 in DS records.
  case sha1DS
  /// GOST R 34.10-2001 and GOST R 34.11-94.
  case gost
  /// RSA moduli below 1024 bits.
  case rsaSmall
  /// RSA moduli from 1024 bits to below 2048.
  case rsa1024
  /// RSA exponents of 16 bits or fewer, like 3, or of more than 256.
  case rsaExponent

  /// The word that stands for it in options and output.
  package var word: String {
    switch self {
    case .md5: "md5"
    case .dsa: "dsa"
    case .sha1: "sha1"
    case .sha1DS: "sha1-ds"
    case .gost: "gost"
    case .rsaSmall: "rsa-small"
    case .rsa1024: "rsa-1024"
    case .rsaExponent: "rsa-exponent"
    }
  }

  /// What belongs to it, for people.
  package var meaning: String {
    switch self {
    case .md5: "RSA with MD5 (algorithm 1)"
    case .dsa: "DSA (algorithms 3 and 6)"
    case .sha1: "SHA-1 in signatures (algorithms 3, 5, 6 and 7)"
    case .sha1DS: "SHA-1 in DS records (digest type 1)"
    case .gost: "GOST of 2001 and 1994 (algorithm 12, digest type 3)"
    case .rsaSmall: "RSA keys below 1024 bits"
    case .rsa1024: "RSA keys from 1024 to below 2048 bits"
    case .rsaExponent: "RSA exponents below 65537, like 3, or above 256 bits"
    }
  }

  /// Where it is advised against.
  package var references: [String] {
    switch self {
    case .md5: ["RFC 6725", "RFC 8624 §3.1"]
    case .dsa: ["RFC 8624 §3.1"]
    case .sha1: ["RFC 9905"]
    case .sha1DS: ["RFC 8624 §3.3"]
    case .gost: ["RFC 9906"]
    case .rsaSmall: ["RFC 6781 §3.4.2"]
    case .rsa1024: ["NIST SP 800-57 Part 1 §5.6"]
    case .rsaExponent: ["CVE-2006-4339", "FIPS 186-5 §A.1.1"]
    }
  }
}

/// Several of the classes.
package struct WeakClasses: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The set of one class.
  package init(_ one: WeakClass) { rawValue = 1 << one.rawValue }

  /// The classes in it, in the order of the catalogue.
  package var classes: [WeakClass] { WeakClass.allCases.filter { contains(WeakClasses($0)) } }

  /// Their words in a sentence.
  package var text: String { classes.map(\.word).joined(separator: ", ") }
}
