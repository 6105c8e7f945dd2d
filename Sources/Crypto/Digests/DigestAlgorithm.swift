import COpenSSL

/// The digest functions that DNSSEC and the custody record use (FIPS 180-4).
package enum DigestAlgorithm: Sendable, CaseIterable {
  /// SHA-1 and three of the SHA-2 family.
  case sha1, sha256, sha384, sha512

  /// Length of the digest in bytes.
  package var byteCount: Int {
    switch self {
    case .sha1: 20
    case .sha256: 32
    case .sha384: 48
    case .sha512: 64
    }
  }

  /// The implementation, fetched at the first use: finding it by name again costs more than a short digest.
  var method: DigestMethod {
    switch self {
    case .sha1: DigestMethod.sha1
    case .sha256: DigestMethod.sha256
    case .sha384: DigestMethod.sha384
    case .sha512: DigestMethod.sha512
    }
  }
}

/// A fetched EVP_MD, which lives as long as the process; libcrypto lets all threads share it.
@safe struct DigestMethod: @unchecked Sendable {
  /// SHA-1.
  static let sha1 = DigestMethod("SHA1")
  /// SHA-256.
  static let sha256 = DigestMethod("SHA2-256")
  /// SHA-384.
  static let sha384 = DigestMethod("SHA2-384")
  /// SHA-512.
  static let sha512 = DigestMethod("SHA2-512")

  /// The EVP_MD.
  let pointer: OpaquePointer

  /// Fetches the digest of that name from the providers in use.
  private init(_ name: String) {
    guard let pointer = unsafe EVP_MD_fetch(nil, name, nil) else {
      CryptoLibrary.fail("provide the digests SHA-1, SHA-256, SHA-384 and SHA-512")
    }
    unsafe self.pointer = pointer
  }
}
