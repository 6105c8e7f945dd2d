import DNSWire

/// What is given out once for all that is equal to it.
protocol Judgement: AnyObject, Equatable {
  /// Equal for equal ones, and different for most others.
  var fingerprint: UInt64 { get }
}

/// Keeps judgements, each once: open addressing, and a look at the fingerprint before two are compared.
struct KnownJudgements<Value: Judgement> {
  /// A place: half of a fingerprint, and number plus one; 0 when it is free.
  private struct Slot {
    var tag: UInt32 = 0, number: UInt32 = 0
  }

  private var values: [Value] = []
  /// The count is a power of two.
  private var slots = Array(repeating: Slot(), count: 1 << 6)

  /// Judgements with one fingerprint that are kept. Whoever writes messages whose judgements differ in what no fingerprint
  /// tells must not make each look at all the others: those beyond are given back unshared, which costs memory alone.
  private static var limit: Int { 8 }

  /// None yet.
  init() {}

  /// The judgement that is equal to one and was kept first.
  mutating func first(equalTo value: Value) -> Value {
    let tag = UInt32(truncatingIfNeeded: value.fingerprint), mask = slots.count &- 1
    var slot = Int(tag) & mask, alike = 0
    while slots[slot].number != 0 {
      if slots[slot].tag == tag {
        let number = Int(slots[slot].number &- 1)
        if values[number] == value { return values[number] }
        alike &+= 1
        guard alike < KnownJudgements.limit else { return value }
      }
      slot = (slot &+ 1) & mask
    }
    if values.count * 3 >= slots.count * 2 { grow() }
    values.append(value)
    place(Slot(tag: tag, number: UInt32(truncatingIfNeeded: values.count)))
    return value
  }

  /// Fills the first free place of a chain.
  private mutating func place(_ new: Slot) {
    let mask = slots.count &- 1
    var slot = Int(new.tag) & mask
    while slots[slot].number != 0 { slot = (slot &+ 1) & mask }
    slots[slot] = new
  }

  /// Doubles the places.
  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: old.count * 2)
    for slot in old where slot.number != 0 { place(slot) }
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
      || a.verdict == b.verdict && a.signatures == b.signatures && a.isVouched(like: b)
        && a.wildcardLabels == b.wildcardLabels && a.weakLinks == b.weakLinks
        && a.skippedInPeriod == b.skippedInPeriod
  }
}

extension RRsetJudgement {
  /// Whether the same zone vouches for both, or none. (The standard library's comparison of optional values asks a witness
  /// for each.)
  private func isVouched(like other: RRsetJudgement) -> Bool {
    guard let zone, let other = other.zone else { return zone == nil && other.zone == nil }
    return zone == other
  }

  /// Whether a zone vouches for it.
  func isVouched(by name: Name) -> Bool {
    guard let zone else { return false }
    return zone == name
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
