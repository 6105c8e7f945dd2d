import COpenSSL
import Crypto

/// Points of P-256 and P-384, for making keys and signatures that no signer makes. Points are x || y.
@safe package final class CurveArithmetic {
  /// The order of the group and the prime of the field.
  package let order: BigNumber, prime: BigNumber
  /// Octets of a coordinate.
  package let byteCount: Int
  private let group: OpaquePointer

  /// Of the curve of a scheme.
  package init(_ scheme: SignatureScheme) {
    let identifier = scheme == .ecdsaP256SHA256 ? NID_X9_62_prime256v1 : NID_secp384r1
    guard let group = unsafe EC_GROUP_new_by_curve_name(identifier) else { fatalError("no such curve") }
    unsafe self.group = group
    (order, prime) = (BigNumber(0), BigNumber(0))
    unsafe EC_GROUP_get_order(group, order.pointer, nil)
    unsafe EC_GROUP_get_curve(group, prime.pointer, nil, nil, nil)
    byteCount = (prime.bitCount + 7) / 8
  }

  deinit { unsafe EC_GROUP_free(group) }

  /// A point with this x; nil when the curve has none.
  package func point(x: BigNumber) -> [UInt8]? {
    unsafe octets { point in unsafe EC_POINT_set_compressed_coordinates(group, point, x.pointer, 0, nil) == 1
    }
  }

  /// a G
  package func multiple(_ a: BigNumber) -> [UInt8]? {
    unsafe octets { unsafe EC_POINT_mul(group, $0, a.pointer, nil, nil, nil) == 1 }
  }

  /// a G + b P; nil for infinity.
  package func sum(_ a: BigNumber, _ b: BigNumber, _ point: [UInt8]) -> [UInt8]? {
    unsafe octets { result in
      let encoded = [4] + point
      return unsafe EC_POINT_oct2point(group, result, encoded, encoded.count, nil) == 1
        && EC_POINT_mul(group, result, a.pointer, result, b.pointer, nil) == 1
    }
  }

  /// The key with which (r, s) is a signature over a digest, and R the point that its verification comes to (SEC 1 §4.1.6):
  /// Q = (s R - e G) / r.
  package func recover(_ point: [UInt8], r: BigNumber, s: BigNumber, e: BigNumber) -> [UInt8]? {
    guard let inverse = r.inverse(modulo: order) else { return nil }
    return sum(reduced((order - reduced(e)) * inverse), reduced(s * inverse), point)
  }

  /// A number modulo the order.
  package func reduced(_ number: BigNumber) -> BigNumber { number.power(BigNumber(1), modulo: order) }

  /// The coordinates of the point that a function makes.
  private func octets(_ make: (OpaquePointer) -> Bool) -> [UInt8]? {
    guard let point = unsafe EC_POINT_new(group) else { fatalError("no memory") }
    defer {
      unsafe EC_POINT_free(point)
      ERR_clear_error()
    }
    var out = [UInt8](repeating: 0, count: 1 + 2 * byteCount)
    guard unsafe make(point), unsafe EC_POINT_is_at_infinity(group, point) == 0 else { return nil }
    let count = unsafe EC_POINT_point2oct(
      group, point, POINT_CONVERSION_UNCOMPRESSED, &out, out.count, nil)
    return count == out.count ? Array(out.dropFirst()) : nil
  }
}
