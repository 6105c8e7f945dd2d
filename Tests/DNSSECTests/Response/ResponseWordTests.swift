@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// What counts for the word on a response, and the kinds of response that get none.
@Suite struct ResponseWordTests {
  /// A response with nothing but header and question.
  private func empty(_ flags: UInt16, _ type: RecordType = .a, _ recordClass: RecordClass = .in)
    -> Judging.Shown
  {
    var message = MessageBuilder(flags: 0x8000 | flags)
    message.addQuestion(domainName("www.test.").wire, type, recordClass)
    return Judging.Shown(bytes: message.bytes, time: World.now, server: 2)
  }

  @Test(
    "error codes are indeterminate without a code, and no unsigned answers",
    arguments: [1, 2, 4, 5, 9] as [UInt16])
  func errors(code: UInt16) throws {
    let world = try World()
    let run = try world.judge(world.test, empty(code))
    #expect(run.last.security == .indeterminate && run.last.ede == nil)
    #expect(run.judgements.last?.unsigned == .none)
  }

  @Test("an error without a question is an error first; NOERROR without one is indeterminate with code 5")
  func noQuestion() throws {
    let world = try World()
    let refused = Judging.Shown(bytes: MessageBuilder(flags: 0x8005).bytes, time: World.now)
    let bare = Judging.Shown(bytes: MessageBuilder(flags: 0x8000).bytes, time: World.now)
    let run = try Judging([refused, bare], anchors: world.anchor)
    #expect(run.verdict(0).ede == nil && run.verdict(1).ede == 5)
    #expect(run.judgements.allSatisfy { $0.verdict.security == .indeterminate })
  }

  @Test("other classes, transfers and questions for RRSIG are indeterminate and no unsigned answers")
  func unjudged() throws {
    let world = try World()
    let chaos = empty(0x400, .txt, RecordClass(rawValue: 3))
    for shown in [chaos, empty(0x400, .axfr), empty(0x400, .ixfr), empty(0x400, .rrsig)] {
      let run = try world.judge(world.test, shown)
      #expect(run.last.security == .indeterminate && run.last.ede == 5)
      #expect(run.judgements.last?.unsigned == .none)
    }
  }

  @Test("records of class CH are no evidence: they neither vouch for keys nor break them")
  func chaosKeys() throws {
    let world = try World(), key = world.test.keys[0]
    var message = MessageBuilder(flags: 0x8400)
    message.addQuestion(domainName("test.").wire, .dnskey, RecordClass(rawValue: 3))
    message.addRecord(domainName("test.").wire, .dnskey, RecordClass(rawValue: 3), rdata: key.rdata)
    let chaos = Judging.Shown(bytes: message.bytes, time: World.now, server: 2)
    let upper = try Array(world.chain(to: world.test).dropLast())
    let run = try Judging(upper + [chaos, world.ask(world.test, "www.test.", .a)], anchors: world.anchor)
    #expect(run.last.security == .indeterminate)
    #expect(run.rrsets(.a).first?.signatures == [.keyNotSeen])
  }

  @Test("AD, CD and RA never change the word", arguments: [0x20, 0x10, 0x80, 0xb0] as [UInt16])
  func flags(bits: UInt16) throws {
    let world = try World()
    let good = try world.ask(world.test, "www.test.", .a)
    let bad = try world.say(
      world.test, "www.test.", .a, world.test.answer(domainName("www.test."), .a).stripped)
    #expect(try world.judge(world.test, good.flags(set: bits)).last.security == .secure)
    #expect(try world.judge(world.test, bad.flags(set: bits)).last.security == .bogus)
  }

