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
  /// The hashes of this message, and what finds them: keyed hashes of the names.
  private var known: [Known] = [], keys: [Int] = []
  /// Hashes of earlier messages, the latest one of those whose keys fall on a place: the apex of a zone and the wildcard
  /// there are hashed for each name that it denies. What they cost counts for each message as if it were made anew.
  private var earlier: [Known?] = []
  /// The keys of those, which tell most others apart without a look at them; and for each place the key that came last. A
  /// hash is kept when its key comes twice: what comes once, as most denied names do, drives nothing out.
  private var earlierKeys: [Int] = [], passingKeys: [Int] = []

  /// Places for earlier hashes, a power of two: the names that recur are two for each zone, of which a capture has some
  /// thousands, and few of them deny much. 56 bytes and the hash each.
  private static let earlierPlaces = 1_024

  /// A hash with what it was made from.
  private struct Known: Sendable {
    let name: Name, parameters: NSEC3Parameters, hash: [UInt8]
  }

  /// No hashes yet.
  init(limits: DenialLimits) { self.limits = limits }

  /// Begins with another message.
  mutating func beginMessage() {
    (isInMessage, done, blocks, doneInDenial) = (true, 0, 0, 0)
    forget()
  }

  /// Begins with another denial.
  mutating func beginDenial() {
    doneInDenial = 0
    if !isInMessage { forget() }
  }

  /// Forgets the hashes.
  private mutating func forget() {
    guard !known.isEmpty else { return }
    known.removeAll(keepingCapacity: known.count <= 16)
    keys.removeAll(keepingCapacity: keys.count <= 16)
  }

  /// The hash that was made before. Looked for in a list, since most messages have four; where one has as many as it
  /// may, a look at each of their keys still costs less than another hash.
  private func find(_ key: Int, _ name: Name, _ parameters: NSEC3Parameters) -> [UInt8]? {
    for index in keys.indices where keys[index] == key {
      if known[index].name == name, known[index].parameters == parameters { return known[index].hash }
    }
    return nil
  }

  /// The hash of a name in lower case (RFC 5155 §5), for a denial.
  mutating func hash(_ spelled: Name, _ parameters: NSEC3Parameters) throws(HashLimitReached) -> [UInt8] {
    let name = spelled.folded
    let key = HashKey.process.hash(name.wire.span)
    if let hash = find(key, name, parameters) { return hash }
    guard doneInDenial < limits.maximumHashes else {
      throw HashLimitReached(limit: limits.maximumHashes, whole: "denial")
    }
    guard !isInMessage || done < limits.maximumHashesPerMessage else {
      throw HashLimitReached(limit: limits.maximumHashesPerMessage, whole: "message")
    }
    (doneInDenial, done, total) = (doneInDenial + 1, done + 1, total + 1)
    blocks += parameters.blocks(for: name)
    let made = make(key, name, parameters)
    known.append(made)
    keys.append(key)
    return made.hash
  }

  /// The hash of a name, which an earlier message may have needed too.
  private mutating func make(_ key: Int, _ name: Name, _ parameters: NSEC3Parameters) -> Known {
    if earlier.isEmpty {
      earlier = Array(repeating: nil, count: NSEC3Hashes.earlierPlaces)
      earlierKeys = Array(repeating: 0, count: NSEC3Hashes.earlierPlaces)
      passingKeys = earlierKeys
    }
    let place = key & (NSEC3Hashes.earlierPlaces - 1)
    if earlierKeys[place] == key, let old = earlier[place], old.name == name, old.parameters == parameters {
      return old
    }
    let hash = IteratedHash.sha1(
      name: name.wire.span, salt: parameters.salt.span, iterations: Int(parameters.iterations))
    let new = Known(name: name, parameters: parameters, hash: hash)
    if passingKeys[place] == key { (earlier[place], earlierKeys[place]) = (new, key) }
    passingKeys[place] = key
    return new
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
