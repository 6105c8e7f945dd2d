import Crypto

/// The numbers of a DSA key pair in one fixed group of 1024 bits (FIPS 186-4 §4), which `openssl genpkey -genparam` made.
package struct DSAPrivateKey: Sendable {
  /// p, q, g and y.
  package let modulus: BigNumber, divisor: BigNumber, generator: BigNumber, publicValue: BigNumber
  /// x
  private let secret: BigNumber

  /// Octets of q.
  package static let divisorByteCount = 20
  /// Octets of p, g and y; T is 8 (RFC 2536 §2).
  package static let modulusByteCount = 128

  /// A pair with a secret of fewer octets than q has.
  package init(_ secret: [UInt8]) {
    self.secret = BigNumber(secret)
    (modulus, divisor, generator) = (Group.p, Group.q, Group.g)
    publicValue = generator.power(self.secret, modulo: modulus)
  }

  /// The public key field of a DNSKEY record (RFC 2536 §2).
  package var dnskeyBytes: [UInt8] { DSAPrivateKey.dnskeyBytes(t: 8, [modulus, generator, publicValue]) }

  /// The field with any T and any three numbers, also ones that make no key.
  package static func dnskeyBytes(t: UInt8, _ numbers: [BigNumber], divisor: BigNumber = Group.q) -> [UInt8] {
    [t] + divisor.bytes(count: divisorByteCount)
      + numbers.flatMap { $0.bytes(count: 64 + 8 * Int(t)) }
  }

  /// T || R || S over a message (RFC 2536 §3, FIPS 186-4 §4.6); its random number comes from key and message, so that the
  /// same message gets the same signature in every run.
  func sign(_ message: [UInt8]) throws -> [UInt8] {
    let digest = Digest.hash(.sha1, message.span), seed = secret.bytes(count: Self.divisorByteCount) + digest
    let number = BigNumber(Array(Digest.hash(.sha1, seed.span).dropLast()))
    let r = reduced(generator.power(number, modulo: modulus))
    guard let inverse = number.inverse(modulo: divisor) else { throw SigningKey.Failure() }
    let s = reduced(inverse * reduced(BigNumber(digest) + secret * r))
    return [8] + r.bytes(count: Self.divisorByteCount) + s.bytes(count: Self.divisorByteCount)
  }

  /// A number modulo q.
  private func reduced(_ number: BigNumber) -> BigNumber { number.power(BigNumber(1), modulo: divisor) }

  /// The group.
  package enum Group {
    /// A prime, a prime divisor of p - 1, and an element of that order.
    package static let p = number(
      """
      947c9245b1fbd521b7c45bf39b74bccafeb21113162873d06c67697902f93920e1384e311dd2cb5af3a7fc4511fa657f
      c1f4105a44519fd34d0b8ac5c411c127340bada24d4e344590b6f9b94ea3de942253a147676809568e1780f43c22714f
      5df76b558cd18801abf400ca224dac62b6688fdc6a371da55c7c9b579c01dea9
      """)
    package static let q = number("e59f34a69402a0047a828d5737ab1775dba073c7")
    package static let g = number(
      """
      5abca8829fdb48513b7fd9ebfbe84c5835cac0efe1557989ff76b3cffc9b7c8b41257a5ae1b70a4ac61aa221eb142087
      d808ce059d9816011fb07d149f537e2a15a22d35ac0603d85d96fed9b3db6d0800ac183ae6741de765ce09ca81d7f308
      0456a9966f70a6e1010120ae1006e2930482820438670f69c38da32061b1e0e1
      """)

    /// A number in base 16.
    private static func number(_ text: String) -> BigNumber {
      guard let octets = try? VectorText.hex(text) else { preconditionFailure("no number: \(text)") }
      return BigNumber(octets)
    }
  }
}
