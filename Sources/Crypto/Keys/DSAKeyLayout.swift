/// Where the numbers lie in a DSA public key field (RFC 2536 §2), checked: T, Q, P, G, Y.
struct DSAKeyLayout {
  /// The prime divisor Q, 20 octets.
  let divisor: Range<Int>
  /// The prime modulus P, the generator G and the public value Y, 64 + 8 T octets each.
  let modulus: Range<Int>, generator: Range<Int>, publicValue: Range<Int>

  /// The greatest T, for a modulus of 1024 bits (RFC 2536 §2).
  static let maximumT = 8
  /// Octets of Q, and of R and S in a signature (RFC 2536 §2, §3).
  static let divisorByteCount = 20
  /// Octets of a signature: T, R, S (RFC 2536 §3).
  static let signatureByteCount = 1 + 2 * divisorByteCount

  /// Reads the layout. Numbers with which nothing could be verified, or everything, are no key.
  init(_ bytes: Span<UInt8>) throws(KeyError) {
    guard !bytes.isEmpty else { throw .length }
    let t = Int(bytes[0]), count = 64 + 8 * t, start = 1 + Self.divisorByteCount
    guard t <= Self.maximumT else { throw .modulusSize }
    guard bytes.count == start + 3 * count else { throw .length }
    divisor = 1..<start
    modulus = start..<start + count
    generator = start + count..<start + 2 * count
    publicValue = start + 2 * count..<start + 3 * count
    // The modulus has all the bits that T says; that Q divides P - 1 is the signer's affair.
    guard bytes[modulus.lowerBound] & 0x80 != 0, bytes[modulus.upperBound - 1] & 1 == 1,
      bytes[divisor.lowerBound] & 0x80 != 0, bytes[divisor.upperBound - 1] & 1 == 1,
      Self.isElement(bytes, generator, below: modulus), Self.isElement(bytes, publicValue, below: modulus)
    else { throw .groupValue }
  }

  /// Bits of the modulus.
  var modulusBits: Int { 8 * modulus.count }

  /// Whether 1 < x < P: with 0 or 1 in place of G or Y, signatures can be made without a private key (FIPS 186-4 §4.1).
  private static func isElement(_ bytes: Span<UInt8>, _ x: Range<Int>, below modulus: Range<Int>) -> Bool {
    let leading = x.dropLast()
    guard bytes[x.upperBound - 1] > 1 || leading.contains(where: { bytes[$0] != 0 }) else { return false }
    for (a, b) in zip(x, modulus) where bytes[a] != bytes[b] { return bytes[a] < bytes[b] }
    return false
  }
}
