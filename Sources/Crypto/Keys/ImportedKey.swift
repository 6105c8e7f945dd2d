import COpenSSL

/// An EVP_PKEY made of the numbers in a DNSKEY record; libcrypto counts its references atomically and lets threads
/// share it.
///
/// `EVP_PKEY_fromdata` costs 5 to 18 µs where decoding a SubjectPublicKeyInfo costs 80 to 115.
@safe final class ImportedKey: @unchecked Sendable {
  /// The EVP_PKEY.
  let pointer: OpaquePointer

  /// An RSA key of big-endian numbers of at most 512 octets; nil when libcrypto does no RSA.
  init?(exponent: Span<UInt8>, modulus: Span<UInt8>) {
    guard let e = unsafe Self.number(exponent), let n = unsafe Self.number(modulus) else {
      CryptoLibrary.fail("allocate a number")
    }
    defer {
      unsafe BN_free(e)
      unsafe BN_free(n)
    }
    let key = unsafe Self.fromData(type: "RSA") { builder in
      unsafe OSSL_PARAM_BLD_push_BN(builder, ParameterName.modulus.cString, n) == 1
        && OSSL_PARAM_BLD_push_BN(builder, ParameterName.exponent.cString, e) == 1
    }
    guard let key = unsafe key else { return nil }
    unsafe pointer = key
  }

  /// A DSA key of big-endian numbers of at most 128 octets; nil when libcrypto refuses them.
  init?(modulus: Span<UInt8>, divisor: Span<UInt8>, generator: Span<UInt8>, publicValue: Span<UInt8>) {
    guard let p = unsafe Self.number(modulus), let q = unsafe Self.number(divisor),
      let g = unsafe Self.number(generator), let y = unsafe Self.number(publicValue)
    else { CryptoLibrary.fail("allocate a number") }
    defer {
      unsafe BN_free(p)
      unsafe BN_free(q)
      unsafe BN_free(g)
      unsafe BN_free(y)
    }
    let key = unsafe Self.fromData(type: "DSA") { builder in
      unsafe OSSL_PARAM_BLD_push_BN(builder, ParameterName.primeModulus.cString, p) == 1
        && OSSL_PARAM_BLD_push_BN(builder, ParameterName.divisor.cString, q) == 1
        && OSSL_PARAM_BLD_push_BN(builder, ParameterName.generator.cString, g) == 1
        && OSSL_PARAM_BLD_push_BN(builder, ParameterName.point.cString, y) == 1
    }
    guard let key = unsafe key else { return nil }
    unsafe pointer = key
  }

  /// A GOST key of an engine, little-endian x || y; nil when that is no point on the curve.
  init?(_ parameters: GOSTParameters, coordinates: Span<UInt8>) {
    var info = parameters.prefix
    for index in coordinates.indices { info.append(coordinates[index]) }
    let key = unsafe info.withUnsafeBufferPointer { info in
      var start = info.baseAddress
      return unsafe d2i_PUBKEY(nil, &start, info.count)
    }
    guard let key = unsafe key else { return nil }
    unsafe pointer = key
  }

  /// An elliptic-curve key of x || y; nil when that is no point on the curve.
  init?(type: StaticString, group: StaticString, coordinates: Span<UInt8>) {
    var point: [UInt8] = [4]  // SEC 1 §2.3.3: uncompressed
    for index in coordinates.indices { point.append(coordinates[index]) }
    let key = unsafe point.withUnsafeBufferPointer { point in
      unsafe Self.fromData(type: type.description) { builder in
        unsafe OSSL_PARAM_BLD_push_utf8_string(builder, ParameterName.group.cString, group.cString, 0) == 1
          && OSSL_PARAM_BLD_push_octet_string(
            builder, ParameterName.point.cString, point.baseAddress, point.count) == 1
      }
    }
    guard let key = unsafe key else { return nil }
    unsafe pointer = key
  }

