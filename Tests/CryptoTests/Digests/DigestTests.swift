import Crypto
import TestSupport
import Testing

@Suite("Digests (FIPS 180-4)") struct DigestTests {
  /// The digests of "abc" and of the empty string: FIPS 180-2 appendices A.1 and B.1, FIPS 180-4 examples.
  static let vectors: [(DigestAlgorithm, String, String)] = [
    (.sha1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    (.sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      .sha384, "abc",
      "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
    ),
    (
      .sha512, "abc",
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
        + "454d4423643ce80e2a9ac94fa54ca49f"
    ),
    (.sha1, "", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    (.sha256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
  ]

  @Test("the published digests of abc and of nothing come out", arguments: vectors)
  func published(algorithm: DigestAlgorithm, text: String, expected: String) throws {
    let digest = Digest.hash(algorithm, Array(text.utf8).span)
    #expect(digest.count == algorithm.byteCount)
    #expect(try digest == VectorText.hex(expected))
  }

  @Test("bytes in pieces of any size give the digest of the whole", arguments: DigestAlgorithm.allCases)
  func pieces(algorithm: DigestAlgorithm) {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let whole = Digest.hash(algorithm, bytes.span)
    for size in [1, 63, 64, 65, 127, 128, 129, 999, 1000] {
      var digest = IncrementalDigest(algorithm)
      for start in stride(from: 0, to: bytes.count, by: size) {
        digest.update(bytes.span.extracting(start..<min(start + size, bytes.count)))
      }
      #expect(digest.finalize() == whole)
    }
  }

  @Test("after a digest the next one starts empty")
  func restart() {
    var digest = IncrementalDigest(.sha256)
    digest.update(Array("something else".utf8).span)
    _ = digest.finalize()
    digest.update(Array("abc".utf8).span)
    #expect(digest.finalize() == Digest.hash(.sha256, Array("abc".utf8).span))
    #expect(digest.finalize() == Digest.hash(.sha256, [UInt8]().span))
  }

  @Test("bytes that C code owns count like others, and an empty piece changes nothing")
  func foreignBytes() {
    var digest = IncrementalDigest(.sha1)
    unsafe digest.update(UnsafeRawBufferPointer(start: nil, count: 0))
    unsafe Array("abc".utf8).withUnsafeBytes { unsafe digest.update($0) }
    #expect(digest.finalize() == Digest.hash(.sha1, Array("abc".utf8).span))
  }

  @Test("the library names itself")
  func version() {
    #expect(CryptoLibrary.version.hasPrefix("OpenSSL 3"))
  }
}
