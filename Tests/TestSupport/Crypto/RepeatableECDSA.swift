import COpenSSL
import Crypto

/// ECDSA (RFC 6090 §5.4) whose random number comes from key and digest, as RFC 6979 proposes but more simply: the
/// same message gets the same signature in every run. Good for tests alone.
struct RepeatableECDSA {
  private let curve: PrivateKeyImport.Curve, algorithm: DigestAlgorithm
  private let secret: BigNumber, order: BigNumber

  /// A signer with the secret octets that the key pair was made of.
  init?(_ scheme: SignatureScheme, secret: [UInt8]) {
    let order: String
    switch scheme {
    case .ecdsaP256SHA256:
      (curve, algorithm) = (.p256, .sha256)
      order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"
    case .ecdsaP384SHA384:
      (curve, algorithm) = (.p384, .sha384)
      order =
        "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973"
    default: return nil
    }
    guard let order = try? VectorText.hex(order) else { return nil }
    self.order = BigNumber(order)
    self.secret = BigNumber(RepeatableECDSA.belowOrder(secret))
  }

  /// r || s over a message.
  func sign(_ message: [UInt8]) throws -> [UInt8] {
    let digest = Digest.hash(algorithm, message.span), count = algorithm.byteCount
    let seed = secret.bytes(count: count) + digest
    let number = RepeatableECDSA.belowOrder(Digest.hash(algorithm, seed.span))
    guard let (key, point) = unsafe PrivateKeyImport.ellipticCurve(curve, secret: number) else {
      throw SigningKey.Failure()
    }
    unsafe EVP_PKEY_free(key)
    let r = reduced(BigNumber(Array(point.prefix(count))))
    guard let inverse = BigNumber(number).inverse(modulo: order) else { throw SigningKey.Failure() }
    let s = reduced(inverse * reduced(BigNumber(digest) + r * secret))
    return r.bytes(count: count) + s.bytes(count: count)
  }

  /// A number modulo the order.
  private func reduced(_ number: BigNumber) -> BigNumber { number.power(BigNumber(1), modulo: order) }

  /// The octets without their top bit, as `PrivateKeyImport` takes secrets: both orders have it set.
  private static func belowOrder(_ octets: [UInt8]) -> [UInt8] { [octets[0] & 0x7f] + octets.dropFirst() }
}
