import Crypto
import TestSupport
import Testing

@Suite("DSA public keys (RFC 2536 §2)") struct DSAKeyTests {
  private static let p = DSAPrivateKey.Group.p, q = DSAPrivateKey.Group.q, g = DSAPrivateKey.Group.g

  /// The public value of a pair.
  private static let y = DSAPrivateKey([1, 2, 3, 4, 5, 6, 7, 8, 9]).publicValue

  @Test("a key has T of at most 8 and exactly the octets that T tells")
  func layout() throws {
    let field = DSAPrivateKey.dnskeyBytes(t: 8, [Self.p, Self.g, Self.y])
    let key = try PublicKey(.dsaSHA1, field)
    #expect(key.bits == 1024 && key.signatureByteCount == 41 && key.exponentBits == nil)
    for count in [0, 1, 21, field.count - 1] {
      #expect(throws: KeyError.length) { try PublicKey(.dsaSHA1, Array(field.prefix(count))) }
    }
    #expect(throws: KeyError.length) { try PublicKey(.dsaSHA1, field + [0]) }
    #expect(throws: KeyError.length) { try PublicKey(.dsaSHA1, [7] + field.dropFirst()) }
    for t in [9, 10, 0x80, 0xff] as [UInt8] {
      #expect(throws: KeyError.modulusSize) { try PublicKey(.dsaSHA1, [t] + field.dropFirst()) }
      let long = [UInt8](repeating: 0xff, count: 3 * (64 + 8 * Int(t)))
      #expect(throws: KeyError.modulusSize) { try PublicKey(.dsaSHA1, [t] + field[1..<21] + long) }
    }
  }

  @Test("numbers that span no group are no key")
  func badNumbers() {
    let zero = BigNumber(0), one = BigNumber(1), evenP = Self.p - one, evenQ = Self.q - one
    let all = BigNumber([UInt8](repeating: 0xff, count: 128))
    let triples = [
      [zero, Self.g, Self.y], [evenP, Self.g, Self.y], [Self.p.half, Self.g, Self.y],
      [Self.p, zero, Self.y], [Self.p, one, Self.y], [Self.p, Self.p, Self.y], [Self.p, all, Self.y],
      [Self.p, Self.g, zero], [Self.p, Self.g, one], [Self.p, Self.g, Self.p], [Self.p, Self.g, all],
    ]
    for numbers in triples {
      #expect(throws: KeyError.groupValue) {
        try PublicKey(.dsaSHA1, DSAPrivateKey.dnskeyBytes(t: 8, numbers))
      }
    }
    for divisor in [zero, one, evenQ, Self.q.half] {
      let field = DSAPrivateKey.dnskeyBytes(t: 8, [Self.p, Self.g, Self.y], divisor: divisor)
      #expect(throws: KeyError.groupValue) { try PublicKey(.dsaSHA1, field) }
    }
  }

  @Test("a divisor that does not divide, and numbers without any sense, verify nothing and end soon")
  func senseless() throws {
    var random = SeededRandom(seed: 41)
    let verifier = SignatureVerifier(), data: [UInt8] = [1, 2, 3]
    LibcryptoErrors.clear()
    for _ in 0..<200 {
      var field = [8] + random.bytes(20 + 3 * 128)
      for odd in [20, 148] { field[odd] |= 1 }
      for top in [1, 21] { field[top] |= 0x80 }
      for below in [149, 277] { field[below] &= 0x7f }
      let key = try PublicKey(.dsaSHA1, field)
      #expect(!verifier.accepts(key, data, random.bytes(41)))
      #expect(!verifier.accepts(key, data, [UInt8](repeating: 0xff, count: 41)))
      #expect(!verifier.accepts(key, data, [UInt8](repeating: 0, count: 41)))
    }
    #expect(LibcryptoErrors.isEmpty)
  }

  @Test("numbers of a signature that are 0 or not below Q make none, whatever T says")
  func signatureNumbers() throws {
    let pair = try SigningKey(.dsaSHA1, seed: 9), key = try pair.publicKey(), data: [UInt8] = [7]
    let good = try pair.sign(data), verifier = SignatureVerifier()
    for t in [0, 8, 255] as [UInt8] { #expect(verifier.accepts(key, data, [t] + good.dropFirst())) }
    let r = Array(good[1..<21]), s = Array(good[21...]), zeros = [UInt8](repeating: 0, count: 20)
    let q = Self.q.bytes(count: 20)
    for numbers in [zeros + s, r + zeros, zeros + zeros, q + s, r + q, s + r] {
      #expect(!verifier.accepts(key, data, [8] + numbers))
    }
    #expect(!verifier.accepts(key, data, Array(good.dropLast())))
    #expect(!verifier.accepts(key, data, good + [0]))
  }

  @Test("RSA exponents have their bits, other keys none")
  func exponents() throws {
    #expect(try SigningKey(.rsaSHA256, seed: 1, rsaBits: 512, exponent: 3).publicKey().exponentBits == 2)
    #expect(try SigningKey(.rsaSHA256, seed: 1, rsaBits: 512).publicKey().exponentBits == 17)
    #expect(try SigningKey(.ed25519, seed: 1).publicKey().exponentBits == nil)
  }
}
