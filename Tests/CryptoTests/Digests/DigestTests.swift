import Crypto
import TestSupport
import Testing

@Suite("Digests") struct DigestTests {
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
    // RFC 1321 appendix A.5, GB/T 32905-2016 appendix A.1.
    (.md5, "abc", "900150983cd24fb0d6963f7d28e17f72"),
    (.sm3, "abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    (.sha1, "", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    (.sha256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
  ]

  @Test("the published digests of abc and of nothing come out", arguments: vectors)
  func published(algorithm: DigestAlgorithm, text: String, expected: String) throws {
    let digest = Digest.hash(algorithm, Array(text.utf8).span)
    #expect(digest.count == algorithm.byteCount)
    #expect(try digest == VectorText.hex(expected))
  }

  /// RFC 5933 §4.1, the DS of example.net.; RFC 6986 §10.1.2.
  static let gost: [(DigestAlgorithm, String, String)] = [
    (
      .gost94,
      "076578616d706c65036e6574000101030c2cc817447cd26c82469fa8b5e8afac0e36837ff935a3d0dbc5270e80462a612f"
        + "eb961d8c7fe051018dd01cf6f0a0f8767e40ca06ba05491191ed961cc7e60843",
      "22261a8b0e0d799183e35e24e2ad6bb58533cba7e3b14d659e9ca09b2071398f"
    ),
    (
      .gost2012,
      "303132333435363738393031323334353637383930313233343536373839303132333435363738393031323334353637"
        + "383930313233343536373839303132",
      "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500"
    ),
  ]

  @Test("the digests of GOST come out", .requiresGOSTEngine("GOST digests"), arguments: gost)
  func engine(algorithm: DigestAlgorithm, octets: String, expected: String) throws {
    let input = try VectorText.hex(octets)
    #expect(try Digest.hash(algorithm, input.span) == VectorText.hex(expected))
  }

  @Test("both digests of GOST are there, or neither, and their signatures with them")
  func availability() {
    let gost = DigestAlgorithm.gost94.isAvailable
    #expect(DigestAlgorithm.gost2012.isAvailable == gost)
    #expect(SignatureScheme.gost2001.isAvailable == gost && SignatureScheme.gost2012.isAvailable == gost)
    #expect(SigningKey.schemes.allSatisfy { $0.isAvailable })
  }

  @Test(
    "bytes in pieces of any size give the digest of the whole",
    arguments: DigestAlgorithm.allCases.filter(\.isAvailable))
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
