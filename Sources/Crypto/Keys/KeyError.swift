/// Why the public key field of a DNSKEY record cannot be used.
package enum KeyError: Error, Hashable, Sendable, CaseIterable {
  /// Fewer or more octets than a key of its algorithm has.
  case length
  /// An RSA or DSA modulus with fewer or more bits than the algorithm allows (RFC 2536 §2, RFC 3110 §2, RFC 5702 §2).
  case modulusSize
  /// An RSA modulus that is even, so not the product of two odd primes.
  case modulusValue
  /// An RSA exponent that is even, below 3 or not below the modulus (RFC 8017 §3.1).
  case exponentValue
  /// An RSA exponent longer than libcrypto uses with a modulus of that size.
  case exponentSize
  /// Numbers of a DSA key that span no group in which signatures mean anything (FIPS 186-4 §4.1).
  case groupValue
  /// Coordinates that are not those of a point on the curve.
  case notOnCurve
  /// libcrypto as installed or configured here does not do this algorithm.
  case unsupported

  /// The error in words.
  package var sentence: String {
    switch self {
    case .length: "the key does not have the length of its algorithm"
    case .modulusSize: "a modulus of a size that the algorithm does not allow"
    case .modulusValue: "RSA modulus that is even"
    case .exponentValue: "RSA exponent that is even, below 3 or not below the modulus"
    case .exponentSize: "RSA exponent longer than libcrypto accepts for this modulus"
    case .groupValue: "DSA numbers that are even, too short, below 2 or not below the modulus"
    case .notOnCurve: "the key is not a point on its curve"
    case .unsupported: "libcrypto does not support this algorithm here"
    }
  }
}
