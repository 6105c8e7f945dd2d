import Crypto
import TestSupport
import Testing

@Suite("Forged signatures on curves") struct ForgedCurveTests {
  /// A curve with the order of its group (SEC 2 §2.4.2, §2.5.1; RFC 8032 §5.1, §5.2), big-endian.
  struct Curve: Sendable {
    let scheme: SignatureScheme
    let order: String
  }

  static let nist = [
    Curve(
      scheme: .ecdsaP256SHA256, order: "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
    Curve(
      scheme: .ecdsaP384SHA384,
      order: """
        ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973
        """),
  ]

  static let edwards = [
    Curve(scheme: .ed25519, order: "1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed"),
    Curve(
      scheme: .ed448,
      order: """
        3fffffffffffffffffffffffffffffffffffffffffffffffffffffff7cca23e9c44edb49aed63690216cc2728dc58f552378c292
        ab5844f3
        """),
  ]

  /// The signed octets.
  static let data = Array("forged".utf8)

  @Test("r or s of 0, n, n + 1 and the greatest number do not verify (FIPS 186-4 §6.4)", arguments: nist)
  func outOfRange(curve: Curve) throws {
    let (pair, key) = try pair(curve), n = try BigNumber(VectorText.hex(curve.order))
    let good = try pair.sign(Self.data), half = good.count / 2
    let (r, s) = (Array(good.prefix(half)), Array(good.suffix(half)))
    let numbers = [BigNumber(0), n, n + BigNumber(1)].map { $0.bytes(count: half) }
    let values = numbers + [[UInt8](repeating: 0xff, count: half)]
    let verifier = BothWays()
    #expect(verifier.accepts(key, Self.data, r + s))
    for value in values {
      #expect(!verifier.accepts(key, Self.data, value + s))
      #expect(!verifier.accepts(key, Self.data, r + value))
      for other in values { #expect(!verifier.accepts(key, Self.data, value + other)) }
    }
    for value in [1, 2].map({ BigNumber($0).bytes(count: half) }) + [(n - BigNumber(1)).bytes(count: half)] {
      #expect(!verifier.accepts(key, Self.data, value + s))
      #expect(!verifier.accepts(key, Self.data, r + value))
      #expect(!verifier.accepts(key, Self.data, value + value))
    }
    #expect(LibcryptoErrors.isEmpty)
  }

  @Test("the DER form that other protocols carry is not one of DNSSEC (RFC 6605 §4)", arguments: nist)
  func derForm(curve: Curve) throws {
    let (pair, key) = try pair(curve)
    let good = try pair.sign(Self.data), half = UInt8(good.count / 2)
    let der = [0x30, 2 * half + 4, 2, half] + good.prefix(Int(half)) + [2, half] + good.suffix(Int(half))
    #expect(!BothWays().accepts(key, Self.data, der))
    #expect(!BothWays().accepts(key, Self.data, Array(der.prefix(good.count))))
  }

  @Test("numbers with leading zeros verify in their full length", arguments: nist)
  func leadingZeros(curve: Curve) throws {
    let (pair, key) = try pair(curve), verifier = BothWays()
    var zeros = 0, tops = 0
    for number in 0..<2000 where zeros < 2 || tops < 2 {
      let data = Array("\(number)".utf8), signature = try pair.sign(data), half = signature.count / 2
      let isZero = signature[0] == 0 || signature[half] == 0
      let isTop = signature[0] > 0x7f && signature[half] > 0x7f
      guard isZero && zeros < 2 || isTop && tops < 2 else { continue }
      (zeros, tops) = (zeros + (isZero ? 1 : 0), tops + (isTop ? 1 : 0))
      #expect(verifier.accepts(key, data, signature))
    }
    #expect(zeros >= 2 && tops >= 2)
  }

  @Test("S + L is not taken for S (RFC 8032 §5.1.7, §5.2.7)", arguments: edwards)
  func unreducedScalar(curve: Curve) throws {
    let (pair, key) = try pair(curve), order = try BigNumber(VectorText.hex(curve.order))
    let good = try pair.sign(Self.data), half = good.count / 2
    let scalar = BigNumber(Array(good.suffix(half).reversed()))
    let forged = Array(good.prefix(half) + (scalar + order).bytes(count: half).reversed())
    #expect(BothWays().accepts(key, Self.data, good))
    #expect(!BothWays().accepts(key, Self.data, forged))
  }

  @Test("zeros, ones and a swapped R and S do not verify", arguments: edwards + nist)
  func simpleForgeries(curve: Curve) throws {
    let (pair, key) = try pair(curve), verifier = BothWays()
    let good = try pair.sign(Self.data), count = good.count
    let swapped = Array(good.suffix(count / 2) + good.prefix(count / 2))
    for forged in [[UInt8](repeating: 0, count: count), [UInt8](repeating: 0xff, count: count), swapped] {
      #expect(!verifier.accepts(key, Self.data, forged))
    }
    #expect(LibcryptoErrors.isEmpty)
  }

  @Test("a signature has exactly the length of its algorithm", arguments: edwards + nist)
  func lengths(curve: Curve) throws {
    let (pair, key) = try pair(curve), verifier = BothWays()
    let good = try pair.sign(Self.data)
    #expect(verifier.accepts(key, Self.data, good))
    for count in [0, 1, good.count / 2, good.count - 2, good.count - 1] {
      #expect(!verifier.accepts(key, Self.data, Array(good.prefix(count))))
    }
    for longer in [good + [0], [0] + good, good + [0, 0], good + good] {
      #expect(!verifier.accepts(key, Self.data, longer))
    }
    #expect(!verifier.accepts(key, Self.data, [UInt8](repeating: 1, count: 65535)))
  }

  @Test("an Edwards key of arbitrary octets verifies nothing, point or not", arguments: edwards)
  func arbitraryKey(curve: Curve) throws {
    let (pair, _) = try pair(curve), good = try pair.sign(Self.data)
    for filler in [0x02, 0x7f, 0xff] as [UInt8] {
      let bytes = [UInt8](repeating: filler, count: pair.dnskeyBytes.count)
      let key = try PublicKey(curve.scheme, bytes)
      #expect(!BothWays().accepts(key, Self.data, good))
    }
    #expect(LibcryptoErrors.isEmpty)
  }

  /// A key pair on the curve, and its public half as the project parses it.
  private func pair(_ curve: Curve) throws -> (SigningKey, PublicKey) {
    let pair = try SigningKey(curve.scheme, seed: 9)
    return (pair, try pair.publicKey())
  }
}
