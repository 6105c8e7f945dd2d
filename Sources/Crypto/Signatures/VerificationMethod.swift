/// How signatures are verified; both ways say the same.
package enum VerificationMethod: String, Sendable, CaseIterable {
  /// By multiplications with tables made once for a key, where a key has signed enough; by libcrypto's own verification
  /// for the rest.
  case fast
  /// By libcrypto's own verification alone.
  case evp
}
