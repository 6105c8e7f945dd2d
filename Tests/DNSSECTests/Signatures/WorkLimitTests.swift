@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// Bounds on the work that one message causes (KeyTrap, CVE-2023-50387).
@Suite struct WorkLimitTests {
  /// An answer whose good RRSIG comes behind so many failing ones.
  private func run(_ world: World, failing: Int, limits: ValidationLimits = ValidationLimits()) throws
    -> Judging
  {
    let answer = try world.test.answer(domainName("www.test."), .a).with { answer in
      let good = answer.answer[0].signatures[0]
      answer.answer[0].signatures =
        (0..<failing).map { number in good.with { $0[$0.count - 1] ^= UInt8(number + 1) } } + [good]
    }
    return try Judging(
      try world.chain(to: world.test) + [world.say(world.test, "www.test.", .a, answer)],
      anchors: world.anchor, limits: limits)
  }

  @Test("the eighth RRSIG of an RRset is tried, the ninth is not: bogus with code 6, status skipped-limit")
  func perRRset() throws {
    let world = try World()
    #expect(try run(world, failing: 7).last.security == .secure)
    let beyond = try run(world, failing: 8)
    #expect(beyond.last.security == .bogus && beyond.last.ede == 6)
    #expect(beyond.rrsets(.a).first?.signatures.last == .skippedLimit)
    #expect(beyond.validator.skippedSignatures == 1)
  }

  @Test(
    "RRSIGs of the wrong signer, of unsupported algorithms and of absent keys cost nothing and do not count")
  func free() throws {
    let world = try World()
    let answer = try world.test.answer(domainName("www.test."), .a).with { answer in
      let good = answer.answer[0].signatures[0]
      let absent = (0..<20).map { number in good.with { $0[17] ^= UInt8(number + 1) } }
      let unknown = (0..<20).map { number in good.with { $0[2] = UInt8(200 + number) } }
      answer.answer[0].signatures = absent + unknown + [good]
    }
    let last = try world.judge(world.test, world.say(world.test, "www.test.", .a, answer)).last
    #expect(last.security == .secure, "\(last)")
  }

  @Test("RRSIGs out of period do not use up the tries of those in period")
  func timely() throws {
    let world = try World()
    let answer = try world.test.answer(domainName("www.test."), .a).with { answer in
      let part = answer.answer[0]
      let old = try (0..<12).map { number in
        try world.test.keys[0].sign(
          part.rrset, signer: world.test.apex, ValidityPeriod(1, UInt32(2 + number)))
      }
      answer.answer[0].signatures = old + part.signatures
    }
    let last = try world.judge(world.test, world.say(world.test, "www.test.", .a, answer)).last
    #expect(last.security == .secure, "\(last)")
  }

  @Test("an answer seen at two times is judged at each with the RRSIGs that are in period then")
  func twoTimes() throws {
    let world = try World(), later = World.now + 400_000
    let answer = try world.test.answer(domainName("www.test."), .a).with { answer in
      let part = answer.answer[0], good = part.signatures[0]
      // Eight that fail and are in period now alone; the good one stands behind them.
      let early = try (0..<8).map { number in
        try world.test.keys[0].sign(
          part.rrset, signer: world.test.apex,
          ValidityPeriod(UInt32(World.now - 9), UInt32(World.now + 9 + Int64(number)))
        ).with { $0[$0.count - 1] ^= 1 }
      }
      answer.answer[0].signatures = early + [good]
    }
    let shown = world.say(world.test, "www.test.", .a, answer)
    let run = try world.judge(world.test, shown, shown.with { $0.time = later })
    #expect(run.last.security == .secure, "\(run.last)")
    // What the later message settled holds for the earlier one too; alone it is stopped by the limit.
    let alone = try world.judge(world.test, shown)
    #expect(alone.last.security == .bogus && alone.last.ede == 6)
  }

  @Test(
    "RRSIGs of another signer, which a chain shows to be the wrong one later, leave the zone's own their tries"
  )
  func otherSigner() throws {
    let world = try World()
    let answer = try world.test.answer(domainName("www.test."), .a).with { answer in
      let part = answer.answer[0]
      let foreign = try (0..<12).map { number in
        try world.tree.root.keys[0].sign(part.rrset, signer: .root, World.period).with {
          $0[$0.count - 1] ^= UInt8(number)
        }
      }
      answer.answer[0].signatures = foreign + part.signatures
    }
    let run = try world.judge(world.test, world.say(world.test, "www.test.", .a, answer))
    #expect(run.last.security == .secure, "\(run.last)")
    #expect(run.rrsets(.a).first?.skippedInPeriod == 0)
  }

