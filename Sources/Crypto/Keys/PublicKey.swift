import COpenSSL

/// A key that signatures can be verified with, parsed once and shared by all threads.
package final class PublicKey: Sendable {
  /// What its signatures are made with.
  package let scheme: SignatureScheme
  /// Size of the key: bits of the RSA modulus, or of an encoded coordinate of the curve.
  package let bits: Int
  /// False for an RSA key with leading zero octets or a needlessly long length field (RFC 3110 §2 has neither).
  package let hasCanonicalEncoding: Bool
  /// Length in octets of every signature of this key.
  package let signatureByteCount: Int
  /// Roughly the microseconds that one verification takes; only compared with those of other keys.
  let cost: Int
  /// What verifiers copy their contexts from; it keeps the key itself alive.
  let template: VerificationTemplate

  /// Parses the public key field of a DNSKEY record (RFC 3110 §2, RFC 6605 §4, RFC 8080 §3).
  package init(scheme: SignatureScheme, dnskeyBytes bytes: Span<UInt8>) throws(KeyError) {
    let shape = try KeyShape(scheme, bytes)
    guard let key = shape.importKey(bytes) else {
      ERR_clear_error()
      throw shape.refusal
    }
    guard let template = VerificationTemplate(scheme, key: key) else {
      ERR_clear_error()
      throw .unsupported
    }
    self.scheme = scheme
    self.template = template
    bits = shape.bits
    hasCanonicalEncoding = shape.isCanonical
    signatureByteCount = shape.signatureByteCount
    cost = shape.cost
  }
}

/// What the octets of a key tell before libcrypto sees them.
private enum KeyShape {
  /// Two numbers.
  case rsa(RSAKeyLayout)
  /// The coordinates of a point on the NIST curve of that name.
  case curve(group: StaticString, coordinateByteCount: Int)
  /// An encoded point on the Edwards curve that libcrypto calls `type`.
  case edwards(type: String, byteCount: Int)

  /// Checks length and, for RSA, the numbers.
  init(_ scheme: SignatureScheme, _ bytes: Span<UInt8>) throws(KeyError) {
    switch scheme {
    case .rsaSHA1, .rsaSHA256, .rsaSHA512:
      self = .rsa(try RSAKeyLayout(bytes, scheme: scheme))
      return
    case .ecdsaP256SHA256: self = .curve(group: "P-256", coordinateByteCount: 32)
    case .ecdsaP384SHA384: self = .curve(group: "P-384", coordinateByteCount: 48)
    case .ed25519: self = .edwards(type: "ED25519", byteCount: 32)
    case .ed448: self = .edwards(type: "ED448", byteCount: 57)
    }
    guard bytes.count == byteCount else { throw .length }
  }

  /// Hands the octets to libcrypto; nil when it refuses them.
  func importKey(_ bytes: Span<UInt8>) -> ImportedKey? {
    switch self {
    case .rsa(let layout):
      ImportedKey(exponent: bytes.extracting(layout.exponent), modulus: bytes.extracting(layout.modulus))
    case .curve(let group, _): ImportedKey(group: group, coordinates: bytes)
    case .edwards(let type, _): ImportedKey(type: type, encodedPoint: bytes)
    }
  }

  /// What it means when libcrypto refuses the octets.
  var refusal: KeyError {
    if case .curve = self { .notOnCurve } else { .unsupported }
  }

  /// Octets of the number that sets the size: an RSA modulus, the two coordinates, or the encoded point.
  private var byteCount: Int {
    switch self {
    case .rsa(let layout): layout.modulus.count
    case .curve(_, let coordinateByteCount): 2 * coordinateByteCount
    case .edwards(_, let byteCount): byteCount
    }
  }

  /// Size of the key in bits.
  var bits: Int {
    switch self {
    case .rsa(let layout): layout.modulusBits
    case .curve(_, let coordinateByteCount): 8 * coordinateByteCount
    case .edwards(_, let byteCount): 8 * byteCount
    }
  }

  /// Whether the octets are in the one form that the RFC has.
  var isCanonical: Bool {
    if case .rsa(let layout) = self { layout.isCanonical } else { true }
  }

  /// Octets of a signature: as many as the modulus has (RFC 8017 §8.2.2), r and s (RFC 6605 §4), R and S (RFC 8032).
  var signatureByteCount: Int {
    if case .edwards(_, let byteCount) = self { 2 * byteCount } else { byteCount }
  }

  /// Microseconds of a verification on one core of an AMD Zen 4.
  var cost: Int {
    switch self {
    case .rsa(let layout):
      // A multiplication of n bits takes n² steps, and the exponent's bits count the multiplications.
      max(1, layout.modulusBits * layout.modulusBits * layout.exponentBits / 4_194_304)
    case .curve(_, let coordinateByteCount): coordinateByteCount == 32 ? 60 : 650
    case .edwards(_, let byteCount): byteCount == 32 ? 105 : 225
    }
  }
}
