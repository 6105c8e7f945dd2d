/// The numbers of an RSA key pair.
package struct RSAPrivateKey: Sendable {
  /// n
  package let modulus: BigNumber
  /// e
  package let exponent: BigNumber
  /// d
  let privateExponent: BigNumber
  /// p and q, whose product is n, as libcrypto wants them: with them it signs four times as fast.
  let primes: (p: BigNumber, q: BigNumber)

  /// Two primes of a seed whose product has exactly `bits` bits; `exponent` is a small odd prime.
  package init(seed: UInt64, bits: Int, exponent: UInt64 = 65537) {
    let e = BigNumber(exponent), one = BigNumber(1)
    var random = SeededRandom(seed: seed)
    while true {
      let p = Self.prime(bits: (bits + 1) / 2, &random), q = Self.prime(bits: bits / 2, &random)
      let n = p * q
      if n.bitCount == bits, p != q, let d = e.inverse(modulo: (p - one) * (q - one)) {
        (modulus, self.exponent, privateExponent, primes) = (n, e, d, (p, q))
        return
      }
    }
  }

  /// d modulo p - 1 and q - 1, and the inverse of q modulo p (RFC 8017 §3.2); nil when there is none.
  var remainders: (dP: BigNumber, dQ: BigNumber, qInverse: BigNumber)? {
    let one = BigNumber(1), (p, q) = primes
    guard let qInverse = q.inverse(modulo: p) else { return nil }
    return (
      privateExponent.power(one, modulo: p - one), privateExponent.power(one, modulo: q - one), qInverse
    )
  }

  /// A prime with the two highest of its bits set, so that a product of two has all its bits.
  private static func prime(bits: Int, _ random: inout SeededRandom) -> BigNumber {
    let count = (bits + 7) / 8
    while true {
      var bytes = random.bytes(count)
      bytes[0] |= 0xc0
      var candidate = BigNumber(bytes)
      for _ in 0..<(count * 8 - bits) { candidate = candidate.half }
      if candidate.isPrime { return candidate }
    }
  }

  /// Octets of the modulus.
  package var byteCount: Int { (modulus.bitCount + 7) / 8 }

  /// The public key field of a DNSKEY record (RFC 3110 §2).
  package var dnskeyBytes: [UInt8] {
    RSAPrivateKey.dnskeyBytes(exponent: exponent.bytes(), modulus: modulus.bytes())
  }

  /// The field for any two numbers, also ones that make no key.
  package static func dnskeyBytes(exponent: [UInt8], modulus: [UInt8]) -> [UInt8] {
    let length =
      exponent.count < 256
      ? [UInt8(exponent.count)] : [0, UInt8(exponent.count >> 8), UInt8(exponent.count & 255)]
    return length + exponent + modulus
  }

  /// The private operation on a block as long as the modulus, whatever its padding: what no honest signer offers.
  package func sign(rawBlock block: [UInt8]) -> [UInt8] {
    BigNumber(block).power(privateExponent, modulo: modulus).bytes(count: byteCount)
  }
}
