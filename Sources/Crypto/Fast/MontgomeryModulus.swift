import COpenSSL

/// An odd modulus with what multiplication in Montgomery form needs (Montgomery 1985): numbers are held as x R, and one
/// multiplication gives a b / R. Only read once it is made, so threads share it.
@safe final class MontgomeryModulus: @unchecked Sendable {
  /// The modulus.
  let value: Number
  /// The BN_MONT_CTX.
  private let context: OpaquePointer

  /// Of an odd number above 1.
  init(_ value: Number, _ scratch: NumberScratch) {
    guard let context = unsafe BN_MONT_CTX_new() else { CryptoLibrary.fail("allocate a modulus") }
    guard unsafe BN_MONT_CTX_set(context, value.pointer, scratch.pointer) == 1 else {
      CryptoLibrary.fail("prepare a modulus")
    }
    self.value = value
    unsafe self.context = context
  }

  deinit { unsafe BN_MONT_CTX_free(context) }

  /// result = a R
  func enter(_ a: Number, into result: Number, _ scratch: NumberScratch) {
    if unsafe BN_to_montgomery(result.pointer, a.pointer, context, scratch.pointer) != 1 {
      CryptoLibrary.fail("multiply numbers")
    }
  }

  /// result = a b / R; both below the modulus.
  func multiply(_ a: Number, _ b: Number, into result: Number, _ scratch: NumberScratch) {
    if unsafe BN_mod_mul_montgomery(result.pointer, a.pointer, b.pointer, context, scratch.pointer) != 1 {
      CryptoLibrary.fail("multiply numbers")
    }
  }

  /// result = 1 / a in Montgomery form, for `a` in that form; `a` has an inverse.
  func invert(_ a: Number, into result: Number, _ scratch: NumberScratch) {
    let isDone =
      unsafe BN_from_montgomery(result.pointer, a.pointer, context, scratch.pointer) == 1
      && BN_mod_inverse(result.pointer, result.pointer, value.pointer, scratch.pointer) != nil
    if !isDone { CryptoLibrary.fail("invert a number") }
    enter(result, into: result, scratch)
  }
}
