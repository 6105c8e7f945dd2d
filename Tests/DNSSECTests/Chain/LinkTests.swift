@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// Links that are missing, unsigned, crowded out, or told by somebody else.
@Suite struct LinkTests {
  /// A zone below `test.` with an address at `www`.
  private func child(_ world: World, _ signing: SignedZone.Signing?) throws -> SignedZone {
    let zone = try world.tree.add("child.test.", signing)
    zone.add("www", .a, ZoneRData.a(7))
    return zone
  }

  @Test("a secure DS without any DNSKEY seen is indeterminate for signed and unsigned data alike")
  func keysNotSeen() throws {
    let world = try World(), child = try child(world, .init(13))
    let referral = try world.ask(world.test, "www.child.test.", .a)
    let signed = try world.ask(child, "www.child.test.", .a)
    let bare = world.say(
      child, "www.child.test.", .a, try child.answer(domainName("www.child.test."), .a).stripped)
    for shown in [signed, bare] {
      let last = try world.judge(world.test, referral, shown).last
      #expect(
        last.security == .indeterminate && last.ede == 5 && last.reason.contains("ask: child.test. DNSKEY"))
    }
  }

  @Test(
    "a server of the zone that denies the DNSKEY makes its data bogus with 9; one of the zone above does not")
  func keysDenied() throws {
    let world = try World(), child = try child(world, .init(13)),
      bare = try child.answer(domainName("child.test."), .txt).stripped
    let referral = try world.ask(world.test, "www.child.test.", .a)
    let answer = try world.ask(child, "www.child.test.", .a)
    let denial = world.say(child, "child.test.", .dnskey, bare)
    let last = try world.judge(world.test, referral, denial, answer).last
    #expect(last.security == .bogus && last.ede == 9, "\(last)")
    let parents = world.say(
      world.test, "child.test.", .dnskey, try world.test.answer(domainName("www.test."), .txt))
    #expect(try world.judge(world.test, referral, parents, answer).last.security == .indeterminate)
    #expect(
      try world.judge(world.test, referral, denial.flags(clear: 0x400), answer).last.security
        == .indeterminate)
  }

  @Test(
    "an answer without DNSKEY accuses nobody when a stranger gives it, nobody asked with DO, or it is long ago"
  )
  func keysDeniedByOthers() throws {
    let world = try World(), child = try child(world, .init(13))
    let referral = try world.ask(world.test, "www.child.test.", .a)
    let answer = try world.ask(child, "www.child.test.", .a)
    let empty = world.say(child, "child.test.", .dnskey, ZoneAnswer(kind: .noData))
    let soa = try world.ask(child, "child.test.", .soa)
    #expect(try world.judge(world.test, referral, soa, empty, answer).last.security == .bogus)
    for other in [
      empty.with { $0.server = 77 }, empty.with { $0.queryDO = false }, empty.with { $0.time -= 86_400 },
    ] {
      #expect(try world.judge(world.test, referral, soa, other, answer).last.security == .indeterminate)
    }
  }

  @Test("a forged link accuses what was answered near to it, and leaves other days open")
  func forgedLinkInTime() throws {
    let world = try World(), child = try child(world, .init(13))
    let ds = ZoneRRset(child.apex, .ds, [[0, 1, 13, 2] + [UInt8](repeating: 1, count: 32)])
    let forged = world.say(
      world.test, "child.test.", .ds,
      ZoneAnswer(kind: .positive, answer: [AnsweredRRset(rrset: ds, signatures: [])]))
    let answer = try world.ask(child, "www.child.test.", .a)
    #expect(try world.judge(world.test, forged, answer).last.security == .bogus)
    let late = answer.with { $0.time += 2 * 86_400 }
    let last = try world.judge(world.test, forged, late).last
    #expect(last.security == .indeterminate && last.reason.contains("only seen at"), "\(last)")
  }

  @Test("of DS RRsets of which one has no supported algorithm the one seen nearest to the time counts")
  func algorithmRollover() throws {
    let world = try World(), child = try child(world, .init(13)), week: Int64 = 5 * 86_400
    let unknown = ZoneRRset(
      child.apex, .ds, [try #require(child.ds).with { $0[2] = 200 }])
    let before = world.say(
      world.test, "child.test.", .ds,
      ZoneAnswer(kind: .positive, answer: [try world.signed(unknown, by: world.test)]),
      at: World.now - week)
    let early = world.say(
      child, "www.child.test.", .a, try child.answer(domainName("www.child.test."), .a).stripped,
      at: World.now - week + 60)
    let run = try world.judge(
      world.test, before, early, world.ask(world.test, "child.test.", .ds),
      world.ask(child, "child.test.", .dnskey), world.ask(child, "www.child.test.", .a))
    #expect(run.verdict(run.judgements.count - 4).security == .insecure)
    #expect(run.last.security == .secure, "\(run.last)")
  }

  @Test("neither DS nor denial of a signed zone is indeterminate, and a failing RRSIG keeps its status there")
  func chainMissing() throws {
    let world = try World(), child = try child(world, .init(13))
    let bad = try child.answer(domainName("www.child.test."), .a).with {
      $0.answer[0].rrset.rdata = [ZoneRData.a(9)]
    }
    let keys = try world.ask(child, "child.test.", .dnskey)
    let run = try world.judge(world.test, keys, world.say(child, "www.child.test.", .a, bad))
    #expect(run.last.security == .indeterminate && run.last.ede == 5)
    #expect(run.rrsets(.a).first?.signatures == [.failed])
  }

  @Test("an unsigned DS right below the apex is bogus with 10; below an unknown zone it says nothing")
  func unsignedDS() throws {
    let world = try World(), child = try child(world, .init(13)),
      low = try world.tree.add("low.child.test.", .init(13))
    low.add("www", .a, ZoneRData.a(8))
    let bare = { (zone: SignedZone, cut: String) in
      let answer = try zone.answer(domainName(cut), .ds)
      return world.say(zone, cut, .ds, answer.with { $0.answer[0].signatures = [] })
    }
    let keys = try world.ask(child, "child.test.", .dnskey)
    let direct = try world.judge(
      world.test, bare(world.test, "child.test."), keys, world.ask(child, "www.child.test.", .a))
    #expect(direct.last.security == .bogus && direct.last.ede == 10, "\(direct.last)")
    let deep = try world.judge(
      world.test, bare(child, "low.child.test."), world.ask(low, "low.child.test.", .dnskey),
      world.ask(low, "www.low.child.test.", .a))
    #expect(deep.last.security == .indeterminate, "\(deep.last)")
  }

  @Test("a server of the zone that denies DS without any proof breaks the link: bogus with code 12")
  func unprovenDenial() throws {
    let world = try World(), child = try child(world, nil)
    let bare = world.say(world.test, "child.test.", .ds, try world.test.answer(child.apex, .ds).stripped)
    let answer = try world.ask(child, "www.child.test.", .a)
    let last = try world.judge(world.test, bare, answer).last
    #expect(last.security == .bogus && last.ede == 12, "\(last)")
    let strangers = bare.with { $0.server = 77 }.flags(clear: 0x400)
    #expect(try world.judge(world.test, strangers, answer).last.security == .indeterminate)
    let old = bare.with { $0.time -= 86_400 }
    #expect(try world.judge(world.test, old, answer).last.security == .indeterminate)
    let proven = try world.ask(world.test, "child.test.", .ds)
    #expect(try world.judge(world.test, bare, proven, answer).last.security == .insecure)
  }

  @Test("so it does for a name further down, unless something between shows signs of another zone")
  func unprovenDenialBelow() throws {
    let world = try World(), name = "low.alias.test."
    let bare = try world.test.answer(domainName(name), .ds).stripped
    let denied = world.say(world.test, name, .ds, bare), answer = world.say(world.test, name, .a, bare)
    let last = try world.judge(world.test, denied, answer).last
    #expect(last.security == .bogus && last.ede == 12, "\(last)")
    let sign = ZoneAnswer(
      kind: .referral,
      authority: [
        AnsweredRRset(
          rrset: ZoneRRset(domainName("alias.test."), .ns, [domainName("ns.test.").wire]), signatures: [])
      ])
    let referral = world.say(world.test, "www.alias.test.", .a, sign)
    #expect(try world.judge(world.test, referral, denied, answer).last.security == .indeterminate)
  }

  @Test("an answer to the DS question whose records hold and do not prove the denial breaks the link: 12")
  func denialWithoutProof() throws {
    let world = try World(), child = try child(world, nil)
    let answer = try world.ask(child, "www.child.test.", .a)
    let elsewhere = try world.test.answer(domainName("www.test."), .txt).authority
    let useless = world.say(
      world.test, "child.test.", .ds, ZoneAnswer(kind: .noData, authority: elsewhere))
    let last = try world.judge(world.test, useless, answer).last
    #expect(last.security == .bogus && last.ede == 12 && last.reason.contains("denies DS"), "\(last)")
    let cut = useless.with { $0.isWhole = false }
    #expect(try world.judge(world.test, cut, answer).last.security == .indeterminate)
    let proven = try world.ask(world.test, "child.test.", .ds)
    #expect(try world.judge(world.test, useless, proven, answer).last.security == .insecure)
  }

  @Test(
    "a DS and its denial that are both valid: the one seen nearest counts, and the zone tells of the other")
  func contradiction() throws {
    let world = try World(), signed = try child(world, .init(13))
    let other = try World()
    _ = try child(other, nil)
    let denial = try other.ask(other.test, "child.test.", .ds)
    let ds = try world.ask(world.test, "child.test.", .ds),
      keys = try world.ask(signed, "child.test.", .dnskey)
    let late = { (shown: Judging.Shown) in shown.with { $0.time += 3_600 } }
    let answer = try world.ask(signed, "www.child.test.", .a)
    let secure = try world.judge(world.test, ds, keys, answer, late(denial))
    #expect(secure.verdict(secure.judgements.count - 2).security == .secure)
    let ended = secure.zones.first { $0.zone == signed.apex }?.verdict
    #expect(ended?.security == .insecure && ended?.reason.contains("a DS RRset, seen at another") ?? false)
    let insecure = try world.judge(world.test, denial, answer, late(ds), late(keys))
    #expect(insecure.verdict(insecure.judgements.count - 3).security == .insecure)
    let again = insecure.zones.first { $0.zone == signed.apex }?.verdict
    #expect(again?.security == .secure && again?.reason.contains("a denial of DS for") ?? false)
  }

  @Test("an NSEC or NSEC3 that matches the delegation counts wherever it was seen", arguments: [0, 1])
  func denialElsewhere(kind: Int) throws {
    let world = try World(kind == 0 ? .nsec : .nsec3()), child = try child(world, nil)
    let denial = try world.test.answer(child.apex, .ds).authority.filter {
      [.nsec, .nsec3].contains($0.rrset.type)
    }
    let aside = try world.test.answer(domainName("www.test."), .a).with { $0.authority += denial }
    let run = try world.judge(
      world.test, world.say(world.test, "www.test.", .a, aside), world.ask(child, "www.child.test.", .a))
    #expect(run.last.security == .insecure, "\(run.last)")
  }

  @Test("more DNSKEY RRsets of one name than are looked at leave it indeterminate, not bogus")
  func crowded() throws {
    let world = try World()
    let forged = (0..<ChainEvidence.keySetsPerOwner).map { number in
      let rrset = ZoneRRset(
        world.test.apex, .dnskey,
        [[1, 1, 3, 13, UInt8(number >> 8)] + [UInt8](repeating: UInt8(number & 255), count: 63)])
      let answer = ZoneAnswer(kind: .positive, answer: [AnsweredRRset(rrset: rrset, signatures: [])])
      return world.say(world.test, "test.", .dnskey, answer)
    }
    let chain = try world.chain(to: world.test), answer = try world.ask(world.test, "www.test.", .a)
    let upper = Array(chain.dropLast()), keys = chain.suffix(1)
    #expect(
      try Judging(upper + forged.dropLast() + keys + [answer], anchors: world.anchor).last.security == .secure
    )
    let full = try Judging(upper + forged + keys + [answer], anchors: world.anchor)
    #expect(full.last.security == .indeterminate && full.validator.evidenceLeftOut > 0, "\(full.last)")
  }

  @Test("forged DNSKEY and DS RRsets beside the genuine ones change nothing")
  func forgedBeside() throws {
    let world = try World(), evil = try ZoneKey(algorithm: 13, flags: 257, seed: 66)
    let keys = ZoneRRset(world.test.apex, .dnskey, [evil.rdata])
    let ds = ZoneRRset(world.test.apex, .ds, [evil.ds(of: world.test.apex, digestType: 2)])
    let forgedKeys = ZoneAnswer(
      kind: .positive,
      answer: [
        AnsweredRRset(rrset: keys, signatures: [try evil.sign(keys, signer: world.test.apex, World.period)])
      ])
    let forgedDS = ZoneAnswer(kind: .positive, answer: [AnsweredRRset(rrset: ds, signatures: [])])
    let rrset = ZoneRRset(domainName("www.test."), .a, [ZoneRData.a(66)])
    let forged = ZoneAnswer(
      kind: .positive,
      answer: [
        AnsweredRRset(rrset: rrset, signatures: [try evil.sign(rrset, signer: world.test.apex, World.period)])
      ])
    let shown =
      try [
        world.say(world.test, "test.", .dnskey, forgedKeys),
        world.say(world.tree.root, "test.", .ds, forgedDS),
      ] + world.chain(to: world.test) + [
        world.ask(world.test, "www.test.", .a), world.say(world.test, "www.test.", .a, forged),
      ]
    let run = try Judging(shown, anchors: world.anchor)
    #expect(run.verdict(run.judgements.count - 2).security == .secure)
    #expect(run.last.security == .bogus && run.last.ede == 9, "\(run.last)")
    #expect(run.verdict(0).security == .bogus && run.verdict(1).security == .bogus)
  }

  @Test("DNSKEY and DS RRsets of a transfer serve as evidence, and the transfer itself is indeterminate")
  func transfer() throws {
    let world = try World()
    let keys = try world.test.answer(world.test.apex, .dnskey)
    let transfer = world.say(world.test, "test.", .axfr, keys)
    let upper = try Array(world.chain(to: world.test).dropLast())
    let run = try Judging(upper + [transfer, world.ask(world.test, "www.test.", .a)], anchors: world.anchor)
    #expect(run.last.security == .secure)
    #expect(run.verdict(run.judgements.count - 2).security == .indeterminate)
    let part = world.say(world.test, "test.", .axfr, keys.with { $0.answer[0].signatures = [] })
    let open = try Judging(upper + [part, world.ask(world.test, "www.test.", .a)], anchors: world.anchor)
    #expect(open.last.security == .indeterminate, "\(open.last)")
  }

  @Test("the zones tell how far each chain reaches")
  func reports() throws {
    let world = try World(), signed = try child(world, .init(13)),
      island = try world.tree.add("bare.test.", nil)
    let run = try Judging(
      try world.chain(to: signed) + [
        world.ask(world.test, "bare.test.", .ds), world.ask(island, "bare.test.", .soa),
      ],
      anchors: world.anchor)
    let words = Dictionary(uniqueKeysWithValues: run.zones.map { ($0.zone.description, $0.verdict.security) })
    #expect(words == [".": .secure, "test.": .secure, "child.test.": .secure, "bare.test.": .insecure])
    #expect(run.zones.first { $0.isAnchored }?.zone.isRoot == true)
    #expect(run.zones.first { $0.zone == signed.apex }?.parent == world.test.apex)
  }
}
