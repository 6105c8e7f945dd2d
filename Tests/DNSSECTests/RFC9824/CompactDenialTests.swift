import DNSSEC
import DNSWire
import Testing

/// Compact denial of existence (RFC 9824).
@Suite struct RFC9824CompactDenialTests {
  var prover = DenialProver()

  @Test("§3.1: NXNAME proves the name error, and NODATA where the rcode is NOERROR")
  mutating func nxname() throws {
    let name = try dname("a.test."),
      evidence = try denialEvidence("test.", "a.test. NSEC \\000.a.test. RRSIG NSEC NXNAME")
    #expect(prover.proveNameError(name: name, evidence: evidence) == .proven)
    #expect(prover.proveNoData(name: name, type: .a, evidence: evidence) == .proven)
    #expect(prover.proveNoDS(cut: name, evidence: evidence) == .notACut(.doesNotExist))
  }

  @Test("§3.1: NXNAME speaks of its owner alone")
  mutating func otherName() throws {
    let evidence = try denialEvidence("test.", "a.test. NSEC \\000.a.test. RRSIG NSEC NXNAME")
    for name in ["b.test.", "b.a.test.", "test."] {
      #expect(prover.proveNameError(name: try dname(name), evidence: evidence).missingSentence != nil)
    }
  }

  @Test("§3.1: NXNAME beside other types does not count")
  mutating func nxnameBesideTypes() throws {
    let evidence = try denialEvidence("test.", "a.test. NSEC \\000.a.test. A RRSIG NSEC NXNAME")
    #expect(prover.proveNameError(name: try dname("a.test."), evidence: evidence).contradiction != nil)
    #expect(prover.proveNoDS(cut: try dname("a.test."), evidence: evidence) == .notACut(.existsWithoutNS))
  }

  @Test("§2: without NXNAME the name exists, be it as an empty non-terminal: NXDOMAIN is the wrong rcode")
  mutating func emptyNonTerminal() throws {
    let name = try dname("a.test."),
      evidence = try denialEvidence("test.", "a.test. NSEC \\000.a.test. RRSIG NSEC")
    let sentence = try #require(prover.proveNameError(name: name, evidence: evidence).contradiction)
    #expect(sentence.contains("the rcode should not be NXDOMAIN"))
    #expect(prover.proveNoData(name: name, type: .a, evidence: evidence) == .proven)
  }

  @Test("§3.4: the NSEC of an unsigned referral")
  mutating func referral() throws {
    let evidence = try denialEvidence("test.", "a.test. NSEC \\000.a.test. NS RRSIG NSEC")
    #expect(prover.proveNoDS(cut: try dname("a.test."), evidence: evidence) == .insecureDelegation)
  }

  @Test("§4: with NSEC3 the bitmap holds NXNAME alone")
  mutating func hashed() throws {
    let make = try NarrowNSEC3("test."), name = try dname("a.test.")
    let evidence = make.evidence(try make.matching("a.test.", "NXNAME"))
    #expect(prover.proveNameError(name: name, evidence: evidence) == .proven)
    #expect(prover.proveNoData(name: name, type: .a, evidence: evidence) == .proven)
    let entry = make.evidence(try make.matching("a.test."))
    #expect(prover.proveNameError(name: name, evidence: entry).contradiction != nil)
    #expect(prover.proveNoData(name: name, type: .a, evidence: entry) == .proven)
  }
}
