@testable import Crypto
import TestSupport
import Testing

@Suite("RSA by a power") struct RSAPowerTests {
  @Test(
    "it is there for exponents 2^k + 1 up to 65537, and for no others",
    arguments: [
      (3, true), (5, true), (17, true), (257, true), (65537, true), (7, false), (65539, false),
      (4_294_967_311, false),
    ])
  func exponents(exponent: UInt64, isThere: Bool) throws {
    let numbers = RSAPrivateKey(seed: 5, bits: 1024, exponent: exponent)
    let key = try PublicKey(.rsaSHA256, numbers.dnskeyBytes)
    #expect((RSAPower(key, NumberScratch()) != nil) == isThere)
  }

  @Test("it is there for the digests of RFC 3110 and RFC 5702 alone")
  func schemes() throws {
    for scheme in SigningKey.schemes {
      let key = try SigningKey(scheme, seed: 1).publicKey()
      let isThere = [.rsaSHA1, .rsaSHA256, .rsaSHA512].contains(scheme)
      #expect((RSAPower(key, NumberScratch()) != nil) == isThere, "\(scheme)")
    }
  }

  @Test(
    "the whole block counts: with any one bit of it changed the owner's signature over it fails",
    arguments: [SignatureScheme.rsaSHA1, .rsaSHA256, .rsaSHA512])
  func everyBit(scheme: SignatureScheme) throws {
    let pair = try SigningKey(scheme, seed: 8), key = try pair.publicKey(), ways = BothWays()
    let numbers = try #require(pair.rsa), data: [UInt8] = [1, 2, 3], good = try pair.sign(data)
    #expect(ways.accepts(key, data, good))
    let block = BigNumber(good).power(numbers.exponent, modulo: numbers.modulus).bytes(
      count: numbers.byteCount)
    #expect(ways.accepts(key, data, numbers.sign(rawBlock: block)))
    for bit in 1..<block.count * 8 {
      let changed = block.flipping(bit)
      guard BigNumber(changed) < numbers.modulus else { continue }
      #expect(!ways.accepts(key, data, numbers.sign(rawBlock: changed)), "bit \(bit)")
    }
  }

  @Test(
    "moduli of any number of bits verify, down to the shortest that holds a block",
    arguments: [512, 513, 519, 1023, 1024, 1025, 1500, 2047, 2048])
  func moduli(bits: Int) throws {
    let pair = try SigningKey(.rsaSHA256, seed: 4, rsaBits: bits), key = try pair.publicKey()
    let ways = BothWays()
    #expect(ways.isFast(key))
    for number in 0..<20 {
      let data = [UInt8(number)], good = try pair.sign(data)
      #expect(ways.accepts(key, data, good))
      #expect(!ways.accepts(key, data, good.flipping(8 * number + 9)))
      #expect(!ways.accepts(key, data + [0], good))
    }
  }

  @Test("s and s + n are not the same, even where both have the length of the modulus")
  func shifted() throws {
    let pair = try SigningKey(.rsaSHA256, seed: 4, rsaBits: 1020), key = try pair.publicKey()
    let numbers = try #require(pair.rsa), ways = BothWays(), data: [UInt8] = [1]
    let good = try pair.sign(data), other = (BigNumber(good) + numbers.modulus).bytes(count: good.count)
    #expect(other.count == good.count && ways.accepts(key, data, good))
    #expect(!ways.accepts(key, data, other))
  }
}
