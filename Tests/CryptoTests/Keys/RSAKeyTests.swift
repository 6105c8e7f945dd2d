import Crypto
import TestSupport
import Testing

@Suite("RSA public keys (RFC 3110 §2)") struct RSAKeyTests {
  static let schemes: [SignatureScheme] = [.rsaSHA1, .rsaSHA256, .rsaSHA512]

  @Test("a modulus of 512 to 4096 bits is a key, with SHA-512 one of 1024 to 4096", arguments: schemes)
  func modulusLimits(scheme: SignatureScheme) throws {
    let least = scheme == .rsaSHA512 ? 1024 : 512
    for bits in [least, least + 1, 2048, 2049, 4095, 4096] {
      let key = try PublicKey(scheme, field([1, 0, 1], odd(bits: bits)))
      #expect(key.bits == bits)
      #expect(key.signatureByteCount == (bits + 7) / 8)
    }
    for bits in [1, 8, least - 8, least - 1, 4097, 8192] {
      #expect(throws: KeyError.modulusSize) { try PublicKey(scheme, field([1, 0, 1], odd(bits: bits))) }
    }
  }

  @Test("an even modulus is no key")
  func evenModulus() {
    var modulus = odd(bits: 1024)
    modulus[127] &= 0xfe
    #expect(throws: KeyError.modulusValue) { try PublicKey(.rsaSHA256, field([3], modulus)) }
  }

  @Test(
    "an exponent of 0 or 1, or an even one, is no key; 3 is the least",
    arguments: [0, 1, 2, 4, 254] as [UInt8])
  func exponentValues(exponent: UInt8) throws {
    let modulus = odd(bits: 1024)
    #expect(throws: KeyError.exponentValue) { try PublicKey(.rsaSHA256, field([exponent], modulus)) }
    #expect(try PublicKey(.rsaSHA256, field([3], modulus)).bits == 1024)
  }

  @Test("an exponent below the modulus by the least is a key, one as big is none")
  func exponentBelowModulus() throws {
    let modulus = odd(bits: 1024)
    var below = modulus, above = modulus
    below[127] -= 2
    above[127] += 2
    #expect(try PublicKey(.rsaSHA1, field(below, modulus)).bits == 1024)
    for exponent in [modulus, above, [1] + modulus] {
      #expect(throws: KeyError.exponentValue) { try PublicKey(.rsaSHA1, field(exponent, modulus)) }
    }
  }

  @Test("above 3072 bits of modulus the exponent may have 64 bits, which is where libcrypto stops")
  func longExponents() throws {
    let short = [0x80] + [UInt8](repeating: 0, count: 6) + [1]
    let long = [1] + [UInt8](repeating: 0, count: 7) + [1]
    for bits in [3073, 4096] {
      #expect(try PublicKey(.rsaSHA256, field(short, odd(bits: bits))).bits == bits)
      #expect(throws: KeyError.exponentSize) { try PublicKey(.rsaSHA256, field(long, odd(bits: bits))) }
    }
    #expect(try PublicKey(.rsaSHA256, field(long, odd(bits: 3072))).bits == 3072)
  }

  @Test("an exponent of 255 octets has the short length field, one of 256 the long")
  func lengthField() throws {
    let modulus = odd(bits: 2056)
    for count in [1, 2, 254, 255, 256, 257] {
      let exponent = [UInt8](repeating: 0x11, count: count)
      let key = try PublicKey(.rsaSHA256, field(exponent, modulus))
      #expect(key.bits == 2056)
      #expect(key.hasCanonicalEncoding)
    }
  }

  @Test("leading zeros and a long length field for a short exponent are read and noted")
  func notCanonical() throws {
    let pair = try SigningKey(.rsaSHA256, seed: 11, rsaBits: 512)
    let rsa = try #require(pair.rsa), e = rsa.exponent.bytes(), n = rsa.modulus.bytes()
    let data: [UInt8] = [1, 2, 3], signature = try pair.sign(data)
    #expect(try PublicKey(.rsaSHA256, pair.dnskeyBytes).hasCanonicalEncoding)
    let others = [field([0] + e, n), field(e, [0] + n), field(e, [0, 0, 0] + n), [0, 0, 3] + e + n]
    for bytes in others {
      let key = try PublicKey(.rsaSHA256, bytes)
      #expect(!key.hasCanonicalEncoding)
      #expect(key.bits == 512)
      #expect(SignatureVerifier().accepts(key, data, signature))
    }
  }

  @Test("zeros do not make a short modulus long enough")
  func paddedModulus() {
    let padded = [UInt8](repeating: 0, count: 64) + odd(bits: 504)
    #expect(throws: KeyError.modulusSize) { try PublicKey(.rsaSHA256, field([3], padded)) }
  }

  @Test("a field that ends before the modulus begins is no key")
  func truncated() throws {
    let whole = field([1, 0, 1], odd(bits: 512))
    for count in 0...4 {
      #expect(throws: KeyError.length) { try PublicKey(.rsaSHA256, Array(whole.prefix(count))) }
    }
    for count in 5..<whole.count {
      #expect(throws: KeyError.self) { try PublicKey(.rsaSHA256, Array(whole.prefix(count))) }
    }
    let broken: [[UInt8]] = [
      [0], [0, 0], [0, 0, 0], [0, 0, 0, 1], [0, 1], [0, 255, 255], [0, 255, 255, 1, 0, 1], [255, 1, 0, 1],
      [1, 3],
    ]
    for bytes in broken {
      #expect(throws: KeyError.length) { try PublicKey(.rsaSHA256, bytes) }
    }
  }

  @Test(
    "keys of the least, an odd and the greatest size verify what their owner signed",
    arguments: [512, 1031, 4096])
  func signed(bits: Int) throws {
    let pair = try SigningKey(.rsaSHA256, seed: 5, rsaBits: bits)
    let key = try pair.publicKey(), data: [UInt8] = Array("data".utf8)
    var signature = try pair.sign(data)
    #expect(key.bits == bits)
    #expect(SignatureVerifier().accepts(key, data, signature))
    signature[signature.count - 1] ^= 1
    #expect(!SignatureVerifier().accepts(key, data, signature))
  }

  /// A field with these two numbers.
  private func field(_ exponent: [UInt8], _ modulus: [UInt8]) -> [UInt8] {
    RSAPrivateKey.dnskeyBytes(exponent: exponent, modulus: modulus)
  }

  /// An odd number with exactly so many bits.
  private func odd(bits: Int) -> [UInt8] {
    var random = SeededRandom(seed: UInt64(bits))
    var bytes = random.bytes((bits + 7) / 8)
    let top = (bits - 1) % 8
    bytes[0] = bytes[0] & (UInt8(1) << UInt8(top) &- 1) | 1 << UInt8(top)
    bytes[bytes.count - 1] |= 1
    return bytes
  }
}
