import COpenSSL

/// A context that is set up to verify with one key, made once and only ever copied, which all threads may do.
///
/// Setting up costs 3 µs, copying 0.3 µs.
@safe final class VerificationTemplate: @unchecked Sendable {
  /// The EVP_PKEY_CTX of RSA, DSA and ECDSA, which judges a digest.
  private let keyContext: OpaquePointer?
  /// The EVP_MD_CTX of the other schemes, which judges a message.
  private let messageContext: OpaquePointer?

  /// Nil when libcrypto does not do the scheme, as where the system's policy forbids SHA-1 in signatures.
  init?(_ scheme: SignatureScheme, key: ImportedKey) {
    if let digest = scheme.digest {
      unsafe messageContext = nil
      unsafe keyContext = EVP_PKEY_CTX_new_from_pkey(nil, key.pointer, nil)
      let isReady =
        unsafe EVP_PKEY_verify_init(keyContext) == 1
        && (scheme.family != .rsa || EVP_PKEY_CTX_ctrl_str(keyContext, "rsa_padding_mode", "pkcs1") == 1)
        && EVP_PKEY_CTX_set_signature_md(keyContext, digest.method.pointer) == 1
      if !isReady { return nil }
    } else {
      unsafe keyContext = nil
      unsafe messageContext = EVP_MD_CTX_new()
      guard let context = unsafe messageContext, unsafe Self.prepare(context, scheme, key) else { return nil }
    }
  }

  /// Octets of the identifier that SM2 hashes in front of the key, "1234567812345678" (RFC 9563, GB/T 35276-2017).
  private static let distinguishingIdentifier: [UInt8] = Array("1234567812345678".utf8)

  /// Sets an EVP_MD_CTX up to verify messages.
  private static func prepare(_ context: OpaquePointer, _ scheme: SignatureScheme, _ key: ImportedKey) -> Bool
  {
    switch scheme {
    case .sm2SM3:
      var keyContext: OpaquePointer?
      let id = distinguishingIdentifier
      return unsafe EVP_DigestVerifyInit_ex(context, &keyContext, "SM3", nil, nil, key.pointer, nil) == 1
        && EVP_PKEY_CTX_set1_id(keyContext, id, Int32(id.count)) == 1
    case .gost2001, .gost2012:
      // Nothing but the old call takes a digest that no provider has.
      let digest = scheme == .gost2001 ? DigestAlgorithm.gost94 : .gost2012
      return unsafe EVP_DigestVerifyInit(context, nil, digest.method.pointer, nil, key.pointer) == 1
    default:
      return unsafe EVP_DigestVerifyInit_ex(context, nil, nil, nil, nil, key.pointer, nil) == 1
    }
  }

  deinit {
    unsafe EVP_PKEY_CTX_free(keyContext)
    unsafe EVP_MD_CTX_free(messageContext)
  }

  /// A context of RSA, DSA or ECDSA for one worker, owned by the caller.
  func makeKeyContext() -> OpaquePointer {
    guard let keyContext = unsafe keyContext, let copy = unsafe EVP_PKEY_CTX_dup(keyContext) else {
      CryptoLibrary.fail("copy a verification context")
    }
    return unsafe copy
  }

  /// Makes a worker's EVP_MD_CTX ready to verify one message.
  func copy(into context: OpaquePointer) {
    guard unsafe EVP_MD_CTX_copy_ex(context, messageContext) == 1 else {
      CryptoLibrary.fail("copy a verification context")
    }
  }
}
