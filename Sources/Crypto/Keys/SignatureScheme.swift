/// What a signature is made with: a kind of key and a digest.
package enum SignatureScheme: Sendable, Hashable, CaseIterable {
  /// RSASSA-PKCS1-v1_5 with SHA-1 (RFC 3110).
  case rsaSHA1
  /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 5702).
  case rsaSHA256
  /// RSASSA-PKCS1-v1_5 with SHA-512 (RFC 5702).
  case rsaSHA512
  /// ECDSA on P-256 with SHA-256 (RFC 6605).
  case ecdsaP256SHA256
  /// ECDSA on P-384 with SHA-384 (RFC 6605).
  case ecdsaP384SHA384
  /// Ed25519, pure (RFC 8080).
  case ed25519
  /// Ed448, pure (RFC 8080).
  case ed448

  /// The scheme of a number in IANA's registry "DNS Security Algorithm Numbers"; nil for those not verified here.
  package init?(dnssecAlgorithm number: UInt8) {
    switch number {
    case 5, 7: self = .rsaSHA1
    case 8: self = .rsaSHA256
    case 10: self = .rsaSHA512
    case 13: self = .ecdsaP256SHA256
    case 14: self = .ecdsaP384SHA384
    case 15: self = .ed25519
    case 16: self = .ed448
    default: return nil
    }
  }

  /// The kinds of key that are imported and used in ways of their own.
  enum Family {
    /// Numbers, points on NIST curves, points on Edwards curves.
    case rsa, ecdsa, edwards
  }

  /// The kind of key.
  var family: Family {
    switch self {
    case .rsaSHA1, .rsaSHA256, .rsaSHA512: .rsa
    case .ecdsaP256SHA256, .ecdsaP384SHA384: .ecdsa
    case .ed25519, .ed448: .edwards
    }
  }

  /// The digest that is signed; nil where the message itself is (RFC 8032 §5.1.6: it is read twice).
  var digest: DigestAlgorithm? {
    switch self {
    case .rsaSHA1: .sha1
    case .rsaSHA256, .ecdsaP256SHA256: .sha256
    case .ecdsaP384SHA384: .sha384
    case .rsaSHA512: .sha512
    case .ed25519, .ed448: nil
    }
  }
}
