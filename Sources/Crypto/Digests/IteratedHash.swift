/// The iterated, salted hash of owner names in NSEC3 (RFC 5155 §5).
package enum IteratedHash {
  /// The most iterations that the 16-bit field of an NSEC3 record can ask for (RFC 5155 §3.1.3).
  package static let maximumIterations = 65_535

  /// IH(salt, x, 0) = H(x || salt), IH(salt, x, k) = H(IH(salt, x, k-1) || salt), with SHA-1: 20 bytes.
  ///
  /// `name` is in canonical wire form; `iterations` is held between 0 and `maximumIterations`.
  package static func sha1(name: Span<UInt8>, salt: Span<UInt8>, iterations: Int) -> [UInt8] {
    var digest = IncrementalDigest(.sha1)
    digest.update(name)
    digest.update(salt)
    return unsafe [UInt8](unsafeUninitializedCapacity: DigestAlgorithm.sha1.byteCount) { buffer, count in
      count = DigestAlgorithm.sha1.byteCount
      unsafe digest.finalize(into: buffer)
      for _ in 0..<min(max(iterations, 0), maximumIterations) {
        unsafe digest.update(UnsafeRawBufferPointer(buffer))
        digest.update(salt)
        unsafe digest.finalize(into: buffer)
      }
    }
  }
}
