@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// RFC 4035 §5.2: from the parent's DS to the child's keys.
@Suite struct Section5_2Tests {
  /// Judges `www.test. A` with other DS records for `test.` and another DNSKEY answer.
  private func verdict(
    _ world: World, ds: [[UInt8]]? = nil, keys: (inout ZoneAnswer) throws -> Void = { _ in }
  ) throws -> Judging {
    let root = world.tree.root, test = world.test
    var referral = try root.answer(domainName("test."), .ns)
    if let ds {
      let rrset = ZoneRRset(test.apex, .ds, ds)
      let index = try #require(referral.authority.firstIndex { $0.rrset.type == .ds })
      referral.authority[index] = AnsweredRRset(
        rrset: rrset, signatures: [try root.keys[0].sign(rrset, signer: .root, World.period)])
    }
    let keyAnswer = try test.answer(test.apex, .dnskey).with(keys)
    return try Judging(
      [
        world.ask(root, ".", .dnskey), world.say(root, "test.", .ns, referral),
        world.say(test, "test.", .dnskey, keyAnswer), world.ask(test, "www.test.", .a),
      ], anchors: world.anchor)
  }

  /// Replaces the DNSKEY RRset of an answer by other keys, signed by one of them.
  private func keys(_ world: World, _ rdata: [[UInt8]], signedBy key: ZoneKey) -> (inout ZoneAnswer) throws ->
    Void
  {
    { answer in
      let rrset = ZoneRRset(world.test.apex, .dnskey, rdata)
      answer.answer = [
        AnsweredRRset(rrset: rrset, signatures: [try key.sign(rrset, signer: world.test.apex, World.period)])
      ]
    }
  }

