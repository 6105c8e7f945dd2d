@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// When data without RRSIGs, or a missing denial, are bogus: only when the capture shows the name inside a secure zone.
@Suite struct UnsignedDataTests {
  /// An answer without its RRSIGs, given by a stranger without AA after what else was seen.
  private func strangers(
    _ world: World, _ name: String, _ type: RecordType = .a, after more: [Judging.Shown] = [],
    do dnssecOK: Bool = true
  )
    throws -> Judging
  {
    let answer = try world.test.answer(domainName(name), type).stripped
    let shown = world.say(world.test, name, type, answer, do: dnssecOK).flags(clear: 0x400).with {
      $0.server = 77
    }
    return try Judging(try world.chain(to: world.test) + more + [shown], anchors: world.anchor)
  }

  @Test("nothing shows that the name is inside: indeterminate with code 5, naming the DS question")
  func unknown() throws {
    let run = try strangers(World(), "www.test.")
    #expect(run.last.security == .indeterminate && run.last.ede == 5)
    #expect(run.last.reason.contains("ask: www.test. DS"))
    #expect(run.judgements.last?.unsigned == .unknown)
  }

  @Test("(a) the name is the apex: bogus with 10, for data and for a denial without any RRSIG")
  func apex() throws {
    let world = try World()
    let soa = try strangers(world, "test.", .soa).last, none = try strangers(world, "test.", .txt).last
    #expect(soa.security == .bogus && soa.ede == 10 && soa.reason.contains("is the apex of the secure zone"))
    #expect(none.security == .bogus && none.ede == 10)
  }

  @Test("(b) the zone signed another RRset at the name")
  func signedSibling() throws {
    let world = try World()
    world.test.add("www", .txt, ZoneRData.txt("x"))
    let last = try strangers(world, "www.test.", after: [world.ask(world.test, "www.test.", .txt)]).last
    #expect(last.security == .bogus && last.ede == 10)
  }

  @Test("(b) what the parent has at a cut shows nothing: DS, and the NSEC of the delegation")
  func cutRecords() throws {
    let world = try World(), child = try world.tree.add("child.test.", .init(13))
    child.add("child", .a, ZoneRData.a(1))
    child.add(child.apex, .a, [ZoneRData.a(5)])
    let bare = world.say(child, "child.test.", .a, try child.answer(child.apex, .a).stripped).flags(
      clear: 0x400
    )
    .with { $0.server = 77 }
    let run = try Judging(
      try world.chain(to: world.test) + [world.ask(world.test, "child.test.", .ds), bare],
      anchors: world.anchor)
    #expect(run.last.security == .indeterminate, "\(run.last)")
  }

  @Test("(b) nor does an NSEC3: its owner is a hash, and no name of the zone")
  func hashedOwner() throws {
    let world = try World(.nsec3())
    let denial = try world.test.answer(domainName("www.test."), .txt)
    let owner = try #require(denial.authority.first { $0.rrset.type == .nsec3 }).rrset.owner
    let forged = ZoneAnswer(
      kind: .positive,
      answer: [AnsweredRRset(rrset: ZoneRRset(owner, .a, [ZoneRData.a(1)]), signatures: [])])
    let shown = world.say(world.test, "\(owner)", .a, forged).flags(clear: 0x400).with { $0.server = 77 }
    let last = try world.judge(world.test, world.ask(world.test, "www.test.", .txt), shown).last
    #expect(!last.reason.contains("signed other data"), "\(last)")
    #expect(last.security > .insecure)
  }

  @Test(
    "(b) nor does a DS whose signature has ended: that it was signed makes its owner no name of the zone above"
  )
  func endedDS() throws {
    let world = try World(), child = try world.tree.add("child.test.", nil)
    child.add(child.apex, .a, [ZoneRData.a(5)])
    let ds = ZoneRRset(child.apex, .ds, [[0, 1, 13, 2] + [UInt8](repeating: 1, count: 32)])
    let short = ValidityPeriod(World.period.inception, UInt32(World.now + 1000))
    let signature = try world.test.keys[0].sign(ds, signer: world.test.apex, short)
    let shown = ZoneAnswer(kind: .positive, answer: [AnsweredRRset(rrset: ds, signatures: [signature])])
    let bare = world.say(
      child, "child.test.", .a, try child.answer(child.apex, .a), at: World.now + 5000)
    let run = try world.judge(world.test, world.say(world.test, "child.test.", .ds, shown), bare)
    #expect(run.last.security == .indeterminate, "\(run.last)")
  }

