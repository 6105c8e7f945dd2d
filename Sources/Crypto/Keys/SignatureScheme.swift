/// What a signature is made with: a kind of key and a digest.
package enum SignatureScheme: Sendable, Hashable, CaseIterable {
  /// RSASSA-PKCS1-v1_5 with MD5 (RFC 2537).
  case rsaMD5
  /// DSA with SHA-1 (RFC 2536).
  case dsaSHA1
  /// RSASSA-PKCS1-v1_5 with SHA-1 (RFC 3110).
  case rsaSHA1
  /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 5702).
  case rsaSHA256
  /// RSASSA-PKCS1-v1_5 with SHA-512 (RFC 5702).
  case rsaSHA512
  /// GOST R 34.10-2001 with GOST R 34.11-94 (RFC 5933).
  case gost2001
  /// ECDSA on P-256 with SHA-256 (RFC 6605).
  case ecdsaP256SHA256
  /// ECDSA on P-384 with SHA-384 (RFC 6605).
  case ecdsaP384SHA384
  /// Ed25519, pure (RFC 8080).
  case ed25519
  /// Ed448, pure (RFC 8080).
  case ed448
  /// SM2 with SM3 (RFC 9563).
  case sm2SM3
  /// GOST R 34.10-2012 of 256 bits with GOST R 34.11-2012 (RFC 9558).
  case gost2012

  /// The scheme of a number in IANA's registry "DNS Security Algorithm Numbers"; nil for those that nothing here can
  /// verify. Whether libcrypto does it is another question.
  package init?(dnssecAlgorithm number: UInt8) {
    switch number {
    case 1: self = .rsaMD5
    case 3, 6: self = .dsaSHA1
    case 5, 7: self = .rsaSHA1
    case 8: self = .rsaSHA256
    case 10: self = .rsaSHA512
    case 12: self = .gost2001
    case 13: self = .ecdsaP256SHA256
    case 14: self = .ecdsaP384SHA384
    case 15: self = .ed25519
    case 16: self = .ed448
    case 17: self = .sm2SM3
    case 23: self = .gost2012
    default: return nil
    }
  }

  /// The kinds of key that are imported and used in ways of their own.
  enum Family {
    /// Numbers, points on NIST curves, points on Edwards curves.
    case rsa, ecdsa, edwards
    /// Numbers in a group, points on the curve of SM2, points on a curve of GOST.
    case dsa, sm2, gost
  }

  /// The kind of key.
  var family: Family {
    switch self {
    case .rsaMD5, .rsaSHA1, .rsaSHA256, .rsaSHA512: .rsa
    case .dsaSHA1: .dsa
    case .ecdsaP256SHA256, .ecdsaP384SHA384: .ecdsa
    case .ed25519, .ed448: .edwards
    case .sm2SM3: .sm2
    case .gost2001, .gost2012: .gost
    }
  }

  /// The digest that is computed here and signed; nil where libcrypto takes the message: an Edwards curve reads it twice
  /// (RFC 8032 §5.1.6), SM2 hashes the key in front of it, and an engine keeps its digest to itself.
  var digest: DigestAlgorithm? {
    switch self {
    case .rsaMD5: .md5
    case .rsaSHA1, .dsaSHA1: .sha1
    case .rsaSHA256, .ecdsaP256SHA256: .sha256
    case .ecdsaP384SHA384: .sha384
    case .rsaSHA512: .sha512
    case .ed25519, .ed448, .sm2SM3, .gost2001, .gost2012: nil
    }
  }

  /// Where the two numbers of a signature stand that libcrypto wants in DER; nil where it reads the octets as they are.
  func numberPair(ofSignature byteCount: Int) -> Range<Int>? {
    switch family {
    case .ecdsa, .sm2: 0..<byteCount
    case .dsa: 1..<byteCount  // behind T, which the key tells as well (RFC 2536 §3)
    case .rsa, .edwards, .gost: nil
    }
  }
}
