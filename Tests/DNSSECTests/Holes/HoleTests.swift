@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// The holes that other validators had, each as one attack on `www.test.`.
@Suite struct HoleTests {
  @Test("expiry is checked: a replayed answer is bogus a second after its signature ends")
  func expiry() throws {
    let world = try World(), end = Int64(World.period.expiration)
    for (time, word) in [(end, SecurityStatus.secure), (end + 1, .bogus)] {
      let fresh = ValidityPeriod(World.period.inception, World.period.expiration + 1000)
      let keys = ZoneRRset(world.test.apex, .dnskey, world.test.keys.map(\.rdata))
      let keyAnswer = ZoneAnswer(
        kind: .positive,
        answer: [
          AnsweredRRset(
            rrset: keys, signatures: [try world.test.keys[0].sign(keys, signer: world.test.apex, fresh)])
        ])
      let run = try Judging(
        [
          world.say(world.test, "test.", .dnskey, keyAnswer, at: time),
          world.ask(world.test, "www.test.", .a, at: time),
        ], anchors: ZoneTree.anchorLine(of: world.test))
      #expect(run.last.security == word && run.last.ede == (word == .bogus ? 7 : nil), "\(run.last)")
    }
  }

  @Test("the signer is checked (CVE-2022-3346): a sibling zone may not sign for another")
  func signer() throws {
    let world = try World(), sibling = try world.tree.add("evil.", .init(13))
    let rrset = ZoneRRset(domainName("www.test."), .a, [ZoneRData.a(66)])
    for signer in [sibling.apex, world.test.apex] {
      let answer = ZoneAnswer(
        kind: .positive,
        answer: [
          AnsweredRRset(
            rrset: rrset, signatures: [try sibling.keys[0].sign(rrset, signer: signer, World.period)])
        ])
      let run = try Judging(
        try world.chain(to: world.test) + world.chain(to: sibling) + [
          world.say(world.test, "www.test.", .a, answer)
        ],
        anchors: world.anchor)
      #expect(run.last.security == .bogus, "\(signer): \(run.last)")
    }
  }

  @Test("a DS without its RRSIG is not accepted")
  func unsignedDS() throws {
    let world = try World()
    let referral = try world.tree.root.answer(domainName("test."), .ns).with { answer in
      for index in answer.authority.indices { answer.authority[index].signatures = [] }
    }
    let run = try Judging(
      [
        world.ask(world.tree.root, ".", .dnskey), world.say(world.tree.root, "test.", .ns, referral),
        world.ask(world.test, "test.", .dnskey), world.ask(world.test, "www.test.", .a),
      ], anchors: world.anchor)
    #expect(run.last.security == .bogus && run.last.ede == 10, "\(run.last)")
  }

  @Test("an RRSIG by whose labels the wildcard lies above its signer's zone is malformed")
  func wildcardAboveZone() throws {
    let world = try World(), rrset = ZoneRRset(domainName("*."), .txt, [ZoneRData.txt("x")])
    let signature = try world.test.keys[0].sign(rrset, signer: world.test.apex, World.period)
    let shown = ZoneRRset(domainName("any.test."), .txt, rrset.rdata)
    let answer = ZoneAnswer(kind: .positive, answer: [AnsweredRRset(rrset: shown, signatures: [signature])])
    let run = try world.judge(world.test, world.say(world.test, "any.test.", .txt, answer))
    #expect(run.last.security == .bogus && run.rrsets(.txt).first?.signatures == [.malformed], "\(run.last)")
  }

  @Test("NSEC and NSEC3 of another zone deny nothing", arguments: [0, 1])
  func foreignDenial(kind: Int) throws {
    let denial: DenialMethod = kind == 0 ? .nsec : .nsec3()
    let world = try World(denial), other = try world.tree.add("other.", .init(13, denial))
    let foreign = try other.answer(domainName("www.other."), .a)
    let run = try Judging(
      try world.chain(to: world.test) + world.chain(to: other) + [
        world.say(world.test, "www.test.", .a, foreign)
      ],
      anchors: world.anchor)
    #expect(run.last.security == .bogus, "\(run.last)")
  }

  @Test("the parent's own NSEC denies nothing below a secure cut")
  func parentsNSEC() throws {
    let world = try World()
    let parents = try world.tree.root.answer(domainName("nothere."), .a)
    let run = try world.judge(world.test, world.say(world.test, "www.test.", .a, parents))
    #expect(run.last.security == .bogus, "\(run.last)")
  }

