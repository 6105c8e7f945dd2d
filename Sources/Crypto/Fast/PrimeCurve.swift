import COpenSSL

/// A curve on which multiples of a fixed point can come from a table, with the moduli of its numbers. Only read once it is
/// made, so threads share it.
@safe final class PrimeCurve: @unchecked Sendable {
  /// How libcrypto makes use of a table.
  enum Tables {
    /// The product with the generator alone is a walk through the table.
    case walk
    /// A table is used where another point is added to the product: by windows in non-adjacent form.
    case windows
  }

  /// P-256, where libcrypto's implementation takes tables.
  static let p256 = PrimeCurve(NID_X9_62_prime256v1, .walk)
  /// P-384, where libcrypto has no implementation made for it alone: from 3.2 on it has, which is as fast without a table.
  static let p384 = OpenSSL_version_num() < 0x3020_0000 ? PrimeCurve(NID_secp384r1, .windows) : nil

  /// How the tables are used.
  let tables: Tables
  /// The EC_GROUP with the curve's own generator G.
  let group: OpaquePointer
  /// The order n of the group, and the prime p of the field.
  let order: MontgomeryModulus, field: MontgomeryModulus
  /// Octets of a number.
  let byteCount: Int

  /// Nil where libcrypto does not do what is needed.
  private init?(_ identifier: Int32, _ tables: Tables) {
    guard let group = unsafe EC_GROUP_new_by_curve_name(identifier) else { return nil }
    unsafe self.group = group
    let scratch = NumberScratch(), n = Number(), p = Number()
    let isKnown =
      unsafe EC_GROUP_get_order(group, n.pointer, scratch.pointer) == 1
      && EC_GROUP_get_curve(group, p.pointer, nil, nil, scratch.pointer) == 1
    guard isKnown else { CryptoLibrary.fail("tell the numbers of a curve") }
    (order, field) = (MontgomeryModulus(n, scratch), MontgomeryModulus(p, scratch))
    byteCount = unsafe Int((BN_num_bits(p.pointer) + 7) / 8)
    self.tables = tables
    let isReady =
      switch tables {
      case .walk: unsafe co_has_built_in_table(group) == 1
      case .windows: unsafe co_make_table(group, scratch.pointer) == 1
      }
    guard isReady else {
      ERR_clear_error()
      return nil
    }
  }

  deinit { unsafe EC_GROUP_free(group) }

  /// The curve of a scheme; nil for schemes without one that takes tables.
  static func of(_ scheme: SignatureScheme) -> PrimeCurve? {
    switch scheme {
    case .ecdsaP256SHA256: p256
    case .ecdsaP384SHA384: p384
    default: nil
    }
  }
}
