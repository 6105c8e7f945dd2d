import DNSSEC
import DNSWire
import Testing

/// The denials of RFC 4035 appendix B, from the NSEC records of the zone in appendix A.
@Suite struct RFC4035AppendixBDenialTests {
  static let apex = "example. NSEC a.example. NS SOA MX RRSIG NSEC DNSKEY"
  static let a = "a.example. NSEC ai.example. NS DS RRSIG NSEC"
  static let b = "b.example. NSEC ns1.example. NS RRSIG NSEC"
  static let ns1 = "ns1.example. NSEC ns2.example. A RRSIG NSEC"
  static let wildcard = "*.w.example. NSEC x.w.example. MX RRSIG NSEC"
  static let xyw = "x.y.w.example. NSEC xx.example. MX RRSIG NSEC"

  var prover = DenialProver()

  @Test("B.2: a name error, by a cover of the name and of the wildcard")
  mutating func nameError() throws {
    let name = try dname("ml.example.")
    #expect(
      prover.proveNameError(name: name, evidence: try denialEvidence("example.", Self.b, Self.apex))
        == .proven)
    let noWildcard = try denialEvidence("example.", Self.b),
      noName = try denialEvidence("example.", Self.apex)
    #expect(
      prover.proveNameError(name: name, evidence: noWildcard)
        == .notProven(missing: "no NSEC covers *.example."))
    #expect(
      prover.proveNameError(name: name, evidence: noName) == .notProven(missing: "no NSEC covers ml.example.")
    )
  }

  @Test("B.3: NODATA by a match without the type")
  mutating func noData() throws {
    let name = try dname("ns1.example."), evidence = try denialEvidence("example.", Self.ns1)
    #expect(prover.proveNoData(name: name, type: .mx, evidence: evidence) == .proven)
    #expect(prover.proveNoData(name: name, type: .a, evidence: evidence).contradiction != nil)
    #expect(
      prover.proveNoData(name: try dname("ns2.example."), type: .mx, evidence: evidence).missingSentence
        != nil)
  }

  @Test("B.4: the NSEC of a signed delegation does not deny its DS")
  mutating func signedDelegation() throws {
    let evidence = try denialEvidence("example.", Self.a)
    #expect(prover.proveNoDS(cut: try dname("a.example."), evidence: evidence) == .hasDS)
  }

  @Test("B.5: a referral to an unsigned zone")
  mutating func insecureDelegation() throws {
    let evidence = try denialEvidence("example.", Self.b)
    #expect(prover.proveNoDS(cut: try dname("b.example."), evidence: evidence) == .insecureDelegation)
  }

  @Test("B.6: a wildcard answer")
  mutating func wildcardExpansion() throws {
    let name = try dname("a.z.w.example."), evidence = try denialEvidence("example.", Self.xyw)
    #expect(prover.proveWildcardExpansion(name: name, sourceLabels: 2, evidence: evidence) == .proven)
    let none = try denialEvidence("example.", Self.ns1)
    #expect(prover.proveWildcardExpansion(name: name, sourceLabels: 2, evidence: none).missingSentence != nil)
  }

  @Test("B.7: wildcard NODATA")
  mutating func wildcardNoData() throws {
    let name = try dname("a.z.w.example."), evidence = try denialEvidence("example.", Self.xyw, Self.wildcard)
    #expect(prover.proveNoData(name: name, type: .aaaa, evidence: evidence) == .proven)
    #expect(prover.proveNoData(name: name, type: .mx, evidence: evidence).contradiction != nil)
    for line in [Self.xyw, Self.wildcard] {
      let half = try denialEvidence("example.", line)
      #expect(prover.proveNoData(name: name, type: .aaaa, evidence: half).missingSentence != nil)
    }
  }

  @Test("B.8: a DS question that the child answers is asked at the wrong side")
  mutating func dsAtTheChild() throws {
    let evidence = try denialEvidence("example.", Self.apex)
    #expect(prover.proveNoDS(cut: try dname("example."), evidence: evidence) == .childSide)
  }
}
