import COpenSSL

/// A key that signatures can be verified with, parsed once and shared by all threads.
package final class PublicKey: Sendable {
  /// What its signatures are made with.
  package let scheme: SignatureScheme
  /// The public key field that it was parsed from.
  let dnskeyBytes: [UInt8]
  /// Size of the key: bits of the RSA or DSA modulus, or of an encoded coordinate of the curve.
  package let bits: Int
  /// Significant bits of an RSA exponent; nil for other keys.
  package let exponentBits: Int?
  /// False for an RSA key with leading zero octets or a needlessly long length field (RFC 3110 §2 has neither).
  package let hasCanonicalEncoding: Bool
  /// Length in octets of every signature of this key.
  package let signatureByteCount: Int
  /// Roughly the microseconds that one verification takes; only compared with those of other keys.
  let cost: Int
  /// The key as libcrypto holds it.
  let imported: ImportedKey
  /// What verifiers copy their contexts from.
  let template: VerificationTemplate

  /// Parses the public key field of a DNSKEY record (RFC 2536 §2, RFC 3110 §2, RFC 5933 §2, RFC 6605 §4, RFC 8080 §3,
  /// RFC 9558 §2, RFC 9563).
  package init(scheme: SignatureScheme, dnskeyBytes bytes: Span<UInt8>) throws(KeyError) {
    guard scheme.isAvailable else { throw .unsupported }
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
    dnskeyBytes = unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
    (self.template, imported) = (template, key)
    (bits, exponentBits) = (shape.bits, shape.exponentBits)
    hasCanonicalEncoding = shape.isCanonical
    signatureByteCount = shape.signatureByteCount
    cost = shape.cost
  }
}
