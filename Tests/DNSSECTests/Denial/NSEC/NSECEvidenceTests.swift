import DNSSEC
import DNSWire
import Testing

/// NSEC records that prove nothing, whatever they say.
@Suite struct NSECEvidenceTests {
  var prover = DenialProver()

  @Test("no records at all")
  mutating func none() throws {
    let outcome = prover.proveNameError(name: try dname("a.test."), evidence: try denialEvidence("test."))
    #expect(outcome == .notProven(missing: "no NSEC or NSEC3 of test. that could deny is here"))
  }

  @Test("an NSEC that another zone signed, above or below")
  mutating func otherZone() throws {
    let name = try dname("m.sub.test."),
      fields = ["a.sub.test.", "NSEC", "z.sub.test.", "A", "RRSIG", "NSEC"]
    for zone in ["test.", "a.sub.test."] {
      let evidence = DenialEvidence(zone: try dname("sub.test."), nsec: [try provenNSEC(fields, zone: zone)])
      let sentence = try #require(prover.proveNameError(name: name, evidence: evidence).missingSentence)
      #expect(sentence.contains("signed by \(zone), not sub.test."))
    }
  }

  @Test("an NSEC that was itself made from a wildcard")
  mutating func expanded() throws {
    let fields = ["b.test.", "NSEC", "z.test.", "A", "RRSIG", "NSEC"]
    let record = try provenNSEC(fields, zone: "test.", expanded: true)
    let evidence = DenialEvidence(zone: try dname("test."), nsec: [record])
    for name in ["b.test.", "c.test."] {
      let outcome = prover.proveNoData(name: try dname(name), type: .mx, evidence: evidence)
      #expect(try #require(outcome.missingSentence).contains("made from a wildcard"))
      #expect(prover.proveNoDS(cut: try dname(name), evidence: evidence).missingSentence != nil)
    }
  }

  @Test(
    "an NSEC whose next name is outside the zone, or before it without being the apex",
    arguments: ["z.toast.", "a.test."])
  mutating func badNextName(next: String) throws {
    let evidence = try denialEvidence("test.", "b.test. NSEC \(next) A RRSIG NSEC")
    for name in ["b.test.", "c.test.", "a.b.test."] {
      let outcome = prover.proveNoData(name: try dname(name), type: .mx, evidence: evidence)
      #expect(
        try #require(outcome.missingSentence).contains("its next name \(next) is not behind it in test."))
    }
  }

  @Test("an NSEC whose owner is outside the zone that is said to have signed it")
  mutating func ownerOutside() throws {
    let evidence = try denialEvidence("test.", "tess. NSEC test. SOA NS RRSIG NSEC")
    #expect(prover.proveNameError(name: try dname("a.test."), evidence: evidence).missingSentence != nil)
  }

  @Test("a sound record beside useless ones still proves")
  mutating func soundBesideUseless() throws {
    let evidence = try denialEvidence(
      "test.", "b.test. NSEC z.toast. A RRSIG NSEC", "test. NSEC m.test. SOA NS RRSIG NSEC")
    #expect(prover.proveNameError(name: try dname("c.test."), evidence: evidence) == .proven)
  }
}
