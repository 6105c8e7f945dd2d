import DNSSEC
import DNSWire
import Testing

/// NODATA by NSEC (RFC 4035 §5.4).
@Suite struct NSECNoDataTests {
  var prover = DenialProver()

  /// The verdict on one NODATA.
  private mutating func noData(_ name: String, _ type: String, _ lines: String...) throws -> DenialOutcome {
    prover.proveNoData(
      name: try dname(name), type: try rrtype(type), evidence: try denialEvidence("test.", lines: lines))
  }

  @Test("a match denies the types that its bitmap lacks", arguments: ["MX", "CAA", "DS", "DNAME"])
  mutating func absentType(type: String) throws {
    #expect(try noData("a.test.", type, "a.test. NSEC m.test. A TXT RRSIG NSEC") == .proven)
  }

  @Test("a match with the type, or with CNAME, says otherwise", arguments: ["A", "CAA", "CNAME", "MX"])
  mutating func presentType(type: String) throws {
    let line =
      type == "MX" ? "a.test. NSEC m.test. CNAME RRSIG NSEC" : "a.test. NSEC m.test. \(type) RRSIG NSEC"
    let sentence = try #require(try noData("a.test.", type, line).contradiction)
    #expect(sentence.hasPrefix("the NSEC at a.test. says that a.test. has"))
  }

  @Test("a CNAME at the name is no objection for the types that may stand beside it (RFC 4035 §2.5)")
  mutating func besideCNAME() throws {
    #expect(try noData("a.test.", "KEY", "a.test. NSEC m.test. CNAME RRSIG NSEC") == .proven)
    let hashed = try NarrowNSEC3("test.")
    let evidence = hashed.evidence(try hashed.matching("a.test.", "CNAME", "RRSIG"))
    #expect(prover.proveNoData(name: try dname("a.test."), type: .nsec, evidence: evidence) == .proven)
    let other = prover.proveNoData(name: try dname("a.test."), type: .txt, evidence: evidence)
    #expect(other.contradiction != nil)
  }

  @Test("ANY is denied only by a bitmap that lists nothing beside the denial's own types")
  mutating func any() throws {
    #expect(try noData("a.test.", "ANY", "a.test. NSEC \\000.a.test. RRSIG NSEC") == .proven)
    #expect(try noData("a.test.", "ANY", "a.test. NSEC m.test. TXT RRSIG NSEC").contradiction != nil)
  }

  @Test("an empty non-terminal has no type at all, DS included", arguments: ["A", "DS", "NS"])
  mutating func emptyNonTerminal(type: String) throws {
    #expect(try noData("y.test.", type, "a.test. NSEC x.y.test. A RRSIG NSEC") == .proven)
    #expect(try noData("y.test.", type, "a.test. NSEC x.yy.test. A RRSIG NSEC").missingSentence != nil)
  }

  @Test("wildcard NODATA: the name is denied and the wildcard lacks the type")
  mutating func wildcard() throws {
    let both = "*.w.test. NSEC z.test. A RRSIG NSEC"
    #expect(try noData("b.w.test.", "MX", both) == .proven)
    #expect(try noData("b.c.w.test.", "MX", both) == .proven)
    #expect(try noData("b.w.test.", "DS", both) == .proven)
    #expect(try noData("b.w.test.", "A", both).contradiction != nil)
    #expect(try noData("b.w.test.", "MX", "*.w.test. NSEC z.test. CNAME RRSIG NSEC").contradiction != nil)
    #expect(try noData("b.v.test.", "MX", both).missingSentence != nil)
  }

  @Test("a wildcard that is an empty non-terminal has no type")
  mutating func emptyWildcard() throws {
    #expect(
      try noData(
        "b.w.test.", "A", "a.test. NSEC x.*.w.test. A RRSIG NSEC", "x.*.w.test. NSEC z.test. A RRSIG NSEC")
        == .proven)
  }

  @Test("a wildcard delegation denies nothing, not even DS", arguments: ["A", "DS"])
  mutating func wildcardDelegation(type: String) throws {
    #expect(try noData("b.w.test.", type, "*.w.test. NSEC z.test. NS RRSIG NSEC").missingSentence != nil)
  }

  @Test("NODATA whose proof shows that the name does not exist names the rcode that was due")
  mutating func wrongRcode() throws {
    #expect(
      try noData("b.test.", "A", "test. NSEC m.test. SOA NS RRSIG NSEC")
        == .contradicted("b.test. and *.test. do not exist: the rcode should be NXDOMAIN"))
  }

  @Test("a denied name without a word about its wildcard is not proven")
  mutating func wildcardMissing() throws {
    #expect(
      try noData("b.test.", "A", "a.test. NSEC m.test. A RRSIG NSEC")
        == .notProven(missing: "no NSEC matches b.test., nor *.test., nor covers the wildcard"))
  }

  @Test("DS at an apex is the parent's to deny, only the root has none to ask")
  mutating func dsAtApex() throws {
    let sentence = try #require(
      try noData("test.", "DS", "test. NSEC a.test. SOA NS RRSIG NSEC").missingSentence)
    #expect(sentence.contains("asked at the wrong side"))
    let root = try denialEvidence(".", ". NSEC aaa. SOA NS RRSIG NSEC DNSKEY")
    #expect(prover.proveNoData(name: .root, type: .ds, evidence: root) == .proven)
  }
}
