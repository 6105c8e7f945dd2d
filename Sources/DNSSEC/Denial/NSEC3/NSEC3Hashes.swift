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

/// The hashes of one message: each name once for each set of parameters, and no more than the limits for one denial and
/// for all of them.
struct NSEC3Hashes: Sendable {
  /// The limits.
  private let limits: DenialLimits
  /// Names hashed for this message, and the blocks of SHA-1 that they took (FIPS 180-4 §5.1.1).
  private(set) var done = 0, blocks = 0
  /// Names hashed in all messages.
  private(set) var total = 0
  /// Names hashed in this denial.
  private var doneInDenial = 0
  /// Whether hashes are counted by message at all.
  private var isInMessage = false
  private var known: [NSEC3Parameters: [Name: [UInt8]]] = [:]

  /// No hashes yet.
  init(limits: DenialLimits) { self.limits = limits }

  /// Begins with another message.
  mutating func beginMessage() {
    (isInMessage, done, blocks, doneInDenial) = (true, 0, 0, 0)
    if !known.isEmpty { known = [:] }
  }

  /// Begins with another denial.
  mutating func beginDenial() {
    doneInDenial = 0
    if !isInMessage { known = [:] }
  }

  /// The hash of a name in lower case (RFC 5155 §5), for a denial.
  mutating func hash(_ name: Name, _ parameters: NSEC3Parameters) throws(HashLimitReached) -> [UInt8] {
    if let hash = known[parameters]?[name] { return hash }
    guard doneInDenial < limits.maximumHashes else {
      throw HashLimitReached(limit: limits.maximumHashes, whole: "denial")
    }
    guard !isInMessage || done < limits.maximumHashesPerMessage else {
      throw HashLimitReached(limit: limits.maximumHashesPerMessage, whole: "message")
    }
    (doneInDenial, done, total) = (doneInDenial + 1, done + 1, total + 1)
    blocks += parameters.blocks(for: name)
    let hash = IteratedHash.sha1(
      name: name.canonical.wire.span, salt: parameters.salt.span, iterations: Int(parameters.iterations))
    known[parameters, default: [:]][name] = hash
    return hash
  }
}

extension NSEC3Parameters {
  /// Blocks of 64 octets that SHA-1 works through for a name: nine octets close each input.
  func blocks(for name: Name) -> Int {
    let first = (name.wire.count + salt.count + 9 + 63) / 64
    return first + Int(iterations) * ((ProvenNSEC3.sha1Length + salt.count + 9 + 63) / 64)
  }
}

/// A denial, or a message, would cost more hashes than the limit allows.
struct HashLimitReached: Error {
  /// The limit, and of what it is one.
  let limit: Int, whole: String

  /// What to tell people.
  var sentence: String { "the limit of \(limit) NSEC3 hashes for one \(whole) was reached" }
}
