/// Stands for all that a verification depends on: way, scheme, key, signed octets and signature.
///
/// SHA-256 (FIPS 180-4 §6.2): two that are equal stand for the same, unless somebody has found a collision of it.
package struct SignatureDigest: Hashable, Comparable, Sendable {
  /// Octets of one.
  package static let byteCount = 32
  /// The octets, network order.
  private let first: UInt64, second: UInt64, third: UInt64, fourth: UInt64

  /// From its octets.
  package init(_ octets: Span<UInt8>) {
    precondition(octets.count == SignatureDigest.byteCount)
    first = SignatureDigest.number(octets.extracting(..<8))
    second = SignatureDigest.number(octets.extracting(8..<16))
    third = SignatureDigest.number(octets.extracting(16..<24))
    fourth = SignatureDigest.number(octets.extracting(24...))
  }

  /// The order of the octets.
  package static func < (one: SignatureDigest, other: SignatureDigest) -> Bool {
    if one.first != other.first { return one.first < other.first }
    if one.second != other.second { return one.second < other.second }
    return (one.third, one.fourth) < (other.third, other.fourth)
  }

  /// Appends the octets.
  package func append(to out: inout [UInt8]) {
    SignatureDigest.append(first, to: &out)
    SignatureDigest.append(second, to: &out)
    SignatureDigest.append(third, to: &out)
    SignatureDigest.append(fourth, to: &out)
  }

  /// Appends a number, network order.
  static func append(_ number: UInt64, to out: inout [UInt8]) {
    for shift in stride(from: UInt64(56), through: 0, by: -8) { out.append(UInt8(number >> shift & 255)) }
  }

  /// A number, network order.
  private static func number(_ octets: Span<UInt8>) -> UInt64 {
    var number: UInt64 = 0
    for index in octets.indices { number = number << 8 | UInt64(octets[index]) }
    return number
  }
}

/// Makes the digests of signatures, with a secret: who does not know it can foresee none, and tell of none what it
/// stands for.
///
///     key = SHA-256(secret | label | way | 0 | scheme | 0 | DNSKEY's public key)
///     signature = SHA-256(key | length of the signed octets | length of the signature | signed octets | signature)
///
/// Lengths are of 64 bits. No two lists of parts make the same input, so that nothing is gained by moving octets from
/// one part to the next.
package struct SignatureDigester: ~Copyable {
  /// Octets of a secret, as many as SHA-256 has strength.
  package static let secretByteCount = 32
  /// Tells these digests from others; to be changed when a verification depends on more, or says something else.
  private static let label = "dnsaudit verified signature 1"

  private var sha = IncrementalDigest(.sha256), header: [UInt8] = []
  private let secret: [UInt8], method: VerificationMethod

  /// With a secret, for signatures that are verified in that way: what one way found is not taken for the other's word.
  package init(secret: [UInt8], method: VerificationMethod) {
    precondition(secret.count == SignatureDigester.secretByteCount)
    (self.secret, self.method) = (secret, method)
  }

  /// The digest of a key.
  package mutating func digest(of key: PublicKey) -> SignatureDigest {
    let start = secret + Array("\(SignatureDigester.label)\(method.rawValue)\0\(key.scheme)\0".utf8)
    let octets = key.dnskeyBytes
    sha.update(start.span)
    sha.update(octets.span)
    return finish()
  }

  /// The digest of a signature of a key of that digest: signed octets, so many, and the signature behind them.
  package mutating func digest(_ octets: borrowing [UInt8], dataCount: Int, key: SignatureDigest)
    -> SignatureDigest
  {
    // The buffer is on loan while the digest is at work.
    var header: [UInt8] = []
    swap(&header, &self.header)
    defer { swap(&header, &self.header) }
    header.removeAll(keepingCapacity: true)
    key.append(to: &header)
    SignatureDigest.append(UInt64(dataCount), to: &header)
    SignatureDigest.append(UInt64(octets.count - dataCount), to: &header)
    sha.update(header.span)
    sha.update(octets.span)
    return finish()
  }

  /// The digest of what was added.
  private mutating func finish() -> SignatureDigest {
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: SignatureDigest.byteCount) { buffer in
      unsafe sha.finalize(into: buffer)
      return unsafe SignatureDigest(buffer.span)
    }
  }
}
