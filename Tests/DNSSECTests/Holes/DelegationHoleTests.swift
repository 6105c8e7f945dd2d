@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// Holes at zone cuts and in key sets, each as an attack on `www.child.test.` or `www.test.`.
@Suite struct DelegationHoleTests {
  /// A world with a signed zone below `test.`.
  private func world() throws -> (World, SignedZone) {
    let world = try World(), child = try world.tree.add("child.test.", .init(13))
    child.add("www", .a, ZoneRData.a(7))
    return (world, child)
  }

  @Test("a parent's signature over data below a secure cut is bogus, with its denials and without")
  func parentSigns() throws {
    let (world, child) = try world()
    let rrset = ZoneRRset(domainName("www.child.test."), .a, [ZoneRData.a(66)])
    let forged = ZoneAnswer(kind: .positive, answer: [try world.signed(rrset)])
    let run = try world.judge(child, world.say(world.test, "www.child.test.", .a, forged))
    #expect(run.last.security == .bogus && run.rrsets(.a).first?.signatures == [.wrongSigner], "\(run.last)")
    let denial = try world.test.answer(domainName("none.test."), .a).with { answer in
      answer.authority = try answer.authority.map { part in
        guard part.rrset.type == .nsec else { return part }
        let wide = ZoneRRset(
          domainName("a.test."), .nsec, [domainName("zz.test.").wire + ZoneRData.typeBitmap([.a])])
        return try world.signed(wide)
      }
    }
    #expect(
      try world.judge(child, world.say(world.test, "www.child.test.", .a, denial)).last.security == .bogus)
  }

  @Test("a parent's NSEC for a signed delegation cannot be used to make the child insecure")
  func denialOverDS() throws {
    let (world, child) = try world()
    let nsec = ZoneRRset(
      child.apex, .nsec, [domainName("zz.test.").wire + ZoneRData.typeBitmap([.ns, .ds, .rrsig, .nsec])])
    let denial = ZoneAnswer(kind: .noData, authority: [try world.signed(nsec)])
    let run = try world.judge(
      world.test, world.say(world.test, "child.test.", .ds, denial), world.ask(child, "www.child.test.", .a))
    #expect(run.judgements.suffix(2).allSatisfy { $0.verdict.security > .insecure }, "\(run.last)")
  }

  @Test(
    "an apex NSEC of the child, with SOA, does not deny its DS: nothing below becomes insecure",
    arguments: [0, 1])
  func childDeniesItsDS(kind: Int) throws {
    let world = try World()
    let child = try world.tree.add("child.test.", .init(13, kind == 0 ? .nsec : .nsec3()), isSecure: false)
    child.add("www", .a, ZoneRData.a(7))
    let own = try child.answer(child.apex, .txt).with { $0.authority.removeAll { $0.rrset.type == .soa } }
    let run = try Judging(
      world.chain(to: world.test) + [
        world.ask(child, "child.test.", .dnskey), world.say(child, "child.test.", .ds, own),
        world.ask(child, "www.child.test.", .a),
      ], anchors: world.anchor)
    #expect(run.judgements.suffix(2).allSatisfy { $0.verdict.security == .indeterminate }, "\(run.last)")
  }

  @Test("a key with REVOKE set signs no data, though it stands in a valid DNSKEY RRset: bogus with code 9")
  func revokedKey() throws {
    let world = try World(), key = try ZoneKey(algorithm: 13, flags: 0x180, seed: 5)
    world.test.add(world.test.apex, .dnskey, [key.rdata])
    let word = try world.word(on: "www.test.", .a) {
      $0.answer[0] = try world.signed($0.answer[0].rrset, with: key)
    }
    #expect(word.security == .bogus && word.ede == 9 && word.reason.contains("revoked"), "\(word)")
  }

  @Test("a revoked anchor vouches for nothing (RFC 5011 §2.1)")
  func revokedAnchor() throws {
    let key = try ZoneKey(algorithm: 13, flags: 0x181, seed: 5), world = try World()
    let keys = ZoneRRset(world.test.apex, .dnskey, [key.rdata, world.test.keys[0].rdata])
    let set = ZoneAnswer(kind: .positive, answer: [try world.signed(keys, with: key)])
    let ds = key.ds(of: world.test.apex, digestType: 2)
    let line =
      "test. DS \(key.keyTag) 13 2 \(ds[4...].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())\n"
    let run = try Judging(
      [world.say(world.test, "test.", .dnskey, set), world.ask(world.test, "www.test.", .a)], anchors: line)
    #expect(run.last.security != .secure, "\(run.last)")
  }

  @Test(
    "the DNSKEY RRset must be signed by the key that the DS names: the zone-signing key alone is not enough")
  func zoneSigningKeyAlone() throws {
    let world = try World(), zsk = try ZoneKey(algorithm: 13, flags: 256, seed: 5)
    let keys = ZoneRRset(world.test.apex, .dnskey, [world.test.keys[0].rdata, zsk.rdata])
    let set = ZoneAnswer(kind: .positive, answer: [try world.signed(keys, with: zsk)])
    let answer = try world.signed(ZoneRRset(domainName("www.test."), .a, [ZoneRData.a(66)]), with: zsk)
    let run = try Judging(
      world.chain(to: world.test).dropLast() + [
        world.say(world.test, "test.", .dnskey, set),
        world.say(world.test, "www.test.", .a, ZoneAnswer(kind: .positive, answer: [answer])),
      ], anchors: world.anchor)
    #expect(run.judgements.suffix(2).allSatisfy { $0.verdict.security == .bogus && $0.verdict.ede == 9 })
  }

  @Test("nor does a zone-signing key vouch for a second DNSKEY RRset beside the valid one that it stands in")
  func zoneSigningKeyBesideValidSet() throws {
    let world = try World(), zsk = try ZoneKey(algorithm: 13, flags: 256, seed: 5)
    world.test.add(world.test.apex, .dnskey, [zsk.rdata])
    let evil = try ZoneKey(algorithm: 13, flags: 257, seed: 66)
    let keys = ZoneRRset(world.test.apex, .dnskey, [world.test.keys[0].rdata, zsk.rdata, evil.rdata])
    let set = ZoneAnswer(kind: .positive, answer: [try world.signed(keys, with: zsk)])
    let answer = try world.signed(ZoneRRset(domainName("www.test."), .a, [ZoneRData.a(66)]), with: evil)
    let run = try world.judge(
      world.test, world.say(world.test, "test.", .dnskey, set),
      world.say(world.test, "www.test.", .a, ZoneAnswer(kind: .positive, answer: [answer])))
    #expect(
      run.judgements.suffix(2).allSatisfy { $0.verdict.security == .bogus && $0.verdict.ede == 9 },
      "\(run.last)")
  }

  @Test("SHA-1 is no way around a SHA-256 DS of the same algorithm that matches nothing (RFC 4509 §3)")
  func digestDowngrade() throws {
    let world = try World(), stranger = try ZoneKey(algorithm: 13, flags: 257, seed: 5)
    let apex = world.test.apex
    let digests = [stranger.ds(of: apex, digestType: 2), world.test.keys[0].ds(of: apex, digestType: 1)]
    let set = try world.signed(ZoneRRset(apex, .ds, digests), by: world.tree.root)
    let run = try Judging(
      [
        world.ask(world.tree.root, ".", .dnskey),
        world.say(world.tree.root, "test.", .ds, ZoneAnswer(kind: .positive, answer: [set])),
        world.ask(world.test, "test.", .dnskey), world.ask(world.test, "www.test.", .a),
      ], anchors: world.anchor)
    #expect(run.last.security == .bogus && run.last.ede == 9, "\(run.last)")
  }

  @Test("a DS RRset made from a wildcard delegates to nobody (RFC 4592 §4.6)")
  func wildcardDS() throws {
    let world = try World(), evil = try world.tree.add("evil.test.", .init(13), isSecure: false)
    evil.add("www", .a, ZoneRData.a(66))
    let ds = ZoneRRset(domainName("*.test."), .ds, [try #require(evil.ds)])
    let shown = ZoneAnswer(kind: .positive, answer: [try world.signed(ds, shownAs: "evil.test.")])
    let run = try Judging(
      world.chain(to: world.test) + [
        world.say(world.test, "evil.test.", .ds, shown), world.ask(evil, "evil.test.", .dnskey),
        world.ask(evil, "www.evil.test.", .a),
      ], anchors: world.anchor)
    #expect(run.last.security == .bogus && run.last.reason.contains("made from a wildcard"), "\(run.last)")
    let ns = AnsweredRRset(rrset: ZoneRRset(evil.apex, .ns, [domainName("ns.evil.test.").wire]))
    let referral = ZoneAnswer(kind: .referral, authority: [ns] + shown.answer)
    let word = try world.judge(world.test, world.say(world.test, "www.evil.test.", .a, referral)).last
    #expect(word.security == .bogus && word.ede == 6, "\(word)")
  }
}
