@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// Holes around single RRsets: labels, copies, sections.
@Suite struct RRsetHoleTests {
  /// A response whose sections are as a test wants them.
  private func message(_ name: String, _ type: RecordType, _ parts: [(Section, AnsweredRRset)])
    -> Judging.Shown
  {
    var message = MessageBuilder(flags: 0x8400)
    message.addQuestion(domainName(name).wire, type)
    for (section, part) in parts.sorted(by: { $0.0.rawValue < $1.0.rawValue }) {
      let owner = part.rrset.owner.wire
      for rdata in part.rrset.rdata { message.addRecord(owner, part.rrset.type, in: section, rdata: rdata) }
      for rdata in part.signatures { message.addRecord(owner, .rrsig, in: section, rdata: rdata) }
    }
    message.addRecord([0], .opt, RecordClass(rawValue: 1232), in: .additional, ttl: 0x8000, rdata: [])
    return Judging.Shown(bytes: message.bytes, time: World.now, server: 2)
  }

  @Test("the labels trick (CVE-2026-44690): a wildcard above the signer's own zone is the source of nothing")
  func wildcardAboveZone() throws {
    let world = try World()
    let source = ZoneRRset(domainName("*."), .a, [ZoneRData.a(66)])
    let denials = try world.test.answer(domainName("nothere.test."), .a).authority
    for name in ["nothere.test.", "www.test.", "test."] {
      let forged = ZoneAnswer(
        kind: .wildcard, answer: [try world.signed(source, shownAs: name)], authority: denials)
      let word = try world.judge(world.test, world.say(world.test, name, .a, forged)).last
      #expect(word.security == .bogus, "\(name): \(word)")
    }
  }

  @Test(
    "the labels trick (CVE-2026-46582): an expansion is used for no name that a closer wildcard or name answers for"
  )
  func expansionReused() throws {
    let world = try World()
    world.test.add("*", .a, ZoneRData.a(66))
    world.test.add("*.sub", .a, ZoneRData.a(2))
    world.test.add("real.sub", .a, ZoneRData.a(3))
    let source = try #require(world.test.rrset(domainName("*.test."), .a))
    let denials = try ["q.test.", "q.sub.test."].flatMap {
      try world.test.answer(domainName($0), .a).authority
    }
    for name in ["q.sub.test.", "real.sub.test.", "x.real.sub.test.", "sub.test."] {
      let forged = ZoneAnswer(
        kind: .wildcard, answer: [try world.signed(source, shownAs: name)], authority: denials)
      let word = try world.judge(world.test, world.say(world.test, name, .a, forged)).last
      #expect(word.security == .bogus, "\(name): \(word)")
    }
    let honest = try world.word(on: "q.test.", .a)
    #expect(honest.security == .secure, "\(honest)")
  }

  @Test("a DNAME that was made from a wildcard leads nowhere (RFC 6672 §3.3)")
  func expandedDNAME() throws {
    let world = try World()
    world.test.add("*.w", .dname, domainName("evil.").wire)
    let source = try #require(world.test.rrset(domainName("*.w.test."), .dname))
    let cname = ZoneRRset(domainName("a.q.w.test."), .cname, [domainName("a.evil.").wire])
    let denials = try world.test.answer(domainName("q.w.test."), .a).authority
    let forged = ZoneAnswer(
      kind: .positive, answer: [try world.signed(source, shownAs: "q.w.test."), AnsweredRRset(rrset: cname)],
      authority: denials)
    let word = try world.judge(world.test, world.say(world.test, "a.q.w.test.", .a, forged)).last
    #expect(word.security == .bogus && word.ede == 6, "\(word)")
  }

  @Test(
    "part of an RRset in the additional section does not taint the answer, in whichever section its RRSIG stands"
  )
  func partialCopy() throws {
    let world = try World()
    world.test.add("www", .a, ZoneRData.a(2), ZoneRData.a(3))
    let whole = try world.test.answer(domainName("www.test."), .a).answer[0]
    var part = whole
    part.rrset.rdata.removeLast()
    let bare = AnsweredRRset(rrset: part.rrset)
    for extra in [part, bare] {
      let run = try world.judge(
        world.test, message("www.test.", .a, [(.answer, whole), (.additional, extra)]))
      #expect(run.last.security == .secure, "\(run.last)")
    }
    let apart = message(
      "www.test.", .a,
      [
        (.answer, AnsweredRRset(rrset: whole.rrset)),
        (
          .additional,
          AnsweredRRset(rrset: ZoneRRset(whole.rrset.owner, .a, []), signatures: whole.signatures)
        ),
      ])
    #expect(try world.judge(world.test, apart).last.security == .secure)
  }

  @Test("the same record twice is one record, wherever the copies stand in the section (RFC 4034 §6.3)")
  func duplicates() throws {
    let world = try World()
    world.test.add("www", .a, ZoneRData.a(2))
    for copies in [[0], [1], [0, 1], [0, 0, 0]] {
      let word = try world.word(on: "www.test.", .a) { answer in
        let rdata = answer.answer[0].rrset.rdata
        answer.answer[0].rrset.rdata = copies.map { rdata[$0] } + rdata
      }
      #expect(word.security == .secure, "\(copies): \(word)")
    }
  }

  @Test("a record smuggled into a signed RRset is bogus, and so is one taken out of it")
  func otherMembers() throws {
    let world = try World()
    world.test.add("www", .a, ZoneRData.a(2))
    #expect(
      try world.word(on: "www.test.", .a) { $0.answer[0].rrset.rdata.append(ZoneRData.a(66)) }.security
        == .bogus)
    #expect(try world.word(on: "www.test.", .a) { $0.answer[0].rrset.rdata.removeFirst() }.security == .bogus)
  }

  @Test("an RRSIG of one type vouches for no RRset of another type at the same name")
  func otherType() throws {
    let world = try World()
    world.test.add("www", .txt, ZoneRData.txt("x"))
    let text = try world.test.answer(domainName("www.test."), .txt).answer[0]
    let word = try world.word(on: "www.test.", .a) { answer in
      answer.answer[0] = AnsweredRRset(
        rrset: ZoneRRset(domainName("www.test."), .a, [ZoneRData.a(66)]),
        signatures: text.signatures.map { $0.with { ($0[0], $0[1]) = (0, 1) } })
    }
    #expect(word.security == .bogus, "\(word)")
  }
}
