@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// CNAME and DNAME (RFC 1034 §3.6.2, RFC 6672).
@Suite struct AliasTests {
  /// A world in which `a.test.` leads to `www.test.`, and everything below `d.test.` to below `test.`.
  private func world() throws -> World {
    let world = try World()
    world.test.add("a", .cname, domainName("www.test.").wire)
    world.test.add("d", .dname, domainName("test.").wire)
    return world
  }

  /// The word on an answer after a change.
  private func verdict(
    _ world: World, _ name: String, _ type: RecordType = .a,
    _ change: (inout ZoneAnswer) throws -> Void = { _ in }
  ) throws -> Judging {
    let answer = try world.test.answer(domainName(name), type).with(change)
    return try world.judge(world.test, world.say(world.test, name, type, answer))
  }

  @Test("each hop is judged and the whole is the worst of them")
  func hops() throws {
    let world = try world()
    #expect(try verdict(world, "a.test.").last.security == .secure)
    #expect(
      try verdict(world, "a.test.") { $0.answer[0].rrset.rdata = [domainName("evil.test.").wire] }.last
        .security == .bogus)
    #expect(
      try verdict(world, "a.test.") { $0.answer[1].rrset.rdata = [ZoneRData.a(66)] }.last.security == .bogus)
  }

  @Test("of several faults the one nearest to the anchor is the cause, whatever the order of the hops")
  func rootCause() throws {
    let world = try World(), child = try world.tree.add("child.test.", .init(13))
    child.add("www", .a, ZoneRData.a(7))
    world.test.add("c", .cname, domainName("www.child.test.").wire)
    let other = try SignedZone(child.apex, .init(13), World.period, seed: 99)
    let keys = world.say(child, "child.test.", .dnskey, try other.answer(child.apex, .dnskey))
    let hop = try world.test.answer(domainName("c.test."), .cname).answer[0]
    let data = try child.answer(domainName("www.child.test."), .a).answer[0]
    let broken = ZoneAnswer(kind: .positive, answer: [hop, data])
    for (answer, code) in [(broken, UInt16(9)), (broken.with { $0.answer[0].signatures[0][20] ^= 1 }, 9)] {
      for order in [answer, answer.with { $0.answer.reverse() }] {
        let shown = try [world.ask(world.test, "www.child.test.", .a), keys]
        let run = try Judging(
          try world.chain(to: world.test) + shown + [world.say(world.test, "c.test.", .a, order)],
          anchors: world.anchor)
        #expect(run.last.security == .bogus && run.last.ede == code, "\(run.last)")
      }
    }
  }

  @Test(
    "a chain of more aliases than are followed is indeterminate and says so; a fault in it is bogus still")
  func tooMany() throws {
    let world = try World()
    for index in 0..<14 { world.test.add("h\(index)", .cname, domainName("h\(index + 1).test.").wire) }
    world.test.add("h14", .a, ZoneRData.a(1))
    var hops = try (0..<14).map { try world.test.answer(domainName("h\($0).test."), .cname).answer[0] }
    hops += try world.test.answer(domainName("h14.test."), .a).answer
    let chain = ZoneAnswer(kind: .positive, answer: hops)
    let last = try world.judge(world.test, world.say(world.test, "h0.test.", .a, chain)).last
    #expect(last.security == .indeterminate && last.reason.contains("alias-hops"), "\(last)")
    let near = world.say(world.test, "h4.test.", .a, chain.with { $0.answer.removeFirst(4) })
    #expect(try world.judge(world.test, near).last.security == .secure)
    let broken = world.say(
      world.test, "h0.test.", .a, chain.with { $0.answer[14].rrset.rdata = [ZoneRData.a(9)] })
    #expect(try world.judge(world.test, broken).last.security == .bogus)
  }

  @Test("the order within the answer does not matter")
  func order() throws {
    let world = try world()
    #expect(try verdict(world, "a.test.") { $0.answer.reverse() }.last.security == .secure)
    #expect(try verdict(world, "www.d.test.") { $0.answer.reverse() }.last.security == .secure)
  }

  @Test("a chain of aliases that loops ends")
  func loop() throws {
    let world = try World()
    world.test.add("x", .cname, domainName("y.test.").wire)
    world.test.add("y", .cname, domainName("x.test.").wire)
    let answer = ZoneAnswer(
      kind: .positive,
      answer: try ["x", "y"].map { try world.test.answer(domainName("\($0).test."), .cname).answer[0] })
    let run = try world.judge(world.test, world.say(world.test, "x.test.", .a, answer))
    #expect(run.last.security == .secure)
  }

  @Test("a signed CNAME that leads to itself is what the zone says: secure")
  func selfLoop() throws {
    let world = try World()
    world.test.add("l", .cname, domainName("l.test.").wire)
    let cname = try world.test.answer(domainName("l.test."), .cname).answer[0]
    let answer = ZoneAnswer(kind: .positive, answer: [cname])
    let run = try world.judge(world.test, world.say(world.test, "l.test.", .a, answer))
    #expect(run.last.security == .secure, "\(run.last)")
  }

  @Test("a CNAME that the DNAME yields needs no RRSIG and has the DNAME's word")
  func synthesis() throws {
    let world = try world()
    let run = try verdict(world, "www.d.test.")
    #expect(run.last.security == .secure)
    #expect(run.rrsets(.cname).map(\.verdict.security) == [.secure])
    let broken = try verdict(world, "www.d.test.") { $0.answer[0].signatures[0][40] ^= 1 }
    #expect(broken.last.security == .bogus)
    #expect(broken.rrsets(.cname).map(\.verdict.security) == [.bogus])
  }

  @Test("a CNAME that contradicts the DNAME is bogus with code 6")
  func contradiction() throws {
    let world = try world()
    let run = try verdict(world, "www.d.test.") { $0.answer[1].rrset.rdata = [domainName("evil.test.").wire] }
    #expect(run.last.security == .bogus && run.last.ede == 6)
  }

  @Test("a second record beside the CNAME that the DNAME yields is smuggled in: bogus, wherever it sorts")
  func smuggled() throws {
    let world = try world()
    for evil in ["a.", "zzz.test."] {
      let run = try verdict(world, "www.d.test.") { $0.answer[1].rrset.rdata.append(domainName(evil).wire) }
      #expect(run.last.security == .bogus && run.last.ede == 6, "\(evil)")
    }
  }

  @Test("an unsigned CNAME in place of the one that the DNAME yields is bogus")
  func inPlace() throws {
    let world = try world()
    let run = try verdict(world, "www.d.test.") { $0.answer[1].rrset.owner = domainName("elsewhere.") }
    #expect(run.last.security == .bogus)
  }

  @Test("a DNAME that was expanded from a wildcard is bogus (RFC 6672 §3.3)")
  func wildcardDNAME() throws {
    let world = try World()
    world.test.add("*.w", .dname, domainName("test.").wire)
    let source = try world.test.answer(domainName("*.w.test."), .dname).answer[0]
    var expanded = source
    expanded.rrset.owner = domainName("q.w.test.")
    let answer = ZoneAnswer(
      kind: .wildcard, answer: [expanded],
      authority: try world.test.answer(domainName("q.w.test."), .a).authority)
    let run = try world.judge(world.test, world.say(world.test, "q.w.test.", .dname, answer))
    #expect(run.last.security == .bogus && run.last.ede == 6)
  }

  @Test("YXDOMAIN has the word of the DNAME that makes the name too long, and needs no denial")
  func tooLong() throws {
    let world = try World()
    let long = String(repeating: "x", count: 60),
      target = [long, long, long, long].joined(separator: ".") + "."
    world.test.add("e", .dname, domainName(target).wire)
    let dname = try world.test.answer(domainName("e.test."), .dname).answer[0]
    let answer = ZoneAnswer(kind: .positive, rcode: .yxDomain, answer: [dname])
    let name = "\(long).e.test."
    #expect(try world.judge(world.test, world.say(world.test, name, .a, answer)).last.security == .secure)
    let unsigned = try world.judge(world.test, world.say(world.test, name, .a, answer.stripped)).last
    #expect(unsigned.security == .bogus && unsigned.ede == 10)
    let bare = try world.judge(
      world.test, world.say(world.test, name, .a, ZoneAnswer(kind: .positive, rcode: .yxDomain))
    ).last
    #expect(bare.security == .indeterminate && bare.ede == nil)
  }

  @Test("YXDOMAIN beside a CNAME, or beside data, is an error that nothing proves: bogus with code 12")
  func needlessYXDOMAIN() throws {
    let world = try world()
    for (name, type) in [
      ("a.test.", RecordType.a), ("a.test.", .cname), ("www.test.", .a), ("www.d.test.", .a),
    ] {
      let run = try verdict(world, name, type) { $0.rcode = .yxDomain }
      #expect(run.last.security == .bogus && run.last.ede == 12, "\(name) \(type.rawValue): \(run.last)")
    }
  }

  @Test("NXDOMAIN beside the data that it denies is bogus with code 12, and NOERROR is secure")
  func contradictedNameError() throws {
    let world = try world()
    for name in ["www.test.", "a.test.", "www.d.test."] {
      #expect(try verdict(world, name).last.security == .secure)
      let run = try verdict(world, name) { $0.rcode = .nxDomain }
      #expect(run.last.security == .bogus && run.last.ede == 12, "\(name): \(run.last)")
    }
  }

  @Test(
    "signed data of another name answer nothing: bogus with code 12",
    arguments: [RecordType.any, .cname, .dname, .a])
  func otherName(type: RecordType) throws {
    let world = try world()
    world.test.add("bank", .txt, ZoneRData.txt("x"))
    let shown = try world.ask(world.test, "bank.test.", .txt)
    for (name, other) in [("www.test.", RecordType.a), ("d.test.", .dname), ("a.test.", .cname)] {
      let answer = try world.test.answer(domainName(name), other).with { $0.answer = [$0.answer[0]] }
      let run = try world.judge(world.test, shown, world.say(world.test, "bank.test.", type, answer))
      #expect(run.last.security == .bogus && run.last.ede == 12, "\(name): \(run.last)")
    }
  }

  @Test("signed data of another type answer no question for CNAME or DNAME, but one for ANY")
  func otherType() throws {
    let world = try world()
    let answer = try world.test.answer(domainName("www.test."), .a)
    for (type, word) in [(RecordType.any, SecurityStatus.secure), (.cname, .bogus), (.dname, .bogus)] {
      let run = try world.judge(world.test, world.say(world.test, "www.test.", type, answer))
      #expect(run.last.security == word, "\(type.rawValue): \(run.last)")
    }
  }

  @Test("the denial at the end of a chain is proved in the zone that it leads to")
  func closing() throws {
    let world = try World(), other = try world.tree.add("other.", .init(13))
    world.test.add("out", .cname, domainName("none.other.").wire)
    let first = try world.test.answer(domainName("out.test."), .a).answer[0]
    let denial = try other.answer(domainName("none.other."), .a)
    let answer = denial.with { $0.answer = [first] }
    let chain = try world.chain(to: world.test) + world.chain(to: other)
    let run = try Judging(chain + [world.say(world.test, "out.test.", .a, answer)], anchors: world.anchor)
    #expect(run.last.security == .secure)
    let foreign = try world.test.answer(domainName("none.test."), .a).with { $0.answer = [first] }
    let wrong = try Judging(chain + [world.say(world.test, "out.test.", .a, foreign)], anchors: world.anchor)
    #expect(wrong.last.security == .bogus)
  }

  @Test("a CNAME into a zone that is proven insecure makes the whole insecure")
  func intoInsecure() throws {
    let world = try World(), child = try world.tree.add("child.test.", nil)
    child.add("www", .a, ZoneRData.a(7))
    world.test.add("in", .cname, domainName("www.child.test.").wire)
    let answer = try world.test.answer(domainName("in.test."), .a).with {
      $0.answer = Array($0.answer.prefix(1)) + (try child.answer(domainName("www.child.test."), .a).answer)
      $0.authority = []
    }
    let run = try Judging(
      try world.chain(to: world.test) + [
        world.ask(world.test, "child.test.", .ns), world.say(world.test, "in.test.", .a, answer),
      ], anchors: world.anchor)
    #expect(run.last.security == .insecure)
  }

  @Test("thousands of aliases in one message cost milliseconds")
  func manyAliases() throws {
    var message = MessageBuilder(flags: 0x8400)
    message.addQuestion(domainName("a.").wire, .a)
    for index in 0..<2_000 {
      let owner = [2, UInt8(index >> 8), UInt8(index & 255), 0] as [UInt8]
      message.addRecord(owner, .dname, rdata: [1, 0x62, 0])
      message.addRecord([1, 0x61] + owner, .cname, rdata: [1, 0x63, 0])
    }
    let shown = Judging.Shown(bytes: message.bytes, time: World.now)
    let clock = ContinuousClock(), start = clock.now
    _ = try Judging([shown], anchors: World().anchor)
    #expect(clock.now - start < .seconds(10), "in a debug build on a busy machine")
  }
}
