import DNSSEC
import DNSWire
import Findings
import TestSupport
import Testing

/// What is left out of delegations, and what zones tell their parents.
@Suite struct DelegationRuleTests {
  /// A referral to `test.` with neither DS nor proof.
  private func naked(_ talk: AuthorityTalk) throws -> ZoneAnswer {
    var referral = try talk.tree.root.answer(domainName("www.test."), .a)
    referral.authority = referral.authority.filter { $0.rrset.type == .ns }
    return referral
  }

  @Test(
    "a referral without DS is low, silent when the DS is asked for next, and a downgrade before unsigned data"
  )
  func dsStripped() throws {
    for (next, severities) in [("", [Severity.low]), ("ds", []), ("unsigned", [.medium])] {
      var talk = try AuthorityTalk()
      try talk.learnKeys()
      let root = talk.tree.address(of: talk.tree.root)
      talk.wait(60)
      talk.ask("www.test.", .a, [try naked(talk)], from: root)
      if next == "ds" { try talk.ask("test.", .ds) }
      if next == "unsigned" { talk.ask("www.test.", .a, [try talk.bare("www.test.", 66)]) }
      let found = try talk.run().findings(.dsStripped)
      #expect(found.map { $0.severity >= .medium } == severities.map { $0 >= .medium }, "\(next)")
    }
  }

  @Test(
    "a zone whose DS name two algorithms and that signs with the weaker alone is told of, with the stronger it is not"
  )
  func algorithms() throws {
    for (other, count) in [(UInt8(15), 1), (8, 0)] {
      var talk = try AuthorityTalk()
      talk.tree.root.add(domainName("test."), .ds, [0x12, 0x34, other, 2] + [UInt8](repeating: 7, count: 32))
      try talk.learnKeys()
      try talk.ask("www.test.")
      let found = try talk.run().findings(.algorithmDowngrade)
      #expect(found.count == count && found.allSatisfy { $0.severity == .low })
    }
  }

  @Test(
    "CDS and CDNSKEY that name different keys, or none of the zone, do not fit; those that name its key do")
  func cds() throws {
    let cds = RecordType(rawValue: 59), cdnskey = RecordType(rawValue: 60)
    for (isForeign, hasBoth) in [(true, true), (true, false), (false, true)] {
      var talk = try AuthorityTalk()
      let ds = try #require(talk.zone.ds), key = try #require(talk.zone.keys.first)
      talk.zone.add(talk.zone.apex, cds, isForeign ? [ds[0] ^ 1] + ds[1...] : ds)
      if hasBoth { talk.zone.add(talk.zone.apex, cdnskey, key.rdata) }
      try talk.learnKeys()
      try talk.ask("test.", cds)
      if hasBoth { try talk.ask("test.", cdnskey) }
      #expect(try talk.run().findings(.cdsInconsistent).map(\.severity) == (isForeign ? [.low] : []))
    }
  }
}
