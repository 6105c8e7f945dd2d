import COpenSSL

/// The digest functions that DNSSEC and the custody record use.
package enum DigestAlgorithm: Sendable, CaseIterable {
  /// SHA-1 and three of the SHA-2 family (FIPS 180-4), which every libcrypto has.
  case sha1, sha256, sha384, sha512
  /// MD5 (RFC 1321), for RSA keys of the nineties; a libcrypto in FIPS mode has none.
  case md5
  /// SM3 (GB/T 32905-2016).
  case sm3
  /// GOST R 34.11-94 with the parameters of CryptoPro (RFC 5831, RFC 5933 §4), and GOST R 34.11-2012 of 256 bits
  /// (RFC 6986): by an engine.
  case gost94, gost2012

  /// Length of the digest in bytes.
  package var byteCount: Int {
    switch self {
    case .md5: 16
    case .sha1: 20
    case .sha256, .sm3, .gost94, .gost2012: 32
    case .sha384: 48
    case .sha512: 64
    }
  }

  /// Whether libcrypto does it here; asked once.
  package var isAvailable: Bool { found != nil }

  /// The implementation, found at the first use: finding it by name again costs more than a short digest.
  var method: DigestMethod {
    guard let found else { CryptoLibrary.fail("provide a digest that was not asked for before") }
    return found
  }

  /// The implementation; nil where there is none.
  private var found: DigestMethod? {
    switch self {
    case .sha1: DigestMethod.sha1
    case .sha256: DigestMethod.sha256
    case .sha384: DigestMethod.sha384
    case .sha512: DigestMethod.sha512
    case .md5: DigestMethod.md5
    case .sm3: DigestMethod.sm3
    case .gost94: DigestMethod.gost94
    case .gost2012: DigestMethod.gost2012
    }
  }
}

/// An EVP_MD, which lives as long as the process; libcrypto lets all threads share it.
@safe struct DigestMethod: @unchecked Sendable {
  /// SHA-1.
  static let sha1 = DigestMethod(fetching: "SHA1")
  /// SHA-256.
  static let sha256 = DigestMethod(fetching: "SHA2-256")
  /// SHA-384.
  static let sha384 = DigestMethod(fetching: "SHA2-384")
  /// SHA-512.
  static let sha512 = DigestMethod(fetching: "SHA2-512")
  /// MD5.
  static let md5 = DigestMethod(fetching: "MD5")
  /// SM3.
  static let sm3 = DigestMethod(fetching: "SM3")
  /// GOST R 34.11-94.
  static let gost94 = DigestMethod(engineDigest: "md_gost94")
  /// GOST R 34.11-2012 of 256 bits.
  static let gost2012 = DigestMethod(engineDigest: "md_gost12_256")

  /// The EVP_MD.
  let pointer: OpaquePointer

  /// Fetches the digest of that name from the providers in use; nil when none has it.
  private init?(fetching name: String) {
    guard let pointer = unsafe EVP_MD_fetch(nil, name, nil) else {
      ERR_clear_error()
      return nil
    }
    unsafe self.pointer = pointer
  }

  /// The digest of that name which the GOST engine registers; nil without the engine.
  private init?(engineDigest name: String) {
    guard GOSTEngine.isLoaded, let pointer = unsafe EVP_get_digestbyname(name) else { return nil }
    unsafe self.pointer = pointer
  }
}
