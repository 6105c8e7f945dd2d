/// Digests of bytes that lie in one piece.
package enum Digest {
  /// The digest of `bytes`, `algorithm.byteCount` bytes long.
  package static func hash(_ algorithm: DigestAlgorithm, _ bytes: Span<UInt8>) -> [UInt8] {
    var digest = IncrementalDigest(algorithm)
    digest.update(bytes)
    return digest.finalize()
  }
}
