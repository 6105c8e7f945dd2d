import DNSSEC
import DNSWire
import Testing

/// Proofs by NSEC3 (RFC 5155 §8) beyond the examples of its appendix B.
@Suite struct NSEC3ProofTests {
  var prover = DenialProver()
  let make: NarrowNSEC3

  init() throws { make = try NarrowNSEC3("test.") }

  @Test("§8.4: a name error needs a match, the next closer name and the wildcard")
  mutating func nameError() throws {
    let name = try dname("b.c.test.")
    let records = [
      try make.matching("test.", "SOA", "NS"), try make.covering("c.test."), try make.covering("*.test."),
    ]
    let full = DenialEvidence(zone: make.zone, nsec3: records)
    #expect(prover.proveNameError(name: name, evidence: full) == .proven)
    for left in records.indices {
      var fewer = full
      fewer.nsec3.remove(at: left)
      #expect(prover.proveNameError(name: name, evidence: fewer).missingSentence != nil)
    }
  }

  @Test("§8.4: a name or a wildcard that exists contradicts a name error")
  mutating func nameExists() throws {
    let name = try dname("c.test.")
    let exists = make.evidence(try make.matching("c.test.", "A"))
    #expect(try #require(prover.proveNameError(name: name, evidence: exists).contradiction).contains("rcode"))
    let wildcard = make.evidence(
      try make.matching("test.", "SOA", "NS"), try make.covering("c.test."), try make.matching("*.test.", "A")
    )
    #expect(prover.proveNameError(name: name, evidence: wildcard).contradiction != nil)
  }

  @Test("§9.2: opt-out counts on the record that covers the next closer name, on no other")
  mutating func optOutPlace() throws {
    let name = try dname("c.test."), apex = try make.matching("test.", "SOA", "NS")
    let nextCloser = make.evidence(
      apex, try make.covering("c.test.", optOut: true), try make.covering("*.test."))
    #expect(prover.proveNameError(name: name, evidence: nextCloser) == .insecure(.optOut))
    let wildcard = make.evidence(
      apex, try make.covering("c.test."), try make.covering("*.test.", optOut: true))
    #expect(prover.proveNameError(name: name, evidence: wildcard) == .proven)
  }

  @Test("of two covers of one name the one with opt-out counts, in either order")
  mutating func oldAndNewCover() throws {
    let cut = try dname("c.test."), apex = try make.matching("test.", "SOA", "NS")
    let firm = try make.covering("c.test."), optOut = try make.covering("c.test.", optOut: true)
    #expect(prover.proveNoDS(cut: cut, evidence: make.evidence(apex, firm)) == .notACut(.doesNotExist))
    #expect(prover.proveNoDS(cut: cut, evidence: make.evidence(apex, firm, optOut)) == .optOut)
    #expect(prover.proveNoDS(cut: cut, evidence: make.evidence(apex, optOut, firm)) == .optOut)
  }

  @Test("§8.6: opt-out makes a denial of DS, and of any other type, insecure")
  mutating func optOutNoData() throws {
    let name = try dname("c.test."), apex = try make.matching("test.", "SOA", "NS")
    let optOut = make.evidence(apex, try make.covering("c.test.", optOut: true))
    #expect(prover.proveNoData(name: name, type: .ds, evidence: optOut) == .insecure(.optOut))
    #expect(prover.proveNoData(name: name, type: .a, evidence: optOut) == .insecure(.optOut))
    let firm = make.evidence(apex, try make.covering("c.test."))
    #expect(prover.proveNoData(name: name, type: .ds, evidence: firm).missingSentence != nil)
    let nameError = make.evidence(apex, try make.covering("c.test."), try make.covering("*.test."))
    #expect(
      try #require(prover.proveNoData(name: name, type: .a, evidence: nameError).contradiction).contains(
        "NXDOMAIN"))
  }

  @Test("§8.7: a wildcard with the type contradicts NODATA even in an opt-out span")
  mutating func optOutWildcard() throws {
    let evidence = make.evidence(
      try make.matching("test.", "SOA", "NS"), try make.covering("c.test.", optOut: true),
      try make.matching("*.test.", "A"))
    #expect(prover.proveNoData(name: try dname("c.test."), type: .a, evidence: evidence).contradiction != nil)
    #expect(
      prover.proveNoData(name: try dname("c.test."), type: .mx, evidence: evidence) == .insecure(.optOut))
  }

  @Test("§8.8: a next closer name that exists contradicts a wildcard answer")
  mutating func wildcardExpansion() throws {
    let name = try dname("a.c.test."), exists = make.evidence(try make.matching("c.test.", "A"))
    #expect(prover.proveWildcardExpansion(name: name, sourceLabels: 1, evidence: exists).contradiction != nil)
    let absent = make.evidence(try make.covering("c.test."))
    #expect(prover.proveWildcardExpansion(name: name, sourceLabels: 1, evidence: absent) == .proven)
    let deeper = make.evidence(try make.covering("a.c.test."))
    #expect(
      prover.proveWildcardExpansion(name: name, sourceLabels: 1, evidence: deeper).missingSentence != nil)
  }

  @Test("§8.9: the bitmap at a cut")
  mutating func noDS() throws {
    let cut = try dname("c.test.")
    let expected: [(types: [String], outcome: DSDenialOutcome)] = [
      (["NS"], .insecureDelegation), (["NS", "DS"], .hasDS), (["NS", "SOA"], .childSide),
      (["A"], .notACut(.existsWithoutNS)), ([], .notACut(.emptyNonTerminal)),
    ]
    for (types, outcome) in expected {
      let hash = try make.hash("c.test.")
      let record = try make.record(owner: hash, next: hash.adding(1), types: try types.map(rrtype))
      #expect(prover.proveNoDS(cut: cut, evidence: make.evidence(record)) == outcome)
    }
  }

  @Test(
    "the hashes of a chain end run through the highest to the first, those of a lone record through all but its own"
  )
  mutating func wrap() throws {
    let name = try dname("c.test."), hash = try make.hash("c.test."), wildcard = try make.hash("*.test.")
    let apexHash = try make.hash("test.")
    let lone = try make.record(owner: apexHash, next: apexHash, types: [.soa, .ns])
    #expect(prover.proveNameError(name: name, evidence: make.evidence(lone)) == .proven)
    #expect(prover.proveNoData(name: make.zone, type: .a, evidence: make.evidence(lone)) == .proven)
    let apex = try make.matching("test.", "SOA", "NS")
    // From just above both hashes round to just below them, and the same with the ends changed over.
    let ends = [hash, wildcard].sorted { $0.lexicographicallyPrecedes($1) }
    let around = try make.record(owner: ends[1].adding(1), next: ends[0].adding(-1), types: [])
    let last = try make.record(owner: ends[0].adding(-1), next: [UInt8](repeating: 0, count: 20), types: [])
    #expect(prover.proveNameError(name: name, evidence: make.evidence(apex, around)).missingSentence != nil)
    #expect(prover.proveNameError(name: name, evidence: make.evidence(apex, last)) == .proven)
  }

  @Test("the case of the question does not matter to the hash")
  mutating func letterCase() throws {
    let evidence = make.evidence(try make.matching("c.test.", "A"))
    #expect(prover.proveNoData(name: try dname("C.TEST."), type: .mx, evidence: evidence) == .proven)
  }
}
