import DNSSEC
import DNSWire
import Testing

/// RFC 5155 appendix B, in its zone, where every NSEC3 has opt-out set.
@Suite struct RFC5155AppendixBTests {
  var prover = DenialProver()

  @Test("A: each hash of the zone is that of its name", arguments: RFC5155Zone.all)
  mutating func hashes(name: String, record: String) throws {
    let owner = try dname(name), evidence = try RFC5155Zone.evidence(record)
    // A match says that the name exists, or for a delegation that DS can be spoken of.
    #expect(prover.proveNameError(name: owner, evidence: evidence).contradiction != nil)
    #expect(
      prover.proveNameError(name: try #require(owner.child([0x71])), evidence: evidence).contradiction == nil)
  }

  @Test("B.1: a name error is complete, and insecure because the next closer name is in an opt-out span")
  mutating func nameError() throws {
    let name = try dname("a.c.x.w.example.")
    let evidence = try RFC5155Zone.evidence(RFC5155Zone.apex, RFC5155Zone.xw, RFC5155Zone.a)
    #expect(prover.proveNameError(name: name, evidence: evidence) == .insecure(.optOut))
    let firm = try RFC5155Zone.evidence(RFC5155Zone.apex, RFC5155Zone.xw, RFC5155Zone.a, optOut: false)
    #expect(prover.proveNameError(name: name, evidence: firm) == .proven)
  }

  @Test(
    "B.1: without the next closer name, the closest encloser or the wildcard the name error is not proven")
  mutating func nameErrorIncomplete() throws {
    let name = try dname("a.c.x.w.example.")
    let noNextCloser = try RFC5155Zone.evidence(RFC5155Zone.xw, RFC5155Zone.a)
    let noEncloser = try RFC5155Zone.evidence(RFC5155Zone.a)
    let noWildcard = try RFC5155Zone.evidence(RFC5155Zone.apex, RFC5155Zone.xw)
    let missing = [noNextCloser, noEncloser, noWildcard].map {
      prover.proveNameError(name: name, evidence: $0).missingSentence ?? ""
    }
    #expect(
      missing[0]
        == "no NSEC3 covers the next closer name c.x.w.example. (hash 0va5bpr2ou0vk0lbqeeljri88laipsfh)")
    #expect(missing[1] == "no NSEC3 matches a.c.x.w.example. or a closest encloser of it in example.")
    #expect(
      missing[2] == "no NSEC3 covers the wildcard *.x.w.example. (hash 92pqneegtaue7pjatc3l3qnk738c6v5m)")
  }

  @Test("B.2: NODATA by a match without the type")
  mutating func noData() throws {
    let name = try dname("ns1.example."), evidence = try RFC5155Zone.evidence(RFC5155Zone.ns1)
    #expect(prover.proveNoData(name: name, type: .mx, evidence: evidence) == .proven)
    #expect(prover.proveNoData(name: name, type: .a, evidence: evidence).contradiction != nil)
  }

  @Test("B.2.1: NODATA for an empty non-terminal by its empty bitmap")
  mutating func emptyNonTerminal() throws {
    let name = try dname("y.w.example."), evidence = try RFC5155Zone.evidence(RFC5155Zone.yw)
    #expect(prover.proveNoData(name: name, type: .a, evidence: evidence) == .proven)
    #expect(prover.proveNoDS(cut: name, evidence: evidence) == .notACut(.emptyNonTerminal))
  }

  @Test("B.3: a referral to an unsigned zone in an opt-out span")
  mutating func optOutReferral() throws {
    let cut = try dname("c.example.")
    let evidence = try RFC5155Zone.evidence(RFC5155Zone.apex, RFC5155Zone.a)
    #expect(prover.proveNoDS(cut: cut, evidence: evidence) == .optOut)
    let firm = try RFC5155Zone.evidence(RFC5155Zone.apex, RFC5155Zone.a, optOut: false)
    #expect(prover.proveNoDS(cut: cut, evidence: firm) == .notACut(.doesNotExist))
    let half = try RFC5155Zone.evidence(RFC5155Zone.a)
    #expect(prover.proveNoDS(cut: cut, evidence: half).missingSentence != nil)
  }

  @Test("B.4: a wildcard answer by a cover of the next closer name")
  mutating func wildcardExpansion() throws {
    let name = try dname("a.z.w.example."),
      evidence = try RFC5155Zone.evidence(RFC5155Zone.ns2, optOut: false)
    #expect(prover.proveWildcardExpansion(name: name, sourceLabels: 2, evidence: evidence) == .proven)
    let optOut = try RFC5155Zone.evidence(RFC5155Zone.ns2)
    #expect(
      prover.proveWildcardExpansion(name: name, sourceLabels: 2, evidence: optOut) == .insecure(.optOut))
    let other = try RFC5155Zone.evidence(RFC5155Zone.xx, optOut: false)
    #expect(
      prover.proveWildcardExpansion(name: name, sourceLabels: 2, evidence: other).missingSentence != nil)
  }

  @Test("B.5: wildcard NODATA")
  mutating func wildcardNoData() throws {
    let name = try dname("a.z.w.example.")
    let full = [RFC5155Zone.w, RFC5155Zone.ns2, RFC5155Zone.wildcard]
    let firm = try denialEvidence("example.", lines: full.map { $0.replacing("1 1 12", with: "1 0 12") })
    #expect(prover.proveNoData(name: name, type: .aaaa, evidence: firm) == .proven)
    #expect(prover.proveNoData(name: name, type: .mx, evidence: firm).contradiction != nil)
    let optOut = try denialEvidence("example.", lines: full)
    #expect(prover.proveNoData(name: name, type: .aaaa, evidence: optOut) == .insecure(.optOut))
    for left in full.indices {
      var fewer = firm
      fewer.nsec3.remove(at: left)
      #expect(prover.proveNoData(name: name, type: .aaaa, evidence: fewer).missingSentence != nil)
    }
  }

  @Test("B.6: a DS question answered by the child's apex is asked at the wrong side")
  mutating func dsAtTheChild() throws {
    let apex = try dname("example."), evidence = try RFC5155Zone.evidence(RFC5155Zone.apex)
    #expect(prover.proveNoDS(cut: apex, evidence: evidence) == .childSide)
    let sentence = try #require(prover.proveNoData(name: apex, type: .ds, evidence: evidence).missingSentence)
    #expect(sentence.contains("asked at the wrong side"))
  }
}
