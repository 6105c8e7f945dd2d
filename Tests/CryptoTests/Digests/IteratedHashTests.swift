import Crypto
import TestSupport
import Testing

@Suite("The hash of NSEC3 owner names (RFC 5155 §5)") struct IteratedHashTests {
  /// RFC 5155 appendix A: salt aabbccdd, 12 iterations.
  static let vectors = [
    ("example", "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom"),
    ("a.example", "35mthgpgcu1qg68fab165klnsnk3dpvl"),
    ("ai.example", "gjeqe526plbf1g8mklp59enfd789njgi"),
    ("ns1.example", "2t7b4g4vsa5smi47k61mv5bv1a22bojr"),
    ("ns2.example", "q04jkcevqvmu85r014c7dkba38o0ji5r"),
    ("w.example", "k8udemvp1j2f7eg6jebps17vp3n8i58h"),
    ("*.w.example", "r53bq7cc2uvmubfu5ocmm6pers9tk9en"),
    ("x.w.example", "b4um86eghhds6nea196smvmlo4ors995"),
    ("y.w.example", "ji6neoaepv8b5o6k4ev33abha8ht9fgc"),
    ("x.y.w.example", "2vptu5timamqttgl4luu9kg21e0aor3s"),
    ("xx.example", "t644ebqk9bibcna874givr6joj62mlhv"),
  ]

  /// The salt of the vectors.
  static let salt: [UInt8] = [0xaa, 0xbb, 0xcc, 0xdd]

  @Test("every hashed owner name of RFC 5155 appendix A comes out", arguments: vectors)
  func appendixA(name: String, expected: String) throws {
    let hash = IteratedHash.sha1(name: wire(name).span, salt: Self.salt.span, iterations: 12)
    #expect(try hash == VectorText.base32Hex(expected))
  }

  @Test("no iterations are one digest over name and salt, and each iteration is one more")
  func counted() {
    let name = wire("example")
    var expected = Digest.hash(.sha1, (name + Self.salt).span)
    for iterations in 0...5 {
      #expect(IteratedHash.sha1(name: name.span, salt: Self.salt.span, iterations: iterations) == expected)
      expected = Digest.hash(.sha1, (expected + Self.salt).span)
    }
  }

  @Test("an empty salt is allowed (RFC 5155 §3.1.5)")
  func emptySalt() {
    let name = wire("example")
    let once = Digest.hash(.sha1, name.span)
    let hash = IteratedHash.sha1(name: name.span, salt: [UInt8]().span, iterations: 1)
    #expect(hash == Digest.hash(.sha1, once.span))
  }

  @Test("counts beyond the 16-bit field, and negative ones, are held at the limit")
  func limits() {
    let name = wire("example"), limit = IteratedHash.maximumIterations
    let hash = { IteratedHash.sha1(name: name.span, salt: Self.salt.span, iterations: $0) }
    #expect(hash(limit - 1) != hash(limit))
    #expect(hash(limit) == hash(limit + 1))
    #expect(hash(limit) == hash(Int.max))
    #expect(hash(-1) == hash(0))
  }

  /// A name of plain labels in wire form.
  private func wire(_ name: String) -> [UInt8] {
    name.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
  }
}
