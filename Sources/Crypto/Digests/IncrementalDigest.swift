import COpenSSL

/// A digest over bytes that come in pieces; its context is kept, so one value serves any number of digests.
///
/// Owns an EVP_MD_CTX that nobody else sees, so the value may move to another thread.
@safe package struct IncrementalDigest: ~Copyable, @unchecked Sendable {
  /// The digest function.
  package let algorithm: DigestAlgorithm
  /// The EVP_MD_CTX.
  private let context: OpaquePointer
  /// Whether it is between init and final: it is begun with again when more is wanted of it.
  private var isOpen = false

  /// An empty digest.
  package init(_ algorithm: DigestAlgorithm) {
    guard let context = unsafe EVP_MD_CTX_new() else { CryptoLibrary.fail("allocate a digest context") }
    self.algorithm = algorithm
    unsafe self.context = context
  }

  deinit { unsafe EVP_MD_CTX_free(context) }

  /// Adds bytes.
  package mutating func update(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBytes { unsafe update($0) }
  }

  /// Adds bytes that C code owns.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    if !isOpen { restart() }
    guard unsafe EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1 else {
      CryptoLibrary.fail("compute a digest")
    }
  }

  /// The digest of everything added since the last one; the next digest starts empty.
  package mutating func finalize() -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: algorithm.byteCount) { buffer, count in
      unsafe finalize(into: buffer)
      count = algorithm.byteCount
    }
  }

  /// Writes the digest into a buffer of at least `algorithm.byteCount` bytes and starts the next one.
  mutating func finalize(into buffer: UnsafeMutableBufferPointer<UInt8>) {
    precondition(buffer.count >= algorithm.byteCount)
    if !isOpen { restart() }
    guard unsafe EVP_DigestFinal_ex(context, buffer.baseAddress, nil) == 1 else {
      CryptoLibrary.fail("compute a digest")
    }
    isOpen = false
  }

  /// Makes the context ready for the first byte.
  private mutating func restart() {
    guard unsafe EVP_DigestInit_ex2(context, algorithm.method.pointer, nil) == 1 else {
      CryptoLibrary.fail("start a digest")
    }
    isOpen = true
  }
}
