import DNSSEC
import DNSWire
import Testing

/// RFC 6840 §4: clarifications to denials that validators once got wrong.
@Suite struct RFC6840Section4DenialTests {
  var prover = DenialProver()

  @Test("§4.1: the parent's NSEC at a cut denies nothing below the cut", arguments: ["NS", "NS DS"])
  mutating func ancestorDelegation(types: String) throws {
    let name = try dname("x.cut.test.")
    let evidence = try denialEvidence(
      "test.", "cut.test. NSEC d.test. \(types) RRSIG NSEC", "test. NSEC a.test. SOA NS RRSIG NSEC")
    let sentence =
      "the NSEC at cut.test. has a delegation or a DNAME and denies nothing below it, not x.cut.test."
    #expect(prover.proveNameError(name: name, evidence: evidence) == .notProven(missing: sentence))
    #expect(prover.proveNoData(name: name, type: .a, evidence: evidence) == .notProven(missing: sentence))
    #expect(prover.proveNoDS(cut: name, evidence: evidence) == .notProven(missing: sentence))
    #expect(
      prover.proveWildcardExpansion(name: name, sourceLabels: 2, evidence: evidence)
        == .notProven(missing: sentence))
    // A sibling of the cut is denied all the same.
    #expect(prover.proveNameError(name: try dname("cuu.test."), evidence: evidence) == .proven)
  }

  @Test("§4.1: the parent's NSEC at a cut denies no type there but DS")
  mutating func ancestorDelegationAtOwner() throws {
    let cut = try dname("cut.test."),
      evidence = try denialEvidence("test.", "cut.test. NSEC d.test. NS RRSIG NSEC")
    #expect(
      try #require(prover.proveNoData(name: cut, type: .a, evidence: evidence).missingSentence).contains(
        "zone cut"))
    #expect(prover.proveNoData(name: cut, type: .ds, evidence: evidence) == .proven)
  }

  @Test("§4.1: an apex, with NS and SOA, is no ancestor delegation")
  mutating func apex() throws {
    let evidence = try denialEvidence("test.", "test. NSEC d.test. NS SOA RRSIG NSEC")
    #expect(prover.proveNameError(name: try dname("a.test."), evidence: evidence) == .proven)
    #expect(prover.proveNoData(name: try dname("test."), type: .a, evidence: evidence) == .proven)
  }

  @Test("§4.1: an NSEC with DNAME denies nothing below its owner, but types at it")
  mutating func redirection() throws {
    let evidence = try denialEvidence("test.", "d.test. NSEC m.test. A DNAME RRSIG NSEC")
    let below = try dname("x.d.test."), owner = try dname("d.test.")
    #expect(prover.proveNoData(name: below, type: .a, evidence: evidence).missingSentence != nil)
    #expect(prover.proveNoDS(cut: below, evidence: evidence).missingSentence != nil)
    #expect(prover.proveNoData(name: owner, type: .mx, evidence: evidence) == .proven)
    #expect(prover.proveNoData(name: owner, type: .dname, evidence: evidence).contradiction != nil)
  }

  @Test("§4.1: an NSEC3 with a delegation or DNAME is no closest encloser", arguments: ["NS", "DNAME"])
  mutating func hashedAncestorDelegation(type: String) throws {
    let make = try NarrowNSEC3("test."), name = try dname("x.cut.test.")
    let evidence = make.evidence(
      try make.matching("cut.test.", type), try make.covering("x.cut.test."), try make.covering("*.cut.test.")
    )
    for missing in [
      prover.proveNameError(name: name, evidence: evidence).missingSentence,
      prover.proveNoData(name: name, type: .ds, evidence: evidence).missingSentence,
      prover.proveNoDS(cut: name, evidence: evidence).missingSentence,
    ] {
      #expect(try #require(missing).contains("has a delegation or a DNAME and denies nothing below it"))
    }
  }

  @Test("§4.1: an NSEC3 at a cut denies no type there but DS")
  mutating func hashedDelegationAtOwner() throws {
    let make = try NarrowNSEC3("test."), cut = try dname("cut.test.")
    let evidence = make.evidence(try make.matching("cut.test.", "NS"))
    #expect(prover.proveNoData(name: cut, type: .a, evidence: evidence).missingSentence != nil)
    #expect(prover.proveNoData(name: cut, type: .ds, evidence: evidence) == .proven)
  }

  @Test("§4.3: a bitmap with CNAME contradicts NODATA for another type, by NSEC and NSEC3")
  mutating func cnameBit() throws {
    let make = try NarrowNSEC3("test."), name = try dname("a.test.")
    let hashed = make.evidence(try make.matching("a.test.", "CNAME"))
    #expect(prover.proveNoData(name: name, type: .a, evidence: hashed).contradiction != nil)
    let plain = try denialEvidence("test.", "a.test. NSEC b.test. CNAME RRSIG NSEC")
    #expect(prover.proveNoData(name: name, type: .a, evidence: plain).contradiction != nil)
  }

  @Test("§4.4: without the NS bit a missing DS proves no delegation")
  mutating func nsBit() throws {
    let make = try NarrowNSEC3("test."), cut = try dname("a.test.")
    let hashed = make.evidence(try make.matching("a.test.", "TXT"))
    #expect(prover.proveNoDS(cut: cut, evidence: hashed) == .notACut(.existsWithoutNS))
    let plain = try denialEvidence("test.", "a.test. NSEC b.test. TXT RRSIG NSEC")
    #expect(prover.proveNoDS(cut: cut, evidence: plain) == .notACut(.existsWithoutNS))
  }
}
