import Crypto
import TestSupport
import Testing

@Suite("Public keys on curves") struct CurveKeyTests {
  /// Scheme, octets of a key (RFC 6605 §4, RFC 8080 §3), bits, octets of a signature.
  static let shapes: [(SignatureScheme, Int, Int, Int)] = [
    (.ecdsaP256SHA256, 64, 256, 64), (.ecdsaP384SHA384, 96, 384, 96), (.sm2SM3, 64, 256, 64),
    (.ed25519, 32, 256, 64),
    (.ed448, 57, 456, 114),
  ]

  @Test("a key has exactly the length of its algorithm", arguments: shapes)
  func lengths(scheme: SignatureScheme, count: Int, bits: Int, signatureCount: Int) throws {
    let bytes = try SigningKey(scheme, seed: 3).dnskeyBytes
    let key = try PublicKey(scheme, bytes)
    #expect(bytes.count == count)
    #expect(key.bits == bits)
    #expect(key.signatureByteCount == signatureCount)
    #expect(key.hasCanonicalEncoding)
    for length in [0, 1, count - 1] {
      #expect(throws: KeyError.length) { try PublicKey(scheme, Array(bytes.prefix(length))) }
    }
    #expect(throws: KeyError.length) { try PublicKey(scheme, bytes + [0]) }
    #expect(throws: KeyError.length) { try PublicKey(scheme, [4] + bytes) }
    #expect(throws: KeyError.length) { try PublicKey(scheme, bytes + bytes) }
  }

  @Test("coordinates that are not on the curve of the scheme are no key", arguments: shapes.prefix(3))
  func notOnCurve(scheme: SignatureScheme, count: Int, bits: Int, signatureCount: Int) throws {
    let bytes = try SigningKey(scheme, seed: 3).dnskeyBytes
    let half = count / 2, zeros = [UInt8](repeating: 0, count: half)
    let swapped = Array(bytes.suffix(half) + bytes.prefix(half))
    let others = [
      zeros + zeros, zeros + bytes.suffix(half), bytes.prefix(half) + zeros, swapped,
      bytes.flipping(count * 8 - 1),
      [UInt8](repeating: 0xff, count: count),
    ]
    for other in others {
      #expect(throws: KeyError.notOnCurve) { try PublicKey(scheme, Array(other)) }
    }
    #expect(LibcryptoErrors.isEmpty)
  }

  @Test("x + p is not taken for x (P-256, SEC 1 §2.3.5)")
  func unreducedCoordinate() throws {
    let p = try VectorText.hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff")
    // The point with x = 5, which is on the curve; y from an independent computation.
    let y = try VectorText.hex("459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc")
    let x = [UInt8](repeating: 0, count: 31) + [5]
    #expect(try PublicKey(.ecdsaP256SHA256, x + y).bits == 256)
    let unreduced = (BigNumber(x) + BigNumber(p)).bytes(count: 32)
    #expect(throws: KeyError.notOnCurve) { try PublicKey(.ecdsaP256SHA256, unreduced + y) }
  }

  @Test("every error has a sentence of its own")
  func sentences() {
    #expect(Set(KeyError.allCases.map(\.sentence)).count == KeyError.allCases.count)
  }
}
