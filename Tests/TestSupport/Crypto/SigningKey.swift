import COpenSSL
import Crypto

/// A key pair that signs with libcrypto; the same seed gives the same pair, and the same signatures, in
/// every run, but for SM2, whose pairs and signatures are new ones.
@safe package final class SigningKey: @unchecked Sendable {
  /// What libcrypto did not do; the tests cannot go on without it.
  package struct Failure: Error {
    /// One that says no more.
    package init() {}
  }

  /// What it signs with.
  package let scheme: SignatureScheme
  /// The public key field of its DNSKEY record.
  package let dnskeyBytes: [UInt8]
  /// The numbers of an RSA key.
  package let rsa: RSAPrivateKey?
  /// The EVP_PKEY with the private key.
  private let key: OpaquePointer
  /// What makes ECDSA signatures without a random part; nil for the other schemes.
  private let repeatable: RepeatableECDSA?
  /// The numbers of a DSA key, which make its signatures.
  private let dsa: DSAPrivateKey?

  /// The schemes that there are pairs for: those of an engine have none.
  package static let schemes = SignatureScheme.allCases.filter { $0 != .gost2001 && $0 != .gost2012 }

  /// A pair for the scheme; the last two parameters are those of RSA alone.
  package init(_ scheme: SignatureScheme, seed: UInt64, rsaBits: Int = 1024, exponent: UInt64 = 65537) throws
  {
    var random = SeededRandom(seed: seed), secret: [UInt8] = [], dsa: DSAPrivateKey?
    let pair: (key: OpaquePointer, dnskeyBytes: [UInt8])?
    switch scheme {
    case .rsaMD5, .rsaSHA1, .rsaSHA256, .rsaSHA512:
      let numbers = RSAPrivateKey(seed: seed, bits: rsaBits, exponent: exponent)
      rsa = numbers
      unsafe pair = PrivateKeyImport.rsa(numbers).map { unsafe ($0, numbers.dnskeyBytes) }
    case .ecdsaP256SHA256:
      rsa = nil
      secret = random.bytes(32)
      unsafe pair = PrivateKeyImport.ellipticCurve(.p256, secret: secret)
    case .ecdsaP384SHA384:
      rsa = nil
      secret = random.bytes(48)
      unsafe pair = PrivateKeyImport.ellipticCurve(.p384, secret: secret)
    case .sm2SM3:
      rsa = nil
      unsafe pair = PrivateKeyImport.sm2()
    case .dsaSHA1:
      rsa = nil
      let numbers = DSAPrivateKey(random.bytes(DSAPrivateKey.divisorByteCount - 1))
      dsa = numbers
      unsafe pair = PrivateKeyImport.dsa(numbers).map { unsafe ($0, numbers.dnskeyBytes) }
    case .gost2001, .gost2012: throw Failure()
    case .ed25519:
      rsa = nil
      unsafe pair = PrivateKeyImport.edwards("ED25519", secret: random.bytes(32))
    case .ed448:
      rsa = nil
      unsafe pair = PrivateKeyImport.edwards("ED448", secret: random.bytes(57))
    }
    guard let pair = unsafe pair else { throw Failure() }
    self.scheme = scheme
    (repeatable, self.dsa) = (RepeatableECDSA(scheme, secret: secret), dsa)
    unsafe key = pair.key
    unsafe dnskeyBytes = pair.dnskeyBytes
  }

  deinit { unsafe EVP_PKEY_free(key) }

  /// The public half as the project parses it.
  package func publicKey() throws -> PublicKey {
    let bytes = dnskeyBytes
    return try PublicKey(scheme: scheme, dnskeyBytes: bytes.span)
  }

  /// A signature in the form of an RRSIG record's signature field.
  package func sign(_ data: [UInt8]) throws -> [UInt8] {
    if let repeatable { return try repeatable.sign(data) }
    if let dsa { return try dsa.sign(data) }
    let signature = unsafe try withContext { context throws(Failure) in
      var count = 0, keyContext: OpaquePointer?
      guard unsafe EVP_DigestSignInit_ex(context, &keyContext, digestName, nil, nil, key, nil) == 1,
        unsafe identify(keyContext), unsafe EVP_DigestSign(context, nil, &count, data, data.count) == 1
      else { throw Failure() }
      var signature = [UInt8](repeating: 0, count: count)
      guard unsafe EVP_DigestSign(context, &signature, &count, data, data.count) == 1 else { throw Failure() }
      return Array(signature.prefix(count))
    }
    return scheme == .sm2SM3 ? try ReferenceDER.decode(signature, half: 32) : signature
  }

  /// Tells libcrypto the identifier that SM2 needs (RFC 9563).
  private func identify(_ context: OpaquePointer?) -> Bool {
    if scheme != .sm2SM3 { return true }
    return unsafe EVP_PKEY_CTX_set1_id(context, "1234567812345678", 16) == 1
  }

  /// What libcrypto says by the plain way: a fresh context, the whole message, the pair's own EVP_PKEY.
  package func referenceVerify(_ data: [UInt8], signature: [UInt8]) throws -> Bool {
    var signature = signature
    if let half = coordinateByteCount {
      let t = scheme == .dsaSHA1 ? 1 : 0
      guard signature.count == t + 2 * half else { return false }
      signature = ReferenceDER.encode(Array(signature.dropFirst(t)))
    }
    defer { ERR_clear_error() }
    return unsafe try withContext { context throws(Failure) in
      var keyContext: OpaquePointer?
      guard unsafe EVP_DigestVerifyInit_ex(context, &keyContext, digestName, nil, nil, key, nil) == 1,
        unsafe identify(keyContext)
      else {
        throw Failure()
      }
      return unsafe EVP_DigestVerify(context, signature, signature.count, data, data.count) == 1
    }
  }

  /// Runs with a fresh EVP_MD_CTX.
  private func withContext<Result>(_ body: (OpaquePointer) throws(Failure) -> Result) throws(Failure)
    -> Result
  {
    guard let context = unsafe EVP_MD_CTX_new() else { throw Failure() }
    defer { unsafe EVP_MD_CTX_free(context) }
    return unsafe try body(context)
  }

  /// Octets of r and of s; nil for signatures that are no two numbers.
  private var coordinateByteCount: Int? {
    switch scheme {
    case .dsaSHA1: DSAPrivateKey.divisorByteCount
    case .ecdsaP256SHA256, .sm2SM3: 32
    case .ecdsaP384SHA384: 48
    default: nil
    }
  }

  /// libcrypto's name of the digest; nil for Edwards curves.
  private var digestName: String? {
    switch scheme {
    case .rsaMD5: "MD5"
    case .rsaSHA1, .dsaSHA1: "SHA1"
    case .sm2SM3: "SM3"
    case .rsaSHA256, .ecdsaP256SHA256: "SHA256"
    case .ecdsaP384SHA384: "SHA384"
    case .rsaSHA512: "SHA512"
    case .ed25519, .ed448, .gost2001, .gost2012: nil
    }
  }
}