  @Test(
    "the labels trick: a signed name cannot be passed off as an expansion of a wildcard, nor a wildcard for a name that exists"
  )
  func labels() throws {
    let world = try World()
    world.test.add("*", .a, ZoneRData.a(66))
    let wildcard = try world.test.answer(domainName("any.test."), .a)
    let answer = wildcard.with { $0.answer[0].rrset.owner = domainName("www.test.") }
    let run = try world.judge(world.test, world.say(world.test, "www.test.", .a, answer))
    #expect(run.last.security == .bogus, "\(run.last)")
    let fewer = try world.test.answer(domainName("www.test."), .a).with { $0.answer[0].signatures[0][3] = 1 }
    #expect(
      try world.judge(world.test, world.say(world.test, "www.test.", .a, fewer)).last.security == .bogus)
  }

  @Test("the wildcard's own name needs no proof: owner `*.test.` with labels 1 is no expansion")
  func wildcardItself() throws {
    let world = try World()
    world.test.add("*", .a, ZoneRData.a(66))
    let answer = try world.test.answer(domainName("*.test."), .a).with { $0.authority = [] }
    #expect(answer.answer[0].signatures[0][3] == 1)
    #expect(
      try world.judge(world.test, world.say(world.test, "*.test.", .a, answer)).last.security == .secure)
  }

  @Test(
    "serial arithmetic: validities over 2038 and 2106 hold on both sides",
    arguments: [1 << 31, 1 << 32] as [Int64])
  func serial(turn: Int64) throws {
    let period = ValidityPeriod(
      UInt32(truncatingIfNeeded: turn - 86_400), UInt32(truncatingIfNeeded: turn + 86_400))
    let tree = try ZoneTree(root: .init(13), period, seed: 3)
    tree.root.add("www", .a, ZoneRData.a(1))
    for (offset, word) in [
      (-86_401, .bogus), (-86_400, .secure), (0, .secure), (86_400, .secure), (86_401, .bogus),
    ]
      as [(Int64, SecurityStatus)]
    {
      let shown = try [(Name.root, RecordType.dnskey), (domainName("www."), .a)].map { name, type in
        let answer = try tree.root.answer(name, type)
        return Judging.Shown(
          bytes: ZoneMessages.response(answer, name, type, id: 1).bytes, time: turn + offset)
      }
      #expect(try Judging(shown, anchors: tree.anchorLine).last.security == word, "\(offset)")
    }
  }

  @Test("a DNSKEY without the zone key bit signs nothing: bogus with code 11")
  func zoneKeyBit() throws {
    let world = try World(), key = try ZoneKey(algorithm: 13, flags: 0, seed: 5)
    world.test.add(world.test.apex, .dnskey, [key.rdata])
    let rrset = ZoneRRset(domainName("www.test."), .a, [ZoneRData.a(1)])
    let answer = ZoneAnswer(
      kind: .positive,
      answer: [
        AnsweredRRset(rrset: rrset, signatures: [try key.sign(rrset, signer: world.test.apex, World.period)])
      ])
    let last = try world.judge(world.test, world.say(world.test, "www.test.", .a, answer)).last
    #expect(last.security == .bogus && last.ede == 11, "\(last)")
  }

  @Test("RRSIGs of an unsupported algorithm are no downgrade of a signed zone")
  func downgrade() throws {
    let world = try World()
    let answer = try world.test.answer(domainName("www.test."), .a).with { answer in
      answer.answer[0].rrset.rdata = [ZoneRData.a(66)]
      answer.answer[0].signatures[0][2] = 200
    }
    let last = try world.judge(world.test, world.say(world.test, "www.test.", .a, answer)).last
    #expect(last.security == .bogus && last.ede == 10)
  }

  @Test("the deepest failing link is the cause: an expired key set above is named, not what follows from it")
  func rootCause() throws {
    let old = ValidityPeriod(UInt32(World.now - 5000), UInt32(World.now - 1000))
    let world = try World(), broken = try world.tree.add("broken.", .init(13), period: old)
    let low = try world.tree.add("low.broken.", .init(13))
    low.add("www", .a, ZoneRData.a(1))
    let bare = world.say(
      low, "www.low.broken.", .a, try low.answer(domainName("www.low.broken."), .a).stripped)
    for shown in [try world.ask(low, "www.low.broken.", .a), bare] {
      let last = try Judging(try world.chain(to: low) + [shown], anchors: world.anchor).last
      #expect(last.security == .bogus && last.ede == 7 && last.reason.contains("broken."), "\(last)")
    }
    #expect(broken.apex.description == "broken.")
  }

  @Test("a clock that is wrong is told as time, never as a missing signature")
  func clockSkew() throws {
    let world = try World()
    let late = World.now + 20 * 86_400, early = World.now - 20 * 86_400
    for (time, ede) in [(late, 7), (early, 8)] as [(Int64, UInt16)] {
      let shown =
        try world.chain(to: world.test, at: time) + [world.ask(world.test, "www.test.", .a, at: time)]
      let last = try Judging(shown, anchors: world.anchor).last
      #expect(last.security == .bogus && last.ede == ede, "\(last)")
    }
  }
}