  @Test("(b) what the zone signed at the name for another time shows nothing")
  func signedBefore() throws {
    let world = try World(), key = world.test.keys[0]
    world.test.add("www", .txt, ZoneRData.txt("x"))
    let past = ValidityPeriod(UInt32(World.now - 864_000), UInt32(World.now - 86_400))
    let rrset = ZoneRRset(domainName("www.test."), .txt, [ZoneRData.txt("x")])
    let old = AnsweredRRset(
      rrset: rrset, signatures: [try key.sign(rrset, signer: world.test.apex, past)])
    let shown = world.say(
      world.test, "www.test.", .txt, ZoneAnswer(kind: .positive, answer: [old]), at: World.now - 172_800)
    let last = try strangers(world, "www.test.", after: [shown]).last
    #expect(last.security == .indeterminate, "\(last)")
  }

  @Test("(b) an RRset made from a wildcard is not signed at the name")
  func wildcard() throws {
    let world = try World()
    world.test.add("*.w", .txt, ZoneRData.txt("x"))
    world.test.add("*.w", .a, ZoneRData.a(1))
    let run = try strangers(world, "q.w.test.", after: [world.ask(world.test, "q.w.test.", .txt)])
    #expect(run.last.security == .indeterminate)
  }

  @Test("(c) the zone signed a DNAME above the name")
  func dname() throws {
    let world = try World()
    world.test.add("d", .dname, domainName("elsewhere.").wire)
    let answer = ZoneAnswer(
      kind: .positive,
      answer: [AnsweredRRset(rrset: ZoneRRset(domainName("x.d.test."), .a, [ZoneRData.a(1)]), signatures: [])]
    )
    let shown = world.say(world.test, "x.d.test.", .a, answer).flags(clear: 0x400).with { $0.server = 77 }
    let run = try Judging(
      try world.chain(to: world.test) + [world.ask(world.test, "y.d.test.", .a), shown], anchors: world.anchor
    )
    #expect(run.last.security == .bogus && run.last.ede == 10)
  }

  @Test("(d) secure denials show that no name down to it is a cut", arguments: [0, 1])
  func deniedCuts(kind: Int) throws {
    let world = try World(kind == 0 ? .nsec : .nsec3())
    let last = try strangers(world, "www.test.", after: [world.ask(world.test, "www.test.", .ds)]).last
    #expect(last.security == .bogus && last.ede == 10)
  }

  @Test("(d) every name on the way counts: one that is not denied leaves the question open")
  func gap() throws {
    let world = try World(.nsec3())
    world.test.add("x.y", .a, ZoneRData.a(1))
    let below = try world.ask(world.test, "x.y.test.", .ds), above = try world.ask(world.test, "y.test.", .ds)
    #expect(try strangers(world, "x.y.test.", after: [below]).last.security == .indeterminate)
    #expect(try strangers(world, "x.y.test.", after: [below, above]).last.security == .bogus)
  }

  @Test("(e) a server that is known to serve the zone gave it with AA")
  func authoritative() throws {
    let world = try World()
    let bare = world.say(
      world.test, "www.test.", .a, try world.test.answer(domainName("www.test."), .a).stripped)
    let last = try world.judge(world.test, bare).last
    #expect(last.security == .bogus && last.ede == 10)
    #expect(try world.judge(world.test, bare.with { $0.server = 77 }).last.security == .indeterminate)
    #expect(try world.judge(world.test, bare.flags(clear: 0x400)).last.security == .indeterminate)
  }