  @Test(
    "an RRSIG that was not tried with every key is skipped, not failed; with a key that made it it is verified"
  )
  func partlyTried() throws {
    let world = try World(), key = world.test.keys[0]
    let keys = try colliding(with: key, 5)
    let rrset = ZoneRRset(world.test.apex, .dnskey, [key.rdata] + keys)
    let flood = world.say(
      world.test, "test.", .dnskey, ZoneAnswer(kind: .positive, answer: [AnsweredRRset(rrset: rrset)]))
    let forged = try world.test.answer(domainName("www.test."), .a).with {
      $0.answer[0].rrset.rdata = [ZoneRData.a(6)]
    }
    let run = try world.judge(
      world.test, flood, try world.ask(world.test, "www.test.", .a),
      world.say(world.test, "www.test.", .a, forged))
    #expect(run.judgements[run.judgements.count - 2].verdict.security == .secure)
    #expect(run.last.security == .bogus && run.last.ede == 6)
    #expect(run.rrsets(.a).first?.signatures == [.skippedLimit])
    let work = try #require(run.judgements.last?.work)
    #expect(work.skippedSignatures == 1 && work.crowdedTags.map(\.keys) == [6] && work.isKeyLimitReached)
  }

  @Test("a limit that stopped everything outweighs an RRSIG that has expired: code 6")
  func limitBesideExpired() throws {
    let world = try World()
    var limits = ValidationLimits()
    limits.signaturesPerRRset = 1
    let answer = try world.test.answer(domainName("www.test."), .a).with { answer in
      let part = answer.answer[0], good = part.signatures[0]
      let old = try world.test.keys[0].sign(part.rrset, signer: world.test.apex, ValidityPeriod(1, 2))
      answer.answer[0].signatures = [good.with { $0[$0.count - 1] ^= 1 }, good, old]
    }
    let run = try Judging(
      try world.chain(to: world.test) + [world.say(world.test, "www.test.", .a, answer)],
      anchors: world.anchor,
      limits: limits)
    #expect(run.last.security == .bogus && run.last.ede == 6)
  }

  @Test(
    "every limit has a name, a figure within its range, and a source; setting one changes it and no other")
  func catalogue() {
    for limit in WorkLimit.allCases {
      var limits = ValidationLimits()
      #expect(limit.range.contains(limits[limit]) && !limit.source.isEmpty && !limit.meaning.isEmpty)
      limits[limit] = 1
      for other in WorkLimit.allCases {
        #expect(limits[other] == (other == limit ? 1 : ValidationLimits()[other]))
      }
      limits[limit] = .max
      #expect(limits[limit] == limit.range.upperBound)
    }
  }

  @Test("the budget of a message is spent over all its RRsets")
  func perMessage() throws {
    let world = try World()
    var limits = ValidationLimits()
    limits.verificationsPerMessage = 3
    #expect(try run(world, failing: 2, limits: limits).last.security == .secure)
    #expect(try run(world, failing: 3, limits: limits).last.security == .bogus)
  }

  @Test("what was verified in one message costs nothing in the next")
  func cached() throws {
    let world = try World()
    let answer = try world.ask(world.test, "www.test.", .a)
    let once = try world.judge(world.test, answer),
      often = try world.judge(world.test, answer, answer.flags(set: 0x100), answer)
    #expect(once.validator.verificationCount == often.validator.verificationCount)
  }

  /// Keys with the tag of a key: 16-bit words of it changed so that their sum stays.
  private func colliding(with key: ZoneKey, _ count: Int) throws -> [[UInt8]] {
    let keys = (0..<count).map { number in
      key.rdata.with { rdata in
        // One octet up and another one of the same half down, where neither carries.
        let up = (4..<68).filter { $0 % 2 == 0 && rdata[$0] < 128 },
          down = (4..<68).filter { $0 % 2 == 0 && rdata[$0] >= 128 }
        rdata[up[number % up.count]] += 1
        rdata[down[number / up.count]] -= 1
      }
    }
    for rdata in keys { #expect(try DNSKEYData(rdata.span).keyTag == key.keyTag) }
    return keys
  }

  @Test("of many keys of a zone that share a tag four are tried on one RRSIG")
  func perSignature() throws {
    let world = try World(), zone = try world.tree.add("rsa.", .init(8))
    zone.add("www", .a, ZoneRData.a(1))
    zone.add(zone.apex, .dnskey, try colliding(with: zone.keys[0], 12))
    let failing = try zone.answer(domainName("www.rsa."), .a).with { $0.answer[0].signatures[0][50] ^= 1 }
    let chain = try Judging(world.chain(to: zone), anchors: world.anchor)
    let run = try world.judge(zone, world.say(zone, "www.rsa.", .a, failing))
    #expect(run.validator.verificationCount - chain.validator.verificationCount == 4)
  }

  @Test("a forged DNSKEY RRset full of colliding key tags, seen first, does not crowd out the genuine key")
  func forgedCollisions() throws {
    let world = try World(), key = world.test.keys[0]
    let rrset = ZoneRRset(world.test.apex, .dnskey, try colliding(with: key, 12))
    let forged = ZoneAnswer(kind: .positive, answer: [AnsweredRRset(rrset: rrset, signatures: [])])
    let run = try Judging(
      [world.say(world.test, "test.", .dnskey, forged)] + world.chain(to: world.test) + [
        world.ask(world.test, "www.test.", .a)
      ], anchors: world.anchor)
    #expect(run.last.security == .secure, "\(run.last)")
  }
}
