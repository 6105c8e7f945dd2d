import DNSWire

/// What is given out once for all that is equal to it.
protocol Judgement: AnyObject, Equatable {
  /// Equal for equal ones, and different for most others.
  var fingerprint: UInt64 { get }
}

/// Keeps judgements, each once: open addressing, and a look at the fingerprint before two are compared.
struct KnownJudgements<Value: Judgement> {
  private var values: [Value] = [], fingerprints: [UInt64] = []
  /// Number plus one, or 0 for a free place; the count is a power of two.
  private var slots: [UInt32] = Array(repeating: 0, count: 1 << 6)

  /// Judgements with one fingerprint that are kept. Whoever writes messages whose judgements differ in what no fingerprint
  /// tells must not make each look at all the others: those beyond are given back unshared, which costs memory alone.
  private static var limit: Int { 8 }

  /// None yet.
  init() {}

  /// The judgement that is equal to one and was kept first.
  mutating func first(equalTo value: Value) -> Value {
    let fingerprint = value.fingerprint, mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: fingerprint) & mask, alike = 0
    while slots[slot] != 0 {
      let number = Int(slots[slot] &- 1)
      if fingerprints[number] == fingerprint {
        if values[number] == value { return values[number] }
        alike &+= 1
        guard alike < KnownJudgements.limit else { return value }
      }
      slot = (slot &+ 1) & mask
    }
    if values.count * 3 >= slots.count * 2 { grow() }
    values.append(value)
    fingerprints.append(fingerprint)
    place(UInt32(truncatingIfNeeded: values.count), fingerprint)
    return value
  }

  /// Puts a number plus one into the first free slot of its chain.
  private mutating func place(_ number: UInt32, _ fingerprint: UInt64) {
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: fingerprint) & mask
    while slots[slot] != 0 { slot = (slot &+ 1) & mask }
    slots[slot] = number
  }

  /// Doubles the slots.
  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for (number, fingerprint) in fingerprints.enumerated() {
      place(UInt32(truncatingIfNeeded: number + 1), fingerprint)
    }
  }
}

/// Mixes words into a fingerprint, with a key that is random in each process: sentences hold names that anybody writes.
struct Fingerprint {
  /// The fingerprint so far.
  private(set) var value = Fingerprint.key

  private static let key = UInt64.random(in: .min ... .max)
  private static let multiplier = UInt64.random(in: .min ... .max) | 1

  /// Mixes a word in: the full product, folded.
  mutating func add(_ word: UInt64) {
    let product = (value ^ word).multipliedFullWidth(by: Fingerprint.multiplier)
    value = product.high ^ product.low &+ word
  }

  /// Mixes a verdict in.
  mutating func add(_ verdict: Verdict) {
    add(UInt64(verdict.security.rawValue) &<< 16 | UInt64(verdict.ede ?? 0))
    let hash = unsafe verdict.reason.utf8.withContiguousStorageIfAvailable { octets in
      unsafe HashKey.process.hash(Span(_unsafeElements: octets))
    }
    add(UInt64(truncatingIfNeeded: hash ?? HashKey.process.hash(Array(verdict.reason.utf8).span)))
  }

  /// Mixes a name in.
  mutating func add(_ name: Name) {
    add(UInt64(truncatingIfNeeded: HashKey.process.hash(name.wire.span)))
  }

  /// Mixes in on which weak keys and DS records a word rests, as far as their number tells.
  mutating func add(_ links: [WeakLink]) { add(UInt64(truncatingIfNeeded: links.count)) }
}

extension RRsetJudgement: Judgement {
  var fingerprint: UInt64 {
    var print = Fingerprint()
    print.add(verdict)
    for status in signatures { print.add(UInt64(status.rawValue)) }
    if let zone { print.add(zone) }
    print.add(UInt64(wildcardLabels.map { Int($0) + 1 } ?? 0) &<< 32 | UInt64(clamping: skippedInPeriod))
    print.add(weakLinks)
    return print.value
  }

  /// Whether two say the same.
  package static func == (a: RRsetJudgement, b: RRsetJudgement) -> Bool {
    a === b
      || a.verdict == b.verdict && a.signatures == b.signatures && a.zone == b.zone
        && a.wildcardLabels == b.wildcardLabels && a.weakLinks == b.weakLinks
        && a.skippedInPeriod == b.skippedInPeriod
  }
}

extension ResponseJudgement: Judgement {
  /// Those of the RRsets are one object where they are equal.
  var fingerprint: UInt64 {
    var print = Fingerprint()
    print.add(verdict)
    for rrset in rrsets { print.add(UInt64(UInt(bitPattern: ObjectIdentifier(rrset)))) }
    print.add(zone)
    print.add(UInt64(unsigned.map { Int($0.rawValue) + 1 } ?? 0) &<< 1 | (work == nil ? 0 : 1))
    print.add(weakLinks)
    return print.value
  }

  /// Whether two say the same of RRsets whose judgements are the very same.
  package static func == (a: ResponseJudgement, b: ResponseJudgement) -> Bool {
    guard a !== b else { return true }
    guard a.rrsets.count == b.rrsets.count, a.verdict == b.verdict, a.zone == b.zone else { return false }
    guard a.unsigned == b.unsigned, a.weakLinks == b.weakLinks, a.work == b.work else { return false }
    return a.rrsets.indices.allSatisfy { a.rrsets[$0] === b.rrsets[$0] }
  }
}
