import COpenSSL
import Crypto

/// Makes EVP_PKEY objects with a private key; nil when libcrypto refuses the numbers, else owned by the caller.
enum PrivateKeyImport {
  /// A NIST curve with the DER form of its object identifier (RFC 5480 §2.1.1.1).
  enum Curve: String {
    /// secp256r1.
    case p256 = "06082a8648ce3d030107"
    /// secp384r1.
    case p384 = "06052b81040022"
  }

  /// An RSA key.
  static func rsa(_ numbers: RSAPrivateKey) -> OpaquePointer? {
    guard let context = unsafe EVP_PKEY_CTX_new_from_name(nil, "RSA", nil) else { return nil }
    defer { unsafe EVP_PKEY_CTX_free(context) }
    guard let builder = unsafe OSSL_PARAM_BLD_new() else { return nil }
    defer { unsafe OSSL_PARAM_BLD_free(builder) }
    guard let (dP, dQ, qInverse) = numbers.remainders else { return nil }
    let parts: [(StaticString, BigNumber)] = [
      ("n", numbers.modulus), ("e", numbers.exponent), ("d", numbers.privateExponent),
      ("rsa-factor1", numbers.primes.p), ("rsa-factor2", numbers.primes.q),
      ("rsa-exponent1", dP), ("rsa-exponent2", dQ), ("rsa-coefficient1", qInverse),
    ]
    for (name, number) in parts {
      guard unsafe OSSL_PARAM_BLD_push_BN(builder, name.cString, number.pointer) == 1 else { return nil }
    }
    guard let parameters = unsafe OSSL_PARAM_BLD_to_param(builder) else { return nil }
    defer { unsafe OSSL_PARAM_free(parameters) }
    var key: OpaquePointer?
    guard unsafe EVP_PKEY_fromdata_init(context) == 1,
      unsafe EVP_PKEY_fromdata(context, &key, OSSL_KEYMGMT_SELECT_ALL, parameters) == 1
    else { return nil }
    return unsafe key
  }

  /// A key pair of an ECPrivateKey (RFC 5915 §3) without its public key, which libcrypto then computes.
  static func ellipticCurve(_ curve: Curve, secret: [UInt8]) -> (OpaquePointer, [UInt8])? {
    guard let identifier = try? VectorText.hex(curve.rawValue) else { return nil }
    var scalar = secret
    scalar[0] &= 0x7f  // stays below the order of the group, whose top bit is set
    let body =
      [0x02, 1, 1, 0x04, UInt8(scalar.count)] + scalar + [0xa0, UInt8(identifier.count)] + identifier
    let der = [0x30, UInt8(body.count)] + body
    let key = unsafe der.withUnsafeBufferPointer { der in
      var start = der.baseAddress
      return unsafe d2i_PrivateKey(EVP_PKEY_EC, nil, &start, der.count)
    }
    guard let key = unsafe key else { return nil }
    var point = [UInt8](repeating: 0, count: 2 * secret.count + 1), count = 0
    guard
      unsafe EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, &point, point.count, &count) == 1,
      count == 2 * secret.count + 1
    else { return nil }
    return unsafe (key, Array(point.dropFirst()))
  }

  /// A DSA key.
  static func dsa(_ numbers: DSAPrivateKey) -> OpaquePointer? {
    guard let context = unsafe EVP_PKEY_CTX_new_from_name(nil, "DSA", nil) else { return nil }
    defer { unsafe EVP_PKEY_CTX_free(context) }
    guard let builder = unsafe OSSL_PARAM_BLD_new() else { return nil }
    defer { unsafe OSSL_PARAM_BLD_free(builder) }
    let (p, q, g): (StaticString, StaticString, StaticString) = ("p", "q", "g"), y: StaticString = "pub"
    guard unsafe OSSL_PARAM_BLD_push_BN(builder, p.cString, numbers.modulus.pointer) == 1,
      unsafe OSSL_PARAM_BLD_push_BN(builder, q.cString, numbers.divisor.pointer) == 1,
      unsafe OSSL_PARAM_BLD_push_BN(builder, g.cString, numbers.generator.pointer) == 1,
      unsafe OSSL_PARAM_BLD_push_BN(builder, y.cString, numbers.publicValue.pointer) == 1,
      let parameters = unsafe OSSL_PARAM_BLD_to_param(builder)
    else { return nil }
    defer { unsafe OSSL_PARAM_free(parameters) }
    var key: OpaquePointer?
    guard unsafe EVP_PKEY_fromdata_init(context) == 1,
      unsafe EVP_PKEY_fromdata(context, &key, OSSL_KEYMGMT_SELECT_ALL, parameters) == 1
    else { return nil }
    return unsafe key
  }

  /// A new SM2 key pair.
  static func sm2() -> (OpaquePointer, [UInt8])? {
    guard let context = unsafe EVP_PKEY_CTX_new_from_name(nil, "SM2", nil) else { return nil }
    defer { unsafe EVP_PKEY_CTX_free(context) }
    var key: OpaquePointer?
    guard unsafe EVP_PKEY_keygen_init(context) == 1, unsafe EVP_PKEY_generate(context, &key) == 1,
      let key = unsafe key
    else { return nil }
    var point = [UInt8](repeating: 0, count: 65), count = 0
    guard
      unsafe EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, &point, point.count, &count) == 1,
      count == point.count
    else { return nil }
    return unsafe (key, Array(point.dropFirst()))
  }

  /// A key pair of the private octets (RFC 8032 §5.1.5, §5.2.5).
  static func edwards(_ type: String, secret: [UInt8]) -> (OpaquePointer, [UInt8])? {
    let key = unsafe EVP_PKEY_new_raw_private_key_ex(nil, type, nil, secret, secret.count)
    guard let key = unsafe key else { return nil }
    var encoded = [UInt8](repeating: 0, count: secret.count), count = secret.count
    guard unsafe EVP_PKEY_get_raw_public_key(key, &encoded, &count) == 1 else { return nil }
    return unsafe (key, encoded)
  }
}
