@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// What the NSEC and NSEC3 of other messages are good for: they show that a name is no cut, and are mentioned.
@Suite struct ZoneDenialsTests {
  /// An answer without its RRSIGs, given by a stranger without AA after what else was seen.
  private func bare(_ world: World, _ name: String, _ type: RecordType = .a) throws -> Judging.Shown {
    let answer = try world.test.answer(domainName(name), type).stripped
    return world.say(world.test, name, type, answer).flags(clear: 0x400).with { $0.server = 77 }
  }

  /// `test.` with two names that have one more between them.
  private func world(_ denial: DenialMethod) throws -> World {
    let world = try World(denial)
    world.test.add("a.x", .a, ZoneRData.a(1))
    world.test.add("zz", .a, ZoneRData.a(2))
    return world
  }

  @Test("the NODATA of another type at the name shows that it is no cut", arguments: [0, 1])
  func otherNoData(kind: Int) throws {
    let world = try world(kind == 0 ? .nsec : .nsec3())
    let run = try world.judge(world.test, world.ask(world.test, "zz.test.", .txt), bare(world, "zz.test."))
    #expect(run.last.security == .bogus && run.last.ede == 10, "\(run.last)")
    // An NSEC at the name is signed data there; an NSEC3 is not.
    #expect(run.last.reason.contains(kind == 0 ? "signed other data" : "no zone cut"))
  }

  @Test("an empty non-terminal above the name is no cut either, and every name on the way counts")
  func emptyNonTerminal() throws {
    let world = try world(.nsec)
    let at = try world.ask(world.test, "a.x.test.", .txt), above = try world.ask(world.test, "x.test.", .txt)
    #expect(try world.judge(world.test, above, at, bare(world, "a.x.test.")).last.security == .bogus)
    let alone = try world.judge(world.test, bare(world, "a.x.test.")).last
    #expect(alone.security == .indeterminate)
    #expect(
      alone.reason.contains("ask: x.test. DS +dnssec"), "the first name that may be a cut is to be asked")
  }

  @Test("an opt-out span shows nothing: a cut may hide in it")
  func optOut() throws {
    let world = try World(.nsec3(optOut: true))
    let forged = ZoneAnswer(
      kind: .positive,
      answer: [AnsweredRRset(rrset: ZoneRRset(domainName("new.test."), .a, [ZoneRData.a(1)]), signatures: [])]
    )
    let shown = world.say(world.test, "new.test.", .a, forged).flags(clear: 0x400).with { $0.server = 77 }
    let absence = try world.ask(world.test, "new.test.", .txt)
    let open = try world.judge(world.test, absence, shown).last
    #expect(open.security == .indeterminate, "\(open)")
    let strict = try World(.nsec3())
    let absent = try strict.ask(strict.test, "new.test.", .txt)
    #expect(try strict.judge(strict.test, absent, shown).last.security == .bogus)
  }

  @Test("a denial without its records is bogus, and the reason tells that others hold the proof")
  func mention() throws {
    let world = try world(.nsec), proven = try world.ask(world.test, "none.test.", .a)
    let stripped = world.say(
      world.test, "none.test.", .a, try world.test.answer(domainName("none.test."), .a).stripped)
    let run = try world.judge(world.test, proven, stripped)
    #expect(run.verdict(run.judgements.count - 2).security == .secure)
    #expect(run.last.security == .bogus && run.last.ede == 10)
    #expect(run.last.reason.contains("records in other messages"), "\(run.last)")
    let alone = try world.judge(world.test, stripped).last
    #expect(alone.security == .bogus && !alone.reason.contains("records in other messages"))
  }

  @Test("what nobody's key signed is no record of the zone, however many there are")
  func forgedRecords() throws {
    let world = try world(.nsec)
    let forged = (0..<40).map { index -> Judging.Shown in
      let data = domainName("zzz\(index).test.").wire + ZoneRData.typeBitmap([.a, .rrsig, .nsec])
      let rrset = ZoneRRset(domainName("zz.test."), .nsec, [data])
      var signed = (try? world.test.signed(rrset)) ?? AnsweredRRset(rrset: rrset)
      signed.rrset.rdata = [domainName("zzy\(index).test.").wire + ZoneRData.typeBitmap([.a, .rrsig, .nsec])]
      return world.say(
        world.test, "other.test.", .a, ZoneAnswer(kind: .noData, authority: [signed])
      ).with { $0.server = 66 }
    }
    let run = try Judging(
      try world.chain(to: world.test) + forged + [bare(world, "zz.test.")], anchors: world.anchor)
    #expect(run.last.security == .indeterminate, "\(run.last)")
  }
}
