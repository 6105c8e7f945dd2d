import DNSSEC
import DNSWire
import Testing

/// Wildcard answers by NSEC (RFC 4035 §5.3.4).
@Suite struct NSECWildcardExpansionTests {
  var prover = DenialProver()

  /// The verdict on an answer at a name whose RRSIG counts some labels.
  private mutating func expansion(_ name: String, _ labels: UInt8, _ lines: String...) throws -> DenialOutcome
  {
    prover.proveWildcardExpansion(
      name: try dname(name), sourceLabels: labels, evidence: try denialEvidence("test.", lines: lines))
  }

  @Test("a cover of the next closer name proves it, at any depth below the wildcard")
  mutating func proven() throws {
    let cover = "*.w.test. NSEC x.w.test. A RRSIG NSEC"
    #expect(try expansion("b.w.test.", 2, cover) == .proven)
    #expect(try expansion("a.b.c.w.test.", 2, cover) == .proven)
    #expect(try expansion("y.w.test.", 2, cover).missingSentence == "no NSEC covers y.w.test.")
  }

  @Test("an owner signed as it stands needs no proof")
  mutating func noExpansion() throws {
    #expect(try expansion("b.w.test.", 3) == .proven)
    #expect(try expansion("*.w.test.", 2) == .proven)
    #expect(try expansion("*.test.", 1) == .proven)
    #expect(try expansion("*.w.test.", 1).missingSentence != nil)
  }

  @Test("a labels field above the owner's labels, or below the zone's, cannot be true")
  mutating func impossibleLabels() throws {
    #expect(try expansion("b.w.test.", 4, "*.w.test. NSEC x.w.test. A RRSIG NSEC").contradiction != nil)
    #expect(try expansion("b.w.test.", 0, "*.w.test. NSEC x.w.test. A RRSIG NSEC").contradiction != nil)
  }

  @Test("labels 0 is a wildcard of the root")
  mutating func rootWildcard() throws {
    let evidence = try denialEvidence(".", "*. NSEC zz. A RRSIG NSEC")
    #expect(
      prover.proveWildcardExpansion(name: try dname("a.b."), sourceLabels: 0, evidence: evidence) == .proven)
  }

  @Test("a name that exists, or one between it and the wildcard, takes no wildcard")
  mutating func closerName() throws {
    #expect(try expansion("b.w.test.", 2, "b.w.test. NSEC x.w.test. MX RRSIG NSEC").contradiction != nil)
    #expect(try expansion("a.b.w.test.", 2, "b.w.test. NSEC x.w.test. MX RRSIG NSEC").contradiction != nil)
    #expect(try expansion("a.b.w.test.", 2, "*.w.test. NSEC c.b.w.test. A RRSIG NSEC").contradiction != nil)
  }

  @Test("an NSEC that denies the wildcard's own parent contradicts the answer")
  mutating func parentDenied() throws {
    #expect(try expansion("b.w.test.", 2, "a.test. NSEC z.test. A RRSIG NSEC").contradiction != nil)
  }
}
