import COpenSSL

/// A BIGNUM of libcrypto, used by one thread at a time.
@safe final class Number {
  /// The BIGNUM.
  let pointer: OpaquePointer

  /// Zero.
  init() {
    guard let pointer = unsafe BN_new() else { CryptoLibrary.fail("allocate a number") }
    unsafe self.pointer = pointer
  }

  /// A number of big-endian octets.
  convenience init(_ octets: Span<UInt8>) {
    self.init()
    set(octets)
  }

  deinit { unsafe BN_free(pointer) }

  /// Becomes the number of these big-endian octets.
  func set(_ octets: Span<UInt8>) {
    let isDone = unsafe octets.withUnsafeBufferPointer {
      unsafe BN_bin2bn($0.baseAddress, Int32(truncatingIfNeeded: $0.count), pointer) != nil
    }
    if !isDone { CryptoLibrary.fail("read a number") }
  }

  /// Becomes a copy.
  func set(_ other: Number) {
    if unsafe BN_copy(pointer, other.pointer) == nil { CryptoLibrary.fail("copy a number") }
  }

  /// Whether it is 0.
  var isZero: Bool { unsafe BN_is_zero(pointer) == 1 }

  /// Adds a number.
  func add(_ other: Number) {
    if unsafe BN_add(pointer, pointer, other.pointer) != 1 { CryptoLibrary.fail("add numbers") }
  }

  /// Takes a number away.
  func subtract(_ other: Number) {
    if unsafe BN_sub(pointer, pointer, other.pointer) != 1 { CryptoLibrary.fail("subtract numbers") }
  }

  /// Takes 1 away.
  func decrement() {
    if unsafe BN_sub_word(pointer, 1) != 1 { CryptoLibrary.fail("subtract numbers") }
  }

  /// Whether the first is less.
  static func < (a: Number, b: Number) -> Bool { unsafe BN_cmp(a.pointer, b.pointer) < 0 }
  /// Whether they are equal.
  static func == (a: Number, b: Number) -> Bool { unsafe BN_cmp(a.pointer, b.pointer) == 0 }
}

/// The BN_CTX that operations of one thread take their temporary numbers from.
@safe final class NumberScratch {
  /// The BN_CTX.
  let pointer: OpaquePointer

  /// An empty one.
  init() {
    guard let pointer = unsafe BN_CTX_new() else { CryptoLibrary.fail("allocate numbers") }
    unsafe self.pointer = pointer
  }

  deinit { unsafe BN_CTX_free(pointer) }
}