  /// An Edwards-curve key of its encoded point, which libcrypto decodes when it verifies; nil when libcrypto does
  /// not do the curve.
  init?(type: String, encodedPoint: Span<UInt8>) {
    let key = unsafe encodedPoint.withUnsafeBufferPointer {
      unsafe EVP_PKEY_new_raw_public_key_ex(nil, type, nil, $0.baseAddress, $0.count)
    }
    guard let key = unsafe key else { return nil }
    unsafe pointer = key
  }

  deinit { unsafe EVP_PKEY_free(pointer) }

  /// Modulus and exponent of an RSA key; nil for others.
  var rsaNumbers: (modulus: Number, exponent: Number)? {
    let n = Number(), e = Number()
    var pointers: (n: OpaquePointer?, e: OpaquePointer?) = unsafe (n.pointer, e.pointer)
    let isKnown =
      unsafe EVP_PKEY_get_bn_param(pointer, ParameterName.modulus.cString, &pointers.n) == 1
      && EVP_PKEY_get_bn_param(pointer, ParameterName.exponent.cString, &pointers.e) == 1
    if !isKnown { ERR_clear_error() }
    return isKnown ? (n, e) : nil
  }

  /// The encoded point of a key on a curve (SEC 1 §2.3.3); nil for others.
  var encodedPoint: [UInt8]? {
    // No curve here has longer coordinates than P-384.
    var octets = [UInt8](repeating: 0, count: 1 + 2 * 48), count = 0
    let isKnown = unsafe octets.withUnsafeMutableBufferPointer {
      unsafe EVP_PKEY_get_octet_string_param(
        pointer, ParameterName.point.cString, $0.baseAddress, $0.count, &count) == 1
    }
    if !isKnown { ERR_clear_error() }
    return isKnown ? Array(octets.prefix(count)) : nil
  }

  /// A BIGNUM of big-endian octets, owned by the caller.
  private static func number(_ bytes: Span<UInt8>) -> OpaquePointer? {
    unsafe bytes.withUnsafeBufferPointer { unsafe BN_bin2bn($0.baseAddress, Int32($0.count), nil) }
  }

  /// A public key of the parameters that `push` puts into an OSSL_PARAM_BLD, owned by the caller.
  ///
  /// The builder keeps pointers to names and values; they have to stay in place until this returns.
  private static func fromData(type: String, push: (OpaquePointer) -> Bool) -> OpaquePointer? {
    guard let context = unsafe EVP_PKEY_CTX_new_from_name(nil, type, nil) else { return nil }
    defer { unsafe EVP_PKEY_CTX_free(context) }
    guard let builder = unsafe OSSL_PARAM_BLD_new() else { return nil }
    defer { unsafe OSSL_PARAM_BLD_free(builder) }
    guard unsafe push(builder), let parameters = unsafe OSSL_PARAM_BLD_to_param(builder) else { return nil }
    defer { unsafe OSSL_PARAM_free(parameters) }
    let selection = OSSL_KEYMGMT_SELECT_PUBLIC_KEY | OSSL_KEYMGMT_SELECT_ALL_PARAMETERS
    var key: OpaquePointer?
    guard unsafe EVP_PKEY_fromdata_init(context) == 1,
      unsafe EVP_PKEY_fromdata(context, &key, selection, parameters) == 1
    else { return nil }
    return unsafe key
  }
}

/// libcrypto's names of key parameters (openssl/core_names.h), as constants that never move.
private enum ParameterName {
  /// An RSA modulus, a number.
  static let modulus: StaticString = "n"
  /// An RSA exponent, a number.
  static let exponent: StaticString = "e"
  /// The modulus, the divisor and the generator of a DSA key, numbers.
  static let primeModulus: StaticString = "p", divisor: StaticString = "q", generator: StaticString = "g"
  /// The name of a curve.
  static let group: StaticString = "group"
  /// An encoded point, or the public number of a DSA key.
  static let point: StaticString = "pub"
}

extension StaticString {
  /// The characters as C wants them, ended by a zero; in place for the life of the process.
  package var cString: UnsafePointer<CChar> {
    unsafe UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self)
  }
}
