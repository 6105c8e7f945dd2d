import DNSSEC
import DNSWire
import Testing

/// What NSEC3 may cost (RFC 9276 §3.2, CVE-2023-50868).
@Suite struct DenialLimitsTests {
  /// A complete name error for b.test. at some iterations.
  private func nameError(iterations: UInt16) throws -> DenialEvidence {
    var make = try NarrowNSEC3("test.")
    make.iterations = iterations
    return make.evidence(
      try make.matching("test.", "SOA", "NS"), try make.covering("b.test."), try make.covering("*.test."))
  }

  @Test("150 iterations are computed, 151 make the denial insecure without a hash")
  func iterations() throws {
    var prover = DenialProver()
    let name = try dname("b.test.")
    #expect(prover.proveNameError(name: name, evidence: try nameError(iterations: 150)) == .proven)
    let before = prover.hashesDone, above = try nameError(iterations: 151)
    #expect(prover.proveNameError(name: name, evidence: above) == .insecure(.iterations(151)))
    #expect(prover.proveNoData(name: name, type: .a, evidence: above) == .insecure(.iterations(151)))
    #expect(
      prover.proveWildcardExpansion(name: name, sourceLabels: 1, evidence: above)
        == .insecure(.iterations(151)))
    #expect(prover.proveNoDS(cut: name, evidence: above) == .iterations(151))
    #expect(prover.hashesDone == before)
  }

  @Test("the limit on iterations can be set")
  func otherLimit() throws {
    var prover = DenialProver(limits: DenialLimits(maximumIterations: 0))
    let name = try dname("b.test.")
    #expect(prover.proveNameError(name: name, evidence: try nameError(iterations: 0)) == .proven)
    #expect(
      prover.proveNameError(name: name, evidence: try nameError(iterations: 1)) == .insecure(.iterations(1)))
  }

  @Test("a proof within the limit counts beside records above it, and so does a contradiction")
  func besideAnotherChain() throws {
    var prover = DenialProver()
    let name = try dname("b.test.")
    var evidence = try nameError(iterations: 1)
    evidence.nsec3 = try nameError(iterations: 200).nsec3 + evidence.nsec3
    #expect(prover.proveNameError(name: name, evidence: evidence) == .proven)
    evidence = try nameError(iterations: 200)
    evidence.nsec = try denialEvidence("test.", "b.test. NSEC c.test. A RRSIG NSEC").nsec
    #expect(prover.proveNameError(name: name, evidence: evidence).contradiction != nil)
  }

  @Test("each name is hashed once in a denial")
  func hashesDone() throws {
    var prover = DenialProver()
    #expect(
      prover.proveNameError(name: try dname("b.test."), evidence: try nameError(iterations: 1)) == .proven)
    // b.test., test. and *.test.
    #expect(prover.hashesDone == 3)
  }

  @Test(
    "a denial that comes again costs the same hashes, and those of other parameters are not taken for its own"
  )
  func hashesAgain() throws {
    var prover = DenialProver()
    let name = try dname("b.test.")
    for round in 1...3 {
      #expect(prover.proveNameError(name: name, evidence: try nameError(iterations: 1)) == .proven)
      #expect(prover.proveNameError(name: name, evidence: try nameError(iterations: 2)) == .proven)
      #expect(prover.hashesDone == round * 6)
    }
  }

  @Test("a denial that needs as many hashes as the limit is proven, one more is not and says so")
  func hashLimit() throws {
    let name = try dname("b.test."), evidence = try nameError(iterations: 1)
    var enough = DenialProver(limits: DenialLimits(maximumHashes: 3))
    #expect(enough.proveNameError(name: name, evidence: evidence) == .proven)
    #expect(enough.limitsReached == 0)
    var tooFew = DenialProver(limits: DenialLimits(maximumHashes: 2))
    #expect(
      tooFew.proveNameError(name: name, evidence: evidence)
        == .notProven(missing: "the limit of 2 NSEC3 hashes for one denial was reached"))
    #expect(tooFew.limitsReached == 1)
    #expect(tooFew.hashesDone == 2)
  }

  @Test("the longest name, proven from the apex, stays within the limit; many chains do not go beyond it")
  func longestName() throws {
    var prover = DenialProver(), make = try NarrowNSEC3(".")
    make.salt = []
    let text = String(repeating: "a.", count: 127), name = try dname(text)
    let records = [try make.matching(".", "SOA", "NS"), try make.covering("a."), try make.covering("*.")]
    let evidence = DenialEvidence(zone: .root, nsec3: records)
    #expect(prover.proveNameError(name: name, evidence: evidence) == .proven)
    #expect(prover.hashesDone == 129)
    var many = DenialEvidence(zone: .root)
    for salt in UInt8(0)..<200 {
      make.salt = [salt]
      many.nsec3.append(try make.covering("b."))
    }
    prover = DenialProver()
    #expect(
      try #require(prover.proveNameError(name: name, evidence: many).missingSentence).contains("limit of 129")
    )
    #expect(prover.hashesDone == 129)
  }
}
