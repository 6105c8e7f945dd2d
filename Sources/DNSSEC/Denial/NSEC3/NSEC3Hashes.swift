import Crypto
import DNSWire

/// How a zone hashes its names (RFC 5155 §3.1).
struct NSEC3Parameters: Hashable, Sendable {
  /// Hash algorithm.
  let algorithm: UInt8
  /// Additional times that the hash is applied.
  let iterations: UInt16
  /// Salt, 0...255 octets.
  let salt: [UInt8]

  /// The only hash algorithm there is (IANA "DNSSEC NSEC3 Hash Algorithms").
  static let sha1: UInt8 = 1

  /// The parameters of a record.
  init(_ data: NSEC3Data) {
    (algorithm, iterations, salt) = (data.hashAlgorithm, data.iterations, data.salt)
  }
}

/// The hashes of one denial: each name once for each set of parameters, and no more than the limit.
struct NSEC3Hashes: Sendable {
  /// The most names to hash.
  let limit: Int
  /// Names hashed.
  private(set) var done = 0
  private var known: [NSEC3Parameters: [Name: [UInt8]]] = [:]

  /// No hashes yet.
  init(limit: Int) { self.limit = limit }

  /// The hash of a name in lower case (RFC 5155 §5).
  mutating func hash(_ name: Name, _ parameters: NSEC3Parameters) throws(HashLimitReached) -> [UInt8] {
    if let hash = known[parameters]?[name] { return hash }
    guard done < limit else { throw HashLimitReached(limit: limit) }
    done += 1
    let hash = IteratedHash.sha1(
      name: name.canonical.wire.span, salt: parameters.salt.span, iterations: Int(parameters.iterations))
    known[parameters, default: [:]][name] = hash
    return hash
  }
}

/// A denial would cost more hashes than the limit allows.
struct HashLimitReached: Error {
  /// The limit.
  let limit: Int

  /// What to tell people.
  var sentence: String { "the limit of \(limit) NSEC3 hashes for one denial was reached" }
}