  @Test("one of several DS is enough; the others may name keys that are not there")
  func oneOfSeveral() throws {
    let world = try World(), key = world.test.keys[0]
    let standby = try ZoneKey(algorithm: 13, flags: 257, seed: 5)
    let good = key.ds(of: world.test.apex, digestType: 2)
    #expect(
      try verdict(world, ds: [standby.ds(of: world.test.apex, digestType: 2), good]).last.security == .secure)
  }

  @Test("a DS that matches no key is bogus with code 9, and the sentence names both")
  func mismatch() throws {
    let world = try World(), stranger = try ZoneKey(algorithm: 13, flags: 257, seed: 5)
    let last = try verdict(world, ds: [stranger.ds(of: world.test.apex, digestType: 2)]).last
    #expect(last.security == .bogus && last.ede == 9)
    #expect(
      last.reason.contains("DS \(stranger.keyTag) 13 2")
        && last.reason.contains("\(world.test.keys[0].keyTag)"))
  }

  @Test("a DS with the right tag and a wrong digest matches nothing")
  func wrongDigest() throws {
    let world = try World()
    var ds = world.test.keys[0].ds(of: world.test.apex, digestType: 2)
    ds[ds.count - 1] ^= 1
    let last = try verdict(world, ds: [ds]).last
    #expect(last.security == .bogus && last.ede == 9)
  }

  @Test("every digest type in use leads on", arguments: [1, 2, 4] as [UInt8])
  func digestTypes(type: UInt8) throws {
    let world = try World()
    let ds = world.test.keys[0].ds(of: world.test.apex, digestType: type)
    #expect(try verdict(world, ds: [ds]).last.security == .secure)
  }

  @Test(
    "where every DS is of an unsupported algorithm the zone is insecure with code 1, of digest type with code 2"
  )
  func unsupported() throws {
    let world = try World()
    let ds = world.test.keys[0].ds(of: world.test.apex, digestType: 2)
    let algorithm = ds.with { $0[2] = 200 }, digest = ds.with { $0[3] = 200 }
    let byAlgorithm = try verdict(world, ds: [algorithm]).last,
      byDigest = try verdict(world, ds: [digest]).last
    #expect(byAlgorithm.security == .insecure && byAlgorithm.ede == 1)
    #expect(byDigest.security == .insecure && byDigest.ede == 2)
    #expect(try verdict(world, ds: [algorithm, digest, ds]).last.security == .secure)
  }

  @Test("one usable DS makes the zone signed: unknown ones beside it do not excuse that it matches nothing")
  func noDowngrade() throws {
    let world = try World(), stranger = try ZoneKey(algorithm: 13, flags: 257, seed: 5)
    let ds = world.test.keys[0].ds(of: world.test.apex, digestType: 2)
    let last = try verdict(
      world, ds: [ds.with { $0[2] = 200 }, stranger.ds(of: world.test.apex, digestType: 2)]
    ).last
    #expect(last.security == .bogus && last.ede == 9)
  }

  @Test("RFC 4509 §3: SHA-1 is ignored beside SHA-256 of the same algorithm, and counts alone")
  func sha1() throws {
    let world = try World(), key = world.test.keys[0]
    let stranger = try ZoneKey(algorithm: 13, flags: 257, seed: 5)
    let old = key.ds(of: world.test.apex, digestType: 1),
      new = stranger.ds(of: world.test.apex, digestType: 2)
    #expect(try verdict(world, ds: [old, new]).last.security == .bogus)
    #expect(try verdict(world, ds: [old]).last.security == .secure)
  }

  @Test("a ZSK's signature over the DNSKEY RRset alone is bogus with code 9")
  func signedByZSK() throws {
    let world = try World(), zsk = try ZoneKey(algorithm: 13, flags: 256, seed: 5)
    let last = try verdict(world, keys: keys(world, [world.test.keys[0].rdata, zsk.rdata], signedBy: zsk))
      .last
    #expect(last.security == .bogus && last.ede == 9)
  }

  @Test("flags decide nothing but zone key and REVOKE: a DS may name a key without SEP")
  func withoutSEP() throws {
    let world = try World(), key = try ZoneKey(algorithm: 13, flags: 256, seed: 5)
    let run = try verdict(
      world, ds: [key.ds(of: world.test.apex, digestType: 2)],
      keys: keys(world, [key.rdata, world.test.keys[0].rdata], signedBy: key))
    #expect(run.last.security == .secure)
  }

  @Test("a key without the zone key bit vouches for nothing: bogus with code 11")
  func withoutZoneKeyBit() throws {
    let world = try World(), key = try ZoneKey(algorithm: 13, flags: 1, seed: 5)
    let run = try verdict(
      world, ds: [key.ds(of: world.test.apex, digestType: 2)],
      keys: keys(world, [key.rdata, world.test.keys[0].rdata], signedBy: key))
    #expect(run.last.security == .bogus && run.last.ede == 11)
  }

  @Test("a revoked key vouches for nothing, and the sentence says that it is revoked")
  func revoked() throws {
    let world = try World(), key = try ZoneKey(algorithm: 13, flags: 0x181, seed: 5)
    let run = try verdict(
      world, ds: [key.ds(of: world.test.apex, digestType: 2)],
      keys: keys(world, [key.rdata, world.test.keys[0].rdata], signedBy: key))
    #expect(run.last.security == .bogus && run.last.ede == 9 && run.last.reason.contains("revoked"))
  }

  @Test("an unsigned DNSKEY RRset for which signatures were asked is bogus with code 10")
  func unsignedKeys() throws {
    let world = try World()
    let last = try verdict(world) { $0 = $0.stripped }.last
    #expect(last.security == .bogus && last.ede == 10)
  }

  @Test("a DS at an apex belongs to the parent: one that its own zone signed is no DS")
  func childSigned() throws {
    let world = try World(), child = try world.tree.add("child.test.", .init(13), isSecure: false)
    child.add("www", .a, ZoneRData.a(7))
    let ds = ZoneRRset(child.apex, .ds, [child.keys[0].ds(of: child.apex, digestType: 2)])
    let forged = ZoneAnswer(
      kind: .positive,
      answer: [
        AnsweredRRset(rrset: ds, signatures: [try child.keys[0].sign(ds, signer: child.apex, World.period)])
      ])
    let run = try Judging(
      try world.chain(to: world.test) + [
        world.say(child, "child.test.", .ds, forged), world.ask(child, "child.test.", .dnskey),
        world.ask(child, "www.child.test.", .a),
      ], anchors: world.anchor)
    #expect(run.last.security == .indeterminate)
    #expect(run.judgements[3].rrsets[0].signatures == [.wrongSigner])
    #expect(run.verdict(3).security == .bogus)
  }
}

extension [UInt8] {
  /// The same with octets changed.
  func with(_ change: (inout [UInt8]) -> Void) -> [UInt8] {
    var changed = self
    change(&changed)
    return changed
  }
}
