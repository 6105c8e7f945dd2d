/// Where exponent and modulus lie in an RSA public key field (RFC 3110 §2), checked.
///
/// RFC 3110 prohibits leading zero octets, yet the validators in use read such keys; so does this, and
/// `isCanonical` tells. A digest in DS covers the octets as they are, so nothing is gained by a forger.
struct RSAKeyLayout {
  /// The exponent's octets without leading zeros.
  let exponent: Range<Int>
  /// The modulus's octets without leading zeros.
  let modulus: Range<Int>
  /// Significant bits of the exponent.
  let exponentBits: Int
  /// Significant bits of the modulus.
  let modulusBits: Int
  /// Whether there are no leading zeros and the exponent's length is in its shortest form.
  let isCanonical: Bool

  /// Bits of a modulus: RFC 5702 §2.1 for SHA-256, §2.2 for SHA-512; RFC 3110 §2 sets the upper bound for all.
  static func modulusLimits(of scheme: SignatureScheme) -> ClosedRange<Int> {
    scheme == .rsaSHA512 ? 1024...4096 : 512...4096
  }

  /// Above this many bits of modulus libcrypto refuses to verify with a long exponent (openssl/rsa.h,
  /// OPENSSL_RSA_SMALL_MODULUS_BITS).
  static let smallModulusBits = 3072
  /// The exponent that libcrypto accepts there (OPENSSL_RSA_MAX_PUBEXP_BITS).
  static let longModulusExponentBits = 64

  /// Reads the layout and checks the two numbers.
  init(_ bytes: Span<UInt8>, scheme: SignatureScheme) throws(KeyError) {
    let (start, exponentCount, isShortest) = try Self.readLength(bytes)
    let end = start + exponentCount
    guard exponentCount > 0, end < bytes.count else { throw .length }
    exponent = Self.significant(bytes, start..<end)
    modulus = Self.significant(bytes, end..<bytes.count)
    isCanonical = isShortest && exponent.lowerBound == start && modulus.lowerBound == end
    exponentBits = Self.bits(bytes, exponent)
    modulusBits = Self.bits(bytes, modulus)
    try checkModulus(bytes, limits: Self.modulusLimits(of: scheme))
    try checkExponent(bytes)
  }

  /// Offset and length of the exponent, and whether the length is written in as few octets as it can.
  private static func readLength(_ bytes: Span<UInt8>) throws(KeyError) -> (Int, Int, Bool) {
    guard !bytes.isEmpty else { throw .length }
    if bytes[0] != 0 { return (1, Int(bytes[0]), true) }
    guard bytes.count >= 3 else { throw .length }
    let count = Int(bytes[1]) << 8 | Int(bytes[2])
    return (3, count, count > 255)
  }

  /// The range without leading zeros; of a zero nothing is left.
  private static func significant(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    while start < range.upperBound, bytes[start] == 0 { start += 1 }
    return start..<range.upperBound
  }

  /// Bits of the big-endian number in a range without leading zeros.
  private static func bits(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    range.isEmpty ? 0 : range.count * 8 - bytes[range.lowerBound].leadingZeroBitCount
  }

  /// The modulus has an allowed size and is odd.
  private func checkModulus(_ bytes: Span<UInt8>, limits: ClosedRange<Int>) throws(KeyError) {
    guard limits.contains(modulusBits) else { throw .modulusSize }
    guard bytes[modulus.upperBound - 1] & 1 == 1 else { throw .modulusValue }
  }

  /// The exponent is odd, 3 ≤ e < n, and of a length that libcrypto computes with.
  private func checkExponent(_ bytes: Span<UInt8>) throws(KeyError) {
    guard exponentBits >= 2, bytes[exponent.upperBound - 1] & 1 == 1, isExponentBelowModulus(bytes) else {
      throw .exponentValue
    }
    guard modulusBits <= Self.smallModulusBits || exponentBits <= Self.longModulusExponentBits else {
      throw .exponentSize
    }
  }

  /// Whether e < n, compared octet by octet when both are as long.
  private func isExponentBelowModulus(_ bytes: Span<UInt8>) -> Bool {
    guard exponentBits == modulusBits else { return exponentBits < modulusBits }
    for (e, n) in zip(exponent, modulus) where bytes[e] != bytes[n] { return bytes[e] < bytes[n] }
    return false
  }
}