  @Test("(e) a sign of a cut between leaves it open", arguments: [RecordType.ns, .soa, .dnskey, .ds])
  func signOfCut(type: RecordType) throws {
    let world = try World(), child = try world.tree.add("child.test.", nil, isSecure: false)
    child.add("www", .a, ZoneRData.a(7))
    let rdata: [RecordType: [UInt8]] = [
      .ns: domainName("ns.child.test.").wire, .soa: ZoneRData.soa(child.apex, serial: 1),
      .dnskey: [1, 0, 3, 13] + [UInt8](repeating: 1, count: 64),
      .ds: [0, 1, 13, 2] + [UInt8](repeating: 1, count: 32),
    ]
    let rrset = ZoneRRset(child.apex, type, [try #require(rdata[type])])
    let sign = world.say(
      child, "child.test.", .a,
      ZoneAnswer(kind: .positive, authority: [AnsweredRRset(rrset: rrset, signatures: [])])
    ).with { $0.queryDO = false }
    let bare = try world.ask(child, "www.child.test.", .a).with { $0.server = world.server(world.test) }
    #expect(try world.judge(world.test, bare).last.security == .bogus)
    #expect(try world.judge(world.test, sign.flags(clear: 0x400), bare).last.security == .indeterminate)
  }

  @Test("the resolver's own upstream exchange decides for what it passed on")
  func forwarded() throws {
    let world = try World()
    let bare = world.say(
      world.test, "www.test.", .a, try world.test.answer(domainName("www.test."), .a).stripped)
    #expect(try strangers(world, "www.test.", after: [bare]).last.security == .bogus)
  }

  @Test("signatures that nobody asked for are not due: indeterminate without a code, never bogus")
  func notRequested() throws {
    let world = try World()
    for name in ["www.test.", "test.", "none.test."] {
      let run = try world.judge(world.test, world.ask(world.test, name, .a, do: false))
      #expect(
        run.last.security == .indeterminate && run.last.ede == nil
          && run.judgements.last?.unsigned == .notRequested, "\(name)")
    }
    let unseen = try world.ask(world.test, "www.test.", .a, do: false).with { $0.queryDO = nil }
    #expect(try world.judge(world.test, unseen).last.ede == nil)
  }

  @Test("RRSIGs that are there are judged, whatever DO says")
  func judgedWithoutDO() throws {
    let world = try World()
    let good = try world.ask(world.test, "www.test.", .a).with { $0.queryDO = false }
    #expect(try world.judge(world.test, good).last.security == .secure)
    let bad = try world.test.answer(domainName("www.test."), .a).with {
      $0.answer[0].rrset.rdata = [ZoneRData.a(9)]
    }
    let forged = world.say(world.test, "www.test.", .a, bad).with { $0.queryDO = false }
    #expect(try world.judge(world.test, forged).last.security == .bogus)
  }

  @Test("a zone proven insecure is insecure whatever its RRSIGs do: an island may have failing ones")
  func island() throws {
    let world = try World(), island = try world.tree.add("island.test.", .init(13), isSecure: false)
    island.add("www", .a, ZoneRData.a(7))
    let broken = try island.answer(domainName("www.island.test."), .a).with {
      $0.answer[0].rrset.rdata = [ZoneRData.a(9)]
    }
    let referral = try world.ask(world.test, "www.island.test.", .a)
    for answer in [try island.answer(domainName("www.island.test."), .a), broken, broken.stripped] {
      let keys = try world.ask(island, "island.test.", .dnskey)
      let run = try world.judge(world.test, referral, keys, world.say(island, "www.island.test.", .a, answer))
      #expect(run.last.security == .insecure && run.last.ede == nil)
      #expect(run.judgements.last?.unsigned == .provenInsecure)
    }
  }

  @Test("an expanded wildcard without its denial is bogus with code 12, and secure with it")
  func wildcardDenial() throws {
    let world = try World()
    world.test.add("*.w", .a, ZoneRData.a(1))
    let sound = try world.test.answer(domainName("q.w.test."), .a)
    #expect(
      try world.judge(world.test, world.say(world.test, "q.w.test.", .a, sound)).last.security == .secure)
    let bare = sound.with { $0.authority = [] }
    let last = try world.judge(world.test, world.say(world.test, "q.w.test.", .a, bare)).last
    #expect(last.security == .bogus && last.ede == 12)
  }
}
