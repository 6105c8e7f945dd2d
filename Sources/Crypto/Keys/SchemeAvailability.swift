import COpenSSL

extension SignatureScheme {
  /// Whether libcrypto does this scheme here: not every build has the older and the national ones.
  package var isAvailable: Bool {
    switch self {
    case .dsaSHA1: SchemeAvailability.dsa
    case .sm2SM3: SchemeAvailability.sm2
    case .rsaMD5: DigestAlgorithm.md5.isAvailable
    case .gost2001: DigestAlgorithm.gost94.isAvailable
    case .gost2012: DigestAlgorithm.gost2012.isAvailable
    case .rsaSHA1, .rsaSHA256, .rsaSHA512, .ecdsaP256SHA256, .ecdsaP384SHA384, .ed25519, .ed448: true
    }
  }
}

/// What was asked of libcrypto, once a process.
private enum SchemeAvailability {
  /// DSA keys.
  static let dsa = hasKeys(of: "DSA")
  /// SM2 keys with SM3.
  static let sm2 = hasKeys(of: "SM2") && DigestAlgorithm.sm3.isAvailable

  /// Whether a provider in use has a type of key.
  private static func hasKeys(of type: String) -> Bool {
    guard let context = unsafe EVP_PKEY_CTX_new_from_name(nil, type, nil) else {
      ERR_clear_error()
      return false
    }
    unsafe EVP_PKEY_CTX_free(context)
    return true
  }
}
