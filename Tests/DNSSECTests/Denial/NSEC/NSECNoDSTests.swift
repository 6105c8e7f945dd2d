import DNSSEC
import DNSWire
import Testing

/// DS denials by NSEC (RFC 4035 §5.2, RFC 6840 §4.4).
@Suite struct NSECNoDSTests {
  var prover = DenialProver()

  /// The verdict on DS at a name of test.
  private mutating func noDS(_ cut: String, _ lines: String...) throws -> DSDenialOutcome {
    prover.proveNoDS(cut: try dname(cut), evidence: try denialEvidence("test.", lines: lines))
  }

  @Test("NS without DS and SOA is an insecure delegation, anything else is not")
  mutating func bitmaps() throws {
    #expect(try noDS("a.test.", "a.test. NSEC b.test. NS RRSIG NSEC") == .insecureDelegation)
    #expect(try noDS("a.test.", "a.test. NSEC b.test. NS DS RRSIG NSEC") == .hasDS)
    #expect(try noDS("a.test.", "a.test. NSEC b.test. A RRSIG NSEC") == .notACut(.existsWithoutNS))
    #expect(try noDS("a.test.", "a.test. NSEC b.test. NS SOA RRSIG NSEC") == .childSide)
    #expect(try noDS("a.test.", "a.test. NSEC b.test. NS DS SOA RRSIG NSEC") == .childSide)
  }

  @Test("names without records of their own are no cuts")
  mutating func absentNames() throws {
    #expect(try noDS("y.test.", "a.test. NSEC x.y.test. A RRSIG NSEC") == .notACut(.emptyNonTerminal))
    #expect(try noDS("m.test.", "a.test. NSEC x.y.test. A RRSIG NSEC") == .notACut(.doesNotExist))
    #expect(
      try noDS("z.test.", "a.test. NSEC x.y.test. A RRSIG NSEC")
        == .notProven(missing: "no NSEC covers z.test."))
  }

  @Test("the root is no cut")
  mutating func root() throws {
    let evidence = try denialEvidence(".", ". NSEC aaa. SOA NS RRSIG NSEC DNSKEY")
    #expect(prover.proveNoDS(cut: .root, evidence: evidence) == .notACut(.root))
  }

  @Test("of records that contradict each other the one with DS counts, in either order")
  mutating func contradiction() throws {
    let (without, with) = ("a.test. NSEC b.test. NS RRSIG NSEC", "a.test. NSEC b.test. NS DS RRSIG NSEC")
    #expect(try noDS("a.test.", without, with) == .hasDS)
    #expect(try noDS("a.test.", with, without) == .hasDS)
  }
}
