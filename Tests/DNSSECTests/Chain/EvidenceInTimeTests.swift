@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// Links of the chain seen at other times than the answer (VALIDATION: for an answer at time T every DNSKEY and DS set
/// of the capture whose own chain and RRSIGs cover T).
@Suite struct EvidenceInTimeTests {
  private let day: Int64 = 86_400

  @Test("links may come later than the answer, and days away while their signatures hold")
  func later() throws {
    let world = try World()
    let answer = try world.ask(world.test, "www.test.", .a)
    for offset in [0, 5, day, 5 * day] {
      let run = try Judging(
        [answer] + world.chain(to: world.test, at: World.now + offset), anchors: world.anchor)
      #expect(run.verdict(0).security == .secure, "\(offset)")
    }
  }

  @Test(
    "a DNSKEY RRset that was in period when it was seen and is not at the answer's time is missing evidence")
  func outOfPeriodElsewhere() throws {
    let world = try World(), key = world.test.keys[0]
    let long = ValidityPeriod(UInt32(World.now - 100 * day), UInt32(World.now + 100 * day))
    let rrset = ZoneRRset(domainName("www.test."), .a, [ZoneRData.a(1)])
    let lasting = ZoneAnswer(
      kind: .positive,
      answer: [AnsweredRRset(rrset: rrset, signatures: [try key.sign(rrset, signer: world.test.apex, long)])])
    let late = world.say(world.test, "www.test.", .a, lasting, at: World.now + 20 * day)
    let run = try Judging(try world.chain(to: world.test) + [late], anchors: world.anchor)
    #expect(run.last.security == .indeterminate && run.last.ede == 5, "\(run.last)")
  }

  @Test(
    "a DNSKEY RRset out of period at its own packet time is bogus with code 7, also beside other valid RRSIGs"
  )
  func expiredKeys() throws {
    let world = try World(), key = world.test.keys[0], zsk = try ZoneKey(algorithm: 13, flags: 256, seed: 5)
    let rrset = ZoneRRset(world.test.apex, .dnskey, [key.rdata, zsk.rdata])
    let past = ValidityPeriod(UInt32(World.now - 10 * day), UInt32(World.now - day))
    let signatures = [
      try key.sign(rrset, signer: world.test.apex, past),
      try zsk.sign(rrset, signer: world.test.apex, World.period),
    ]
    for kept in [[signatures[0]], signatures] {
      let keys = ZoneAnswer(kind: .positive, answer: [AnsweredRRset(rrset: rrset, signatures: kept)])
      let run = try Judging(
        Array(world.chain(to: world.test).dropLast()) + [
          world.say(world.test, "test.", .dnskey, keys), world.ask(world.test, "www.test.", .a),
        ], anchors: world.anchor)
      #expect(run.last.security == .bogus && run.last.ede == 7, "\(run.last)")
    }
  }

  @Test("a key that a valid DNSKEY set lacks is bogus with 9 within that set's TTL, and indeterminate beyond")
  func missingKey() throws {
    let world = try World(), stranger = try ZoneKey(algorithm: 13, flags: 256, seed: 5)
    let rrset = ZoneRRset(domainName("www.test."), .a, [ZoneRData.a(1)])
    let answer = ZoneAnswer(
      kind: .positive,
      answer: [
        AnsweredRRset(
          rrset: rrset, signatures: [try stranger.sign(rrset, signer: world.test.apex, World.period)])
      ])
    for (offset, word) in [(3600, .bogus), (-3600, .bogus), (3601, .indeterminate), (-3601, .indeterminate)]
      as [(Int64, SecurityStatus)]
    {
      let shown = world.say(world.test, "www.test.", .a, answer, at: World.now + offset)
      let last = try world.judge(world.test, shown).last
      #expect(last.security == word && last.ede == (word == .bogus ? 9 : 5), "\(offset): \(last)")
    }
  }

