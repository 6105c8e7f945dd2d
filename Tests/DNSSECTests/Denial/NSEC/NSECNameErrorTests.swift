import DNSSEC
import DNSWire
import Testing

/// NXDOMAIN by NSEC (RFC 4035 §5.4).
@Suite struct NSECNameErrorTests {
  var prover = DenialProver()

  @Test("one NSEC may cover both the name and the wildcard")
  mutating func oneRecord() throws {
    let evidence = try denialEvidence("test.", "test. NSEC m.test. SOA NS RRSIG NSEC DNSKEY")
    #expect(prover.proveNameError(name: try dname("b.test."), evidence: evidence) == .proven)
    #expect(prover.proveNameError(name: try dname("b.c.test."), evidence: evidence) == .proven)
    #expect(prover.proveNameError(name: try dname("x.test."), evidence: evidence).missingSentence != nil)
  }

  @Test("the last NSEC of a zone covers to its end, and only names of the zone")
  mutating func lastRecord() throws {
    let evidence = try denialEvidence(
      "test.", "m.test. NSEC test. A RRSIG NSEC", "test. NSEC a.test. SOA NS RRSIG NSEC DNSKEY")
    #expect(prover.proveNameError(name: try dname("z.test."), evidence: evidence) == .proven)
    #expect(prover.proveNameError(name: try dname("c.test."), evidence: evidence).missingSentence != nil)
    #expect(
      prover.proveNameError(name: try dname("z.toast."), evidence: evidence)
        == .notProven(missing: "z.toast. is not in the zone test."))
  }

  @Test("the only NSEC of a zone covers everything but its owner")
  mutating func onlyRecord() throws {
    let evidence = try denialEvidence("test.", "test. NSEC test. SOA NS RRSIG NSEC DNSKEY")
    #expect(prover.proveNameError(name: try dname("a.test."), evidence: evidence) == .proven)
    #expect(prover.proveNameError(name: try dname("test."), evidence: evidence).contradiction != nil)
  }

  @Test("a record that matches the name contradicts the rcode")
  mutating func nameExists() throws {
    let evidence = try denialEvidence("test.", "a.test. NSEC m.test. A RRSIG NSEC")
    #expect(
      prover.proveNameError(name: try dname("a.test."), evidence: evidence)
        == .contradicted("the NSEC at a.test. shows that a.test. exists: the rcode should not be NXDOMAIN"))
  }

  @Test("an empty non-terminal contradicts the rcode")
  mutating func emptyNonTerminal() throws {
    let evidence = try denialEvidence("test.", "a.test. NSEC x.y.test. A RRSIG NSEC")
    #expect(
      prover.proveNameError(name: try dname("y.test."), evidence: evidence)
        == .contradicted("y.test. exists, x.y.test. being below it: the rcode should not be NXDOMAIN"))
  }

  @Test("a wildcard, also one without records, contradicts the rcode", arguments: ["*.test.", "x.*.test."])
  mutating func wildcardExists(next: String) throws {
    let evidence = try denialEvidence(
      "test.", "test. NSEC \(next) SOA NS RRSIG NSEC DNSKEY", "\(next) NSEC m.test. A RRSIG NSEC")
    let sentence = try #require(
      prover.proveNameError(name: try dname("b.test."), evidence: evidence).contradiction)
    #expect(sentence.contains("*.test."))
  }

  @Test("the wildcard that counts is the one at the closest encloser, not one further up")
  mutating func closestEncloser() throws {
    let cover = "a.b.test. NSEC z.b.test. A RRSIG NSEC",
      apex = "test. NSEC a.b.test. SOA NS RRSIG NSEC DNSKEY"
    let above = try denialEvidence("test.", cover, "test. NSEC 0.test. SOA NS RRSIG NSEC DNSKEY")
    #expect(
      prover.proveNameError(name: try dname("m.b.test."), evidence: above)
        == .notProven(missing: "no NSEC covers *.b.test."))
    #expect(
      prover.proveNameError(name: try dname("m.b.test."), evidence: try denialEvidence("test.", cover, apex))
        == .proven)
  }

  @Test("the case of letters does not matter, the order is that of lower case")
  mutating func letterCase() throws {
    let evidence = try denialEvidence(
      "TEST.", "tesT. NSEC _.Test. SOA NS RRSIG NSEC", "_.test. NSEC B.tEst. A RRSIG NSEC")
    #expect(prover.proveNameError(name: try dname("A.test."), evidence: evidence) == .proven)
    #expect(prover.proveNameError(name: try dname("b.TEST."), evidence: evidence).missingSentence != nil)
  }

  @Test("minimal covers around the name and the wildcard are ordinary covers (RFC 4470)")
  mutating func minimalCovers() throws {
    let evidence = try denialEvidence(
      "test.", "fon~.test. NSEC fono.test. RRSIG NSEC", "\\).test. NSEC +.test. RRSIG NSEC")
    #expect(prover.proveNameError(name: try dname("fonn.test."), evidence: evidence).missingSentence != nil)
    let around = try denialEvidence(
      "test.", "fonm~.test. NSEC fonn!.test. RRSIG NSEC", "\\).test. NSEC +.test. RRSIG NSEC")
    #expect(prover.proveNameError(name: try dname("fonn.test."), evidence: around) == .proven)
  }
}
