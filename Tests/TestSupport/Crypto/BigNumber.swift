import COpenSSL

/// A number that is not negative, as big as RSA needs; for making keys and forging signatures.
@safe package final class BigNumber: @unchecked Sendable, Comparable {
  /// The BIGNUM, which does not change once an operation has returned it.
  let pointer: OpaquePointer

  /// A number of big-endian octets.
  package init(_ bytes: [UInt8]) {
    guard let number = unsafe BN_bin2bn(bytes, Int32(bytes.count), nil) else { fatalError("no memory") }
    unsafe pointer = number
  }

  /// A small number.
  package convenience init(_ value: UInt64) {
    self.init(stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> UInt64($0)) })
  }

  deinit { unsafe BN_clear_free(pointer) }

  /// Significant bits.
  package var bitCount: Int { unsafe Int(BN_num_bits(pointer)) }

  /// Whether it is a prime, to a certainty that tests need not doubt.
  package var isPrime: Bool {
    unsafe Self.withScratch { unsafe BN_check_prime(pointer, $0, nil) == 1 }
  }

  /// Big-endian octets, with leading zeros up to `count` where that is given and enough.
  package func bytes(count: Int? = nil) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: max(count ?? 0, (bitCount + 7) / 8))
    let length = Int32(out.count)
    guard unsafe BN_bn2binpad(pointer, &out, length) == length else { fatalError("a number does not fit") }
    return out
  }

  /// The sum.
  package static func + (a: BigNumber, b: BigNumber) -> BigNumber {
    unsafe result { number, _ in unsafe BN_add(number, a.pointer, b.pointer) }
  }

  /// The difference; `b` is at most `a`.
  package static func - (a: BigNumber, b: BigNumber) -> BigNumber {
    unsafe result { number, _ in unsafe BN_sub(number, a.pointer, b.pointer) }
  }

  /// The product.
  package static func * (a: BigNumber, b: BigNumber) -> BigNumber {
    unsafe result { number, scratch in unsafe BN_mul(number, a.pointer, b.pointer, scratch) }
  }

  /// Half of it, rounded down.
  package var half: BigNumber {
    unsafe Self.result { number, _ in unsafe BN_rshift1(number, pointer) }
  }

  /// This number to a power, modulo an odd number.
  package func power(_ exponent: BigNumber, modulo modulus: BigNumber) -> BigNumber {
    unsafe Self.result { number, scratch in
      unsafe BN_mod_exp(number, pointer, exponent.pointer, modulus.pointer, scratch)
    }
  }

  /// The inverse modulo a number; nil when they have a common factor.
  package func inverse(modulo modulus: BigNumber) -> BigNumber? {
    let inverse = unsafe Self.withScratch { unsafe BN_mod_inverse(nil, pointer, modulus.pointer, $0) }
    guard let inverse = unsafe inverse else {
      ERR_clear_error()
      return nil
    }
    defer { unsafe BN_free(inverse) }
    var out = [UInt8](repeating: 0, count: (modulus.bitCount + 7) / 8)
    guard unsafe BN_bn2binpad(inverse, &out, Int32(out.count)) >= 0 else { return nil }
    return BigNumber(out)
  }

  /// The least number whose cube is not below this one.
  package var cubeRootRoundedUp: BigNumber {
    let one = BigNumber(1)
    var low = BigNumber(0), high = BigNumber([1] + [UInt8](repeating: 0, count: bitCount / 24 + 1))
    while low < high {
      let middle = (low + high).half
      if middle * middle * middle < self { low = middle + one } else { high = middle }
    }
    return low
  }

  /// Whether the numbers are equal.
  package static func == (a: BigNumber, b: BigNumber) -> Bool { unsafe BN_cmp(a.pointer, b.pointer) == 0 }
  /// Whether the first is less.
  package static func < (a: BigNumber, b: BigNumber) -> Bool { unsafe BN_cmp(a.pointer, b.pointer) < 0 }

  /// The number that an operation of libcrypto writes.
  private static func result(_ operation: (OpaquePointer, OpaquePointer?) -> Int32) -> BigNumber {
    let number = BigNumber(0)
    let isDone = unsafe withScratch { unsafe operation(number.pointer, $0) == 1 }
    guard isDone else { fatalError("an operation on numbers failed") }
    return number
  }

  /// Runs with a BN_CTX.
  private static func withScratch<Result>(_ body: (OpaquePointer?) -> Result) -> Result {
    let scratch = unsafe BN_CTX_new()
    defer { unsafe BN_CTX_free(scratch) }
    return unsafe body(scratch)
  }
}
