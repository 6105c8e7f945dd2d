/// What the octets of a key tell before libcrypto sees them.
enum KeyShape {
  /// Two numbers.
  case rsa(RSAKeyLayout)
  /// Numbers in a group.
  case dsa(DSAKeyLayout)
  /// The coordinates of a point on the curve that libcrypto calls `group`, of keys that it calls `type`.
  case curve(type: StaticString, group: StaticString, coordinateByteCount: Int)
  /// An encoded point on the Edwards curve that libcrypto calls `type`.
  case edwards(type: String, byteCount: Int)
  /// The coordinates of a point, for an engine.
  case gost(GOSTParameters)

  /// Checks length and, for RSA and DSA, the numbers.
  init(_ scheme: SignatureScheme, _ bytes: Span<UInt8>) throws(KeyError) {
    switch scheme {
    case .rsaMD5, .rsaSHA1, .rsaSHA256, .rsaSHA512:
      self = .rsa(try RSAKeyLayout(bytes, scheme: scheme))
      return
    case .dsaSHA1:
      self = .dsa(try DSAKeyLayout(bytes))
      return
    case .ecdsaP256SHA256: self = .curve(type: "EC", group: "P-256", coordinateByteCount: 32)
    case .ecdsaP384SHA384: self = .curve(type: "EC", group: "P-384", coordinateByteCount: 48)
    case .sm2SM3: self = .curve(type: "SM2", group: "SM2", coordinateByteCount: 32)
    case .gost2001: self = .gost(.cryptoPro2001)
    case .gost2012: self = .gost(.technicalCommittee2012)
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
    case .dsa(let layout):
      ImportedKey(
        modulus: bytes.extracting(layout.modulus), divisor: bytes.extracting(layout.divisor),
        generator: bytes.extracting(layout.generator), publicValue: bytes.extracting(layout.publicValue))
    case .curve(let type, let group, _): ImportedKey(type: type, group: group, coordinates: bytes)
    case .gost(let parameters): ImportedKey(parameters, coordinates: bytes)
    case .edwards(let type, _): ImportedKey(type: type, encodedPoint: bytes)
    }
  }

  /// What it means when libcrypto refuses the octets.
  var refusal: KeyError {
    switch self {
    case .curve, .gost: .notOnCurve
    case .rsa, .dsa, .edwards: .unsupported
    }
  }

  /// Octets of what sets the size: a modulus, the two coordinates, or the encoded point.
  private var byteCount: Int {
    switch self {
    case .rsa(let layout): layout.modulus.count
    case .dsa(let layout): layout.modulus.count
    case .curve(_, _, let coordinateByteCount): 2 * coordinateByteCount
    case .gost: 2 * GOSTParameters.coordinateByteCount
    case .edwards(_, let byteCount): byteCount
    }
  }

  /// Size of the key in bits.
  var bits: Int {
    switch self {
    case .rsa(let layout): layout.modulusBits
    case .dsa(let layout): layout.modulusBits
    case .curve(_, _, let coordinateByteCount): 8 * coordinateByteCount
    case .gost: 8 * GOSTParameters.coordinateByteCount
    case .edwards(_, let byteCount): 8 * byteCount
    }
  }

  /// Significant bits of an RSA exponent; nil for other keys.
  var exponentBits: Int? {
    if case .rsa(let layout) = self { layout.exponentBits } else { nil }
  }

  /// Whether the octets are in the one form that the RFC has.
  var isCanonical: Bool {
    if case .rsa(let layout) = self { layout.isCanonical } else { true }
  }

  /// Octets of a signature: as many as the modulus has (RFC 8017 §8.2.2), T, R and S (RFC 2536 §3), r and s (RFC 5933
  /// §3, RFC 6605 §4, RFC 9563), R and S (RFC 8032).
  var signatureByteCount: Int {
    switch self {
    case .edwards(_, let byteCount): 2 * byteCount
    case .dsa: DSAKeyLayout.signatureByteCount
    case .rsa, .curve, .gost: byteCount
    }
  }

  /// Microseconds of a verification on one core of an AMD Zen 4; for GOST a guess, since engines differ.
  var cost: Int {
    switch self {
    case .rsa(let layout):
      // A multiplication of n bits takes n² steps, and the exponent's bits count the multiplications.
      max(1, layout.modulusBits * layout.modulusBits * layout.exponentBits / 4_194_304)
    case .dsa: 110
    case .curve(_, _, let coordinateByteCount): coordinateByteCount == 32 ? 60 : 650
    case .gost: 500
    case .edwards(_, let byteCount): byteCount == 32 ? 105 : 225
    }
  }
}
