import COpenSSL

/// A public key Q of a curve as a point, for signatures that are too few for a table. Only read once it is made.
@safe final class KeyPoint: @unchecked Sendable {
  /// The key and its curve.
  let key: PublicKey, curve: PrimeCurve
  /// The EC_POINT.
  let point: OpaquePointer

  /// Signatures in one task from which on this is faster than libcrypto's verification: both products together take 48 µs
  /// on P-256 and the rest 2, where libcrypto takes 59 (OpenSSL 3.0 on AMD Zen 4); the inversion and the decoding of
  /// the point, 12 µs, are shared.
  static let leastCount = 3

  /// Whether a scheme's signatures are verified so: where libcrypto has a double product made for the curve.
  static func helps(_ scheme: SignatureScheme) -> Bool {
    scheme == .ecdsaP256SHA256 && PrimeCurve.of(scheme) != nil
  }

  /// Nil for keys that this does not help, and when libcrypto cannot.
  init?(_ key: PublicKey, _ scratch: NumberScratch) {
    guard KeyPoint.helps(key.scheme), let curve = PrimeCurve.of(key.scheme),
      let octets = key.imported.encodedPoint, let point = unsafe EC_POINT_new(curve.group)
    else { return nil }
    (self.key, self.curve) = (key, curve)
    unsafe self.point = point
    // Decoding checks that the point is on the curve.
    let isReady = unsafe octets.withUnsafeBufferPointer { octets in
      unsafe EC_POINT_oct2point(curve.group, point, octets.baseAddress, octets.count, scratch.pointer) == 1
        && EC_POINT_is_at_infinity(curve.group, point) == 0
    }
    guard isReady else {
      ERR_clear_error()
      return nil
    }
  }

  deinit { unsafe EC_POINT_free(point) }
}

/// How the multiples of a public key are had.
enum KeyMultiples: Sendable {
  /// From the point itself.
  case point(KeyPoint)
  /// From a table of them.
  case table(KeyTable)

  /// The curve.
  var curve: PrimeCurve {
    switch self {
    case .point(let key): key.curve
    case .table(let table): table.curve
    }
  }
}
