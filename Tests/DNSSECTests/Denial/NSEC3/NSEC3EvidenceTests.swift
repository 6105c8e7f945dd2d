import Bytes
import DNSSEC
import DNSWire
import Testing

/// Which NSEC3 records may carry a proof (RFC 5155 §8.1-8.2).
@Suite struct NSEC3EvidenceTests {
  var prover = DenialProver()

  /// A complete name error for b.test. by a maker's parameters.
  private func nameError(_ make: NarrowNSEC3) throws -> [ProvenNSEC3] {
    [try make.matching("test.", "SOA", "NS"), try make.covering("b.test."), try make.covering("*.test.")]
  }

  @Test(
    "unknown hash algorithms and flags are left out",
    arguments: [(UInt8(2), UInt8(0)), (0, 0), (1, 2), (1, 129)])
  mutating func unknownValues(algorithm: UInt8, flags: UInt8) throws {
    var make = try NarrowNSEC3("test.")
    (make.algorithm, make.flags) = (algorithm, flags)
    let evidence = DenialEvidence(zone: make.zone, nsec3: try nameError(make))
    let missing = try #require(
      prover.proveNameError(name: try dname("b.test."), evidence: evidence).missingSentence)
    #expect(missing.contains("left out: unknown"))
    #expect(prover.hashesDone == 0)
  }

  @Test(
    "a proof spread over two salts or iteration counts is none, a whole one beside another chain's part is")
  mutating func groups() throws {
    let first = try NarrowNSEC3("test."), name = try dname("b.test.")
    var second = first, third = first
    second.salt = [0xcd]
    third.iterations = 2
    for other in [second, third] {
      let whole = try nameError(first), others = try nameError(other)
      let spread = DenialEvidence(zone: first.zone, nsec3: [whole[0], whole[1], others[2]])
      #expect(prover.proveNameError(name: name, evidence: spread).missingSentence != nil)
      let both = DenialEvidence(zone: first.zone, nsec3: [others[1]] + whole)
      #expect(prover.proveNameError(name: name, evidence: both) == .proven)
    }
  }

  @Test("an NSEC proof counts beside NSEC3 that prove nothing, and the other way round")
  mutating func bothKinds() throws {
    let make = try NarrowNSEC3("test."), whole = try nameError(make)
    var evidence = try denialEvidence("test.", "test. NSEC m.test. SOA NS RRSIG NSEC")
    evidence.nsec3 = [whole[1]]
    #expect(prover.proveNameError(name: try dname("b.test."), evidence: evidence) == .proven)
    var reverse = try denialEvidence("test.", "m.test. NSEC test. A RRSIG NSEC")
    reverse.nsec3 = whole
    #expect(prover.proveNameError(name: try dname("b.test."), evidence: reverse) == .proven)
  }

  @Test("records of another zone are left out")
  mutating func otherZone() throws {
    let evidence = DenialEvidence(zone: try dname("test."), nsec3: try nameError(try NarrowNSEC3("b.test.")))
    #expect(
      try #require(prover.proveNameError(name: try dname("b.test."), evidence: evidence).missingSentence)
        .contains("signed by b.test., not test."))
  }

  @Test("the owner is one hash label below the zone, in either case")
  func owners() throws {
    let hash = [UInt8](repeating: 0xa5, count: 20), label = Base32Hex.encode(hash), zone = try dname("test.")
    func record(_ owner: String, next: [UInt8] = hash, expanded: Bool = false, algorithm: UInt8 = 1) throws
      -> ProvenNSEC3?
    {
      ProvenNSEC3(
        owner: try dname(owner),
        data: try nsec3Data(algorithm: algorithm, flags: 0, iterations: 0, salt: [], next: next, types: []),
        zone: zone, isWildcardExpanded: expanded)
    }
    #expect(try record("\(label).test.")?.hashedOwner == hash)
    #expect(try record("\(label.uppercased()).TEST.")?.hashedOwner == hash)
    #expect(try record("\(label).sub.test.") == nil)
    #expect(try record("\(label).toast.") == nil)
    #expect(try record("test.") == nil)
    #expect(try record("\(label)00.test.") == nil)
    #expect(try record("www.test.") == nil)
    #expect(try record("\(label).test.", expanded: true) == nil)
    #expect(try record("\(label).test.", next: Array(hash.dropLast())) == nil)
    let short = Array(hash.prefix(15))
    #expect(try record("\(Base32Hex.encode(short)).test.", next: short) == nil)
    #expect(try record("\(Base32Hex.encode(short)).test.", next: short, algorithm: 2) != nil)
  }
}
