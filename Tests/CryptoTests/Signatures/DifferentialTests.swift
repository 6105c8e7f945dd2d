import Crypto
import TestSupport
import Testing

@Suite("Kept contexts against libcrypto's plain way") struct DifferentialTests {
  /// How many signatures of each scheme are compared; the slow curves get fewer.
  static let counts: [(SignatureScheme, Int)] = [
    (.rsaSHA1, 900), (.rsaSHA256, 900), (.rsaSHA512, 900), (.ecdsaP256SHA256, 900), (.ecdsaP384SHA384, 240),
    (.ed25519, 600), (.ed448, 300), (.dsaSHA1, 400), (.sm2SM3, 240), (.rsaMD5, 400),
  ]

  @Test("good and damaged signatures get the verdict of a fresh EVP_DigestVerify", arguments: counts)
  func sameVerdict(scheme: SignatureScheme, count: Int) throws {
    var random = SeededRandom(seed: UInt64(count))
    let pairs = try (1...3).map { try SigningKey(scheme, seed: UInt64($0)) }
    let keys = try pairs.map { try $0.publicKey() }
    let verifier = SignatureVerifier()
    var valid = 0
    for number in 0..<count {
      let owner = Int.random(in: 0..<3, using: &random)
      var data = random.bytes(Int.random(in: 0..<300, using: &random))
      var signature = try pairs[owner].sign(data)
      Damage.allCases.randomElement(using: &random)?.apply(&data, &signature, &random)
      let judge = Int.random(in: 0..<8, using: &random) == 0 ? (owner + 1) % 3 : owner
      let expected = try pairs[judge].referenceVerify(data, signature: signature)
      valid += expected ? 1 : 0
      #expect(verifier.accepts(keys[judge], data, signature) == expected, "number \(number)")
    }
    #expect(valid > count / 8 && valid < count / 2)
  }
}

/// What happens to a signature on its way.
private enum Damage: CaseIterable {
  case none, noneEither, dataBit, signatureBit, cut, lengthened, zeroedHalf, filledHalf, randomOctets, shifted

  /// Changes data or signature.
  func apply(_ data: inout [UInt8], _ signature: inout [UInt8], _ random: inout SeededRandom) {
    let half = signature.count / 2, start = Bool.random(using: &random) ? 0 : half
    switch self {
    case .none, .noneEither: break
    case .dataBit:
      data = data.isEmpty ? [1] : data.flipping(Int.random(in: 0..<data.count * 8, using: &random))
    case .signatureBit:
      signature = signature.flipping(Int.random(in: 0..<signature.count * 8, using: &random))
    case .cut: signature.removeLast(Int.random(in: 1...signature.count, using: &random))
    case .lengthened: signature += random.bytes(Int.random(in: 1...9, using: &random))
    case .zeroedHalf: for index in start..<start + half { signature[index] = 0 }
    case .filledHalf: for index in start..<start + half { signature[index] = 0xff }
    case .randomOctets: signature = random.bytes(signature.count)
    case .shifted: signature = [0] + signature.dropLast()
    }
  }
}
