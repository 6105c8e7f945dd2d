import COpenSSL

/// A table of the multiples of a public key Q: an EC_GROUP whose generator is Q. Only read once it is made, so threads
/// share it.
@safe final class KeyTable: @unchecked Sendable {
  /// The curve.
  let curve: PrimeCurve
  /// The EC_GROUP with Q in place of G.
  let group: OpaquePointer

  /// Bytes of a table: 37 windows of 64 points of 64 octets on P-256 (libcrypto's ecp_nistz256.c); 48 blocks of 8 points of
  /// some 400 bytes, three numbers each, on P-384 (its ec_mult.c).
  static let byteCount = 152 << 10

  /// Signatures from which on the table of a key is worth its making: on P-256 that takes 21 ms and saves 45 µs for each,
  /// on P-384 1.2 ms and 400 µs (OpenSSL 3.0 on AMD Zen 4, where the quotients are 470 and 3).
  static func leastCount(_ scheme: SignatureScheme) -> Int? {
    switch scheme {
    case .ecdsaP256SHA256: 512
    case .ecdsaP384SHA384: 4
    default: nil
    }
  }

  /// Makes the table; nil when libcrypto cannot.
  init?(_ key: PublicKey) {
    guard let curve = PrimeCurve.of(key.scheme), let group = unsafe EC_GROUP_dup(curve.group) else {
      return nil
    }
    self.curve = curve
    unsafe self.group = group
    let scratch = NumberScratch()
    guard let octets = key.imported.encodedPoint, let point = unsafe EC_POINT_new(group) else { return nil }
    defer { unsafe EC_POINT_free(point) }
    // Decoding checks that the point is on the curve; the order of the curve's group is prime, and a point is no infinity.
    let isReady = unsafe octets.withUnsafeBufferPointer { octets in
      unsafe EC_POINT_oct2point(group, point, octets.baseAddress, octets.count, scratch.pointer) == 1
        && EC_POINT_is_at_infinity(group, point) == 0
        && EC_GROUP_set_generator(group, point, curve.order.value.pointer, BN_value_one()) == 1
        && co_make_table(group, scratch.pointer) == 1
    }
    guard isReady else {
      ERR_clear_error()
      return nil
    }
  }

  deinit { unsafe EC_GROUP_free(group) }
}
