@testable import Crypto
import TestSupport
import Testing

/// Many good, damaged and crafted signatures by a pool that is fast and by one that knows libcrypto's way alone.
@Suite("Fast verification against libcrypto's own") struct FastDifferentialTests {
  /// A kind of key, and how many signatures of it are compared. Those of dear kinds are fewer; DNSAUDIT_TEST_SIGNATURES
  /// sets the number for all.
  struct Kind: CustomTestStringConvertible, Sendable {
    let scheme: SignatureScheme
    var bits = 0, exponent: UInt64 = 65537
    let count: Int
    var testDescription: String { "\(scheme) \(bits) \(exponent)" }
  }

  static let kinds = [
    Kind(scheme: .ecdsaP256SHA256, count: 100_000), Kind(scheme: .ecdsaP384SHA384, count: 4_000),
    Kind(scheme: .rsaSHA256, bits: 1024, count: 100_000), Kind(scheme: .rsaSHA256, bits: 2048, count: 30_000),
    Kind(scheme: .rsaSHA256, bits: 4096, count: 5_000), Kind(scheme: .rsaSHA1, bits: 1024, count: 20_000),
    Kind(scheme: .rsaSHA512, bits: 2048, count: 10_000),
    Kind(scheme: .rsaSHA256, bits: 2048, exponent: 3, count: 20_000),
    Kind(scheme: .rsaSHA256, bits: 1020, exponent: 257, count: 10_000),
    Kind(scheme: .rsaSHA256, bits: 1024, exponent: 4_294_967_311, count: 5_000),
  ]

  @Test("the verdicts are the same", arguments: kinds)
  func sameVerdicts(kind: Kind) throws {
    let count = Environment.variable("DNSAUDIT_TEST_SIGNATURES").flatMap { Int($0) } ?? kind.count
    var random = SeededRandom(seed: UInt64(kind.bits) + kind.exponent)
    let sources = try (1...2).map { try Source(kind, seed: $0, &random) }
    let pools = VerificationMethod.allCases.map { VerificationPool(workers: 2, method: $0) }
    for pool in pools { for source in sources { _ = pool.register(source.key) } }
    for _ in 0..<count {
      let owner = Int.random(in: 0...1, using: &random)
      let judge = Int.random(in: 0..<50, using: &random) == 0 ? 1 - owner : owner
      let (data, signature) = sources[owner].next(&random)
      for pool in pools { pool.add(data + signature, dataCount: data.count, group: judge) }
    }
    let verdicts = pools.map { $0.finish() }, valid = verdicts[0].count { $0 }
    #expect(verdicts[0] == verdicts[1] && verdicts[0].count == count)
    #expect(valid > count / 8 && valid < count / 2, "\(valid)")
  }
}

/// A key with some of its signatures, and what can be made of them.
private struct Source {
  let key: PublicKey
  private let signed: [(data: [UInt8], signature: [UInt8])]
  /// Numbers at the ends of the ranges, in the length of a number of a signature.
  private let corners: [[UInt8]]
  /// Signatures by the owner over blocks that are not the right one, RSA alone.
  private let blocks: [(data: [UInt8], signature: [UInt8])]
  private let modulus: BigNumber?

  init(_ kind: FastDifferentialTests.Kind, seed: UInt64, _ random: inout SeededRandom) throws {
    let pair = try SigningKey(
      kind.scheme, seed: seed, rsaBits: max(kind.bits, 1024), exponent: kind.exponent)
    key = try pair.publicKey()
    signed = try (0..<60).map { number in
      let data = random.bytes(number)
      return (data, try pair.sign(data))
    }
    modulus = pair.rsa?.modulus
    let isCurve = kind.scheme.family == .ecdsa, curve = isCurve ? CurveArithmetic(kind.scheme) : nil
    let length = key.signatureByteCount / (isCurve ? 2 : 1), one = BigNumber(1)
    let bounds = [curve?.order, curve?.prime, modulus].compactMap { $0 }
    corners =
      ([BigNumber(0), one, BigNumber(2)] + bounds.flatMap { [$0 - one, $0, $0 + one] })
      .map { $0.bytes(count: length) } + [[UInt8](repeating: 0xff, count: length)]
    var blocks: [(data: [UInt8], signature: [UInt8])] = []
    if let numbers = pair.rsa {
      for (data, signature) in signed.prefix(20) {
        let block = BigNumber(signature).power(numbers.exponent, modulo: numbers.modulus)
          .bytes(count: numbers.byteCount)
        let wrong = block.flipping(Int.random(in: 9..<block.count * 8, using: &random))
        blocks.append((data, numbers.sign(rawBlock: wrong)))
      }
    }
    self.blocks = blocks
  }

  /// A signature, good or not.
  func next(_ random: inout SeededRandom) -> (data: [UInt8], signature: [UInt8]) {
    var (data, signature) = signed[Int.random(in: 0..<signed.count, using: &random)]
    let half = signature.count / 2, corner = corners[Int.random(in: 0..<corners.count, using: &random)]
    switch Int.random(in: 0..<14, using: &random) {
    case 0...4: break
    case 5: signature = signature.flipping(Int.random(in: 0..<signature.count * 8, using: &random))
    case 6: data.append(0)
    case 7: signature = corner.count == half ? corner + signature.suffix(half) : corner
    case 8: signature = corner.count == half ? signature.prefix(half) + corner : corner
    case 9: signature = random.bytes(signature.count)
    case 10: signature = Array(signature.suffix(half) + signature.prefix(half))
    case 11: if let block = blocks.randomElement(using: &random) { (data, signature) = block }
    case 12:
      if let modulus { signature = (modulus - BigNumber(signature)).bytes(count: signature.count) }
    default: signature = Bool.random(using: &random) ? Array(signature.dropLast()) : signature + [0]
    }
    return (data, signature)
  }
}