  @Test("the worst RRset of the answer section counts, and none of the additional section")
  func sections() throws {
    let world = try World()
    world.test.add("mail", .a, ZoneRData.a(4))
    let good = try world.test.answer(domainName("www.test."), .a)
    let other = try world.test.answer(domainName("mail.test."), .a).answer[0]
    var spoiled = other
    spoiled.rrset.rdata = [ZoneRData.a(66)]
    let withBad = good.with { $0.answer.append(spoiled) }
    #expect(
      try world.judge(world.test, world.say(world.test, "www.test.", .a, withBad)).last.security == .bogus)
    var message = MessageBuilder(flags: 0x8400)
    message.addQuestion(domainName("www.test.").wire, .a)
    for rdata in good.answer[0].rrset.rdata {
      message.addRecord(domainName("www.test.").wire, .a, rdata: rdata)
    }
    for rdata in good.answer[0].signatures {
      message.addRecord(domainName("www.test.").wire, .rrsig, rdata: rdata)
    }
    for (section, rdata) in [(Section.additional, [192, 0, 2, 66] as [UInt8])] {
      message.addRecord(domainName("mail.test.").wire, .a, in: section, rdata: rdata)
      message.addRecord(domainName("mail.test.").wire, .rrsig, in: section, rdata: other.signatures[0])
    }
    let run = try world.judge(world.test, Judging.Shown(bytes: message.bytes, time: World.now, server: 2))
    #expect(run.last.security == .secure)
    #expect(run.rrsets(.a).map(\.verdict.security) == [.secure, .bogus])
  }

  @Test("ANY: every RRset that is there must validate; an empty answer needs its denial")
  func any() throws {
    let world = try World()
    world.test.add("www", .txt, ZoneRData.txt("x"))
    let parts = try [RecordType.a, .txt].map { try world.test.answer(domainName("www.test."), $0).answer[0] }
    let all = ZoneAnswer(kind: .positive, answer: parts)
    #expect(
      try world.judge(world.test, world.say(world.test, "www.test.", .any, all)).last.security == .secure)
    let one = all.with { $0.answer[1].signatures = [] }
    let bare = try world.judge(world.test, world.say(world.test, "www.test.", .any, one)).last
    #expect(bare.security == .bogus && bare.ede == 10)
    let none = try world.judge(world.test, world.ask(world.test, "none.test.", .any)).last
    #expect(none.security == .secure)
    let stripped = try world.test.answer(domainName("none.test."), .any).stripped
    let unproven = try world.judge(world.test, world.say(world.test, "none.test.", .any, stripped)).last
    #expect(unproven.security == .bogus && unproven.ede == 10)
  }

  @Test("every SOA beside a denial counts: a forged one is not hidden behind the genuine one")
  func forgedSOA() throws {
    let world = try World(), genuine = try world.test.answer(domainName("none.test."), .a)
    for owner in ["test.", "sub.test.", "evil."] {
      let rrset = ZoneRRset(domainName(owner), .soa, [ZoneRData.soa(domainName(owner), serial: 66)])
      let forged = genuine.with { $0.authority.append(AnsweredRRset(rrset: rrset, signatures: [])) }
      let last = try world.judge(world.test, world.say(world.test, "none.test.", .a, forged)).last
      #expect(last.security > .insecure, "\(owner): \(last)")
    }
  }

  @Test("NXDOMAIN is bogus with code 6 where the proof shows the name, or a wildcard that answers for it")
  func wrongNameError() throws {
    for denial in [DenialMethod.nsec, .nsec3()] {
      let world = try World(denial)
      world.test.add("*.w", .txt, ZoneRData.txt("x"))
      world.test.add("a.ent", .a, ZoneRData.a(1))
      for name in ["www.test.", "q.w.test.", "ent.test."] {
        let noData = try world.test.answer(domainName(name), .aaaa)
        #expect(
          try world.judge(world.test, world.say(world.test, name, .aaaa, noData)).last.security == .secure)
        let wrong = world.say(world.test, name, .aaaa, noData.with { $0.rcode = .nxDomain })
        let last = try world.judge(world.test, wrong).last
        #expect(last.security == .bogus && last.ede == 6, "\(name): \(last)")
      }
    }
  }

  @Test(
    "data at another name than the one asked for answer nothing, whatever the type",
    arguments: [
      RecordType.a, .cname, .any,
    ])
  func otherName(type: RecordType) throws {
    let world = try World()
    world.test.add(
      "other", type == .cname ? .cname : .a, type == .cname ? domainName("www.test.").wire : ZoneRData.a(3))
    let other = try world.test.answer(domainName("other.test."), type == .cname ? .cname : .a)
    let run = try world.judge(world.test, world.say(world.test, "www.test.", type, other))
    #expect(run.last.security == .bogus && run.last.ede == 12)
  }

  @Test("an empty answer with a sound denial is secure, one with the SOA's signature broken is bogus")
  func soa() throws {
    let world = try World()
    let sound = try world.test.answer(domainName("none.test."), .a)
    #expect(
      try world.judge(world.test, world.say(world.test, "none.test.", .a, sound)).last.security == .secure)
    let index = try #require(sound.authority.firstIndex { $0.rrset.type == .soa })
    let broken = sound.with { $0.authority[index].rrset.rdata[0][4] ^= 1 }
    #expect(
      try world.judge(world.test, world.say(world.test, "none.test.", .a, broken)).last.security == .bogus)
    let without = sound.with { $0.authority.remove(at: index) }
    #expect(
      try world.judge(world.test, world.say(world.test, "none.test.", .a, without)).last.security == .secure)
    let bare = sound.with { $0.authority[index].signatures = [] }
    let unsigned = try world.judge(world.test, world.say(world.test, "none.test.", .a, bare)).last
    #expect(unsigned.security == .bogus && unsigned.ede == 10)
  }
}
