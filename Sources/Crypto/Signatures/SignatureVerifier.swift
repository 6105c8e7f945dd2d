import COpenSSL

/// Verifies signatures; keeps the contexts that make the next verification cheap, so each worker has one of its own.
@safe package final class SignatureVerifier {
  /// Keys with a kept context; a context takes 0.7 to 1.4 KiB, so a worker stays below a megabyte.
  package static let maximumKeptContexts = 512
  /// The longest digest, that of SHA-512, in bytes.
  private static let maximumDigestByteCount = 64

  /// Contexts of the keys met so far, never more than `maximumKeptContexts`.
  private var contexts: [ObjectIdentifier: KeptContext] = [:]
  /// The EVP_MD_CTX that data is hashed on for RSA, DSA and ECDSA.
  private let digestContext: OpaquePointer
  /// The EVP_MD_CTX that the templates of other schemes are copied to; it then belongs to a key and hashes nothing else.
  private let messageContext: OpaquePointer
  /// The DER form of the signature at hand.
  private var der: [UInt8] = []

  /// A verifier that has seen no key.
  package init() {
    guard let forDigests = unsafe EVP_MD_CTX_new(), let forMessages = unsafe EVP_MD_CTX_new() else {
      CryptoLibrary.fail("allocate a digest context")
    }
    unsafe digestContext = forDigests
    unsafe messageContext = forMessages
    der.reserveCapacity(128)
  }

  deinit {
    unsafe EVP_MD_CTX_free(digestContext)
    unsafe EVP_MD_CTX_free(messageContext)
  }

  /// How many keys have a kept context now.
  package var keptContextCount: Int { contexts.count }

  /// Whether the key's owner signed exactly these octets.
  ///
  /// A signature of another length than the key's signatures have is false, whatever it holds.
  package func verify(key: PublicKey, data: Span<UInt8>, signature: Span<UInt8>) -> Bool {
    verify(key, context(for: key), data: data, signature: signature)
  }

  /// The same with the key's kept context, which it has when its scheme has a digest.
  func verify(_ key: PublicKey, _ context: KeptContext?, data: Span<UInt8>, signature: Span<UInt8>) -> Bool {
    guard signature.count == key.signatureByteCount else { return false }
    let isValid: Bool
    if let numbers = key.scheme.numberPair(ofSignature: signature.count) {
      DERSignature.encode(signature.extracting(numbers), into: &der)
      let encoded = der
      isValid = judge(key, context, data, encoded.span)
    } else {
      isValid = judge(key, context, data, signature)
    }
    // The reasons of a failure stay on the thread's queue and would slow and confuse later calls.
    if !isValid { ERR_clear_error() }
    return isValid
  }

  /// Whether a signature in libcrypto's form is one over the data.
  private func judge(
    _ key: PublicKey, _ context: KeptContext?, _ data: Span<UInt8>, _ signature: Span<UInt8>
  ) -> Bool {
    guard let context, let algorithm = key.scheme.digest else { return verifyMessage(key, data, signature) }
    return verifyDigest(context, algorithm, data, signature)
  }

  /// The message goes to libcrypto as a whole, on a copy of the key's template.
  private func verifyMessage(_ key: PublicKey, _ data: Span<UInt8>, _ signature: Span<UInt8>) -> Bool {
    unsafe key.template.copy(into: messageContext)
    return unsafe data.withUnsafeBufferPointer { data in
      unsafe signature.withUnsafeBufferPointer { signature in
        unsafe EVP_DigestVerify(
          messageContext, signature.baseAddress, signature.count, data.baseAddress, data.count) == 1
      }
    }
  }

  /// The data is hashed here, and the kept context of the key judges the digest.
  private func verifyDigest(
    _ context: KeptContext, _ algorithm: DigestAlgorithm, _ data: Span<UInt8>, _ signature: Span<UInt8>
  ) -> Bool {
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.maximumDigestByteCount) { digest in
      unsafe hash(algorithm, data, into: digest)
      let digest = unsafe UnsafeBufferPointer(digest).prefix(algorithm.byteCount)
      return unsafe signature.withUnsafeBufferPointer {
        unsafe context.verify($0, UnsafeBufferPointer(rebasing: digest))
      }
    }
  }

  /// Sets an array of the digest's length to the digest of `data`.
  func hash(_ algorithm: DigestAlgorithm, _ data: Span<UInt8>, into digest: inout [UInt8]) {
    precondition(digest.count == algorithm.byteCount)
    unsafe digest.withUnsafeMutableBufferPointer { unsafe hash(algorithm, data, into: $0) }
  }

  /// Writes the digest of `data` to the start of `digest`.
  private func hash(
    _ algorithm: DigestAlgorithm, _ data: Span<UInt8>, into digest: UnsafeMutableBufferPointer<UInt8>
  ) {
    let isDone = unsafe data.withUnsafeBufferPointer { data in
      unsafe EVP_DigestInit_ex2(digestContext, algorithm.method.pointer, nil) == 1
        && EVP_DigestUpdate(digestContext, data.baseAddress, data.count) == 1
        && EVP_DigestFinal_ex(digestContext, digest.baseAddress, nil) == 1
    }
    guard isDone else { CryptoLibrary.fail("compute a digest") }
  }

  /// The kept context of the key, nil when its scheme has no digest; the table is emptied when it is full, which bounds it
  /// and costs little.
  func context(for key: PublicKey) -> KeptContext? {
    guard key.scheme.digest != nil else { return nil }
    if let kept = contexts[ObjectIdentifier(key)] { return kept }
    if contexts.count >= Self.maximumKeptContexts { contexts.removeAll(keepingCapacity: true) }
    let context = KeptContext(key)
    contexts[ObjectIdentifier(key)] = context
    return context
  }
}

/// One worker's EVP_PKEY_CTX for one key; holds the key, so that its identity stays taken.
@safe final class KeptContext {
  /// The key.
  private let key: PublicKey
  /// The EVP_PKEY_CTX, used by one thread at a time.
  private let context: OpaquePointer

  /// Copies the key's template.
  init(_ key: PublicKey) {
    self.key = key
    unsafe context = key.template.makeKeyContext()
  }

  deinit { unsafe EVP_PKEY_CTX_free(context) }

  /// Whether the signature, in libcrypto's form, is one over the digest.
  func verify(_ signature: UnsafeBufferPointer<UInt8>, _ digest: UnsafeBufferPointer<UInt8>) -> Bool {
    unsafe EVP_PKEY_verify(
      context, signature.baseAddress, signature.count, digest.baseAddress, digest.count) == 1
  }
}