  @Test(
    "a DS that mismatches the keys of another time is missing evidence: the zone may have rolled its key between"
  )
  func rolledKey() throws {
    let world = try World(), new = try ZoneKey(algorithm: 13, flags: 257, seed: 5)
    let keySet = ZoneRRset(world.test.apex, .dnskey, [new.rdata])
    let answer = ZoneRRset(domainName("www.test."), .a, [ZoneRData.a(1)])
    let later = World.now + 4 * 3600
    let sign = { (rrset: ZoneRRset) in
      ZoneAnswer(
        kind: .positive,
        answer: [
          AnsweredRRset(
            rrset: rrset, signatures: [try new.sign(rrset, signer: world.test.apex, World.period)])
        ])
    }
    let run = try Judging(
      try Array(world.chain(to: world.test).dropLast()) + [
        world.say(world.test, "test.", .dnskey, try sign(keySet), at: later),
        world.say(world.test, "www.test.", .a, try sign(answer), at: later),
      ], anchors: world.anchor)
    #expect(run.last.security == .indeterminate && run.last.ede == 5, "\(run.last)")
    #expect(run.verdict(run.judgements.count - 2).security == .indeterminate)
  }

  @Test("of a DS and a denial of it that are both valid the one seen nearest to the time counts")
  func contradiction() throws {
    let signed = try World(), unsigned = try World()
    let child = try signed.tree.add("child.test.", .init(13)),
      bare = try unsigned.tree.add("child.test.", nil)
    child.add("www", .a, ZoneRData.a(7))
    bare.add("www", .a, ZoneRData.a(7))
    let before = try signed.chain(to: child), later = World.now + 10_000
    let denial = try unsigned.ask(unsigned.test, "child.test.", .ds, at: later)
    let bareAnswer = { (time: Int64) in try unsigned.ask(bare, "www.child.test.", .a, at: time) }
    let run = try Judging(
      try before + [denial, bareAnswer(World.now + 1), bareAnswer(later - 1)], anchors: signed.anchor)
    #expect(run.verdict(run.judgements.count - 2).security != .insecure)
    #expect(run.last.security == .insecure, "\(run.last)")
  }

  @Test("a denial of DS with a broken signature is bogus, not missing; one in period when seen is missing")
  func failingDenial() throws {
    let world = try World(), child = try world.tree.add("child.test.", nil)
    child.add("www", .a, ZoneRData.a(7))
    let good = try world.test.answer(child.apex, .ds)
    let broken = good.with { answer in
      for index in answer.authority.indices where answer.authority[index].rrset.type == .nsec {
        answer.authority[index].signatures[0][40] ^= 1
      }
    }
    let answer = try world.ask(child, "www.child.test.", .a)
    let run = try Judging(
      world.chain(to: world.test) + [world.say(world.test, "child.test.", .ds, broken), answer],
      anchors: world.anchor)
    #expect(run.last.security == .bogus && run.last.ede == 6, "\(run.last)")
  }

  @Test("a denial of DS that was out of period when it was captured is bogus with code 7")
  func expiredDenial() throws {
    let world = try World(), child = try world.tree.add("child.test.", nil)
    child.add("www", .a, ZoneRData.a(7))
    let past = ValidityPeriod(UInt32(World.now - 10 * day), UInt32(World.now - day))
    let denial = try world.test.answer(child.apex, .ds).with { answer in
      for index in answer.authority.indices where answer.authority[index].rrset.type == .nsec {
        let rrset = answer.authority[index].rrset
        answer.authority[index].signatures = [
          try world.test.keys[0].sign(rrset, signer: world.test.apex, past)
        ]
      }
    }
    let answer = try world.ask(child, "www.child.test.", .a)
    let run = try Judging(
      world.chain(to: world.test) + [world.say(world.test, "child.test.", .ds, denial), answer],
      anchors: world.anchor)
    #expect(run.last.security == .bogus && run.last.ede == 7, "\(run.last)")
  }
}
