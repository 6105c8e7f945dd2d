@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// What a policy makes of answers that verify, and that the truth stays what it is.
@Suite struct PolicyTests {
  /// `www.weak.test. A` and its chain, the zone signed by one key of an algorithm.
  private func judge(
    _ policy: [String], algorithm: UInt8 = 5, digestType: UInt8 = 2, separateKeys: Bool = false,
    change: (inout ZoneAnswer) throws -> Void = { _ in }
  ) throws -> Judging {
    let world = try World()
    let zone = try world.tree.add(
      "weak.test.", .init(algorithm, digestType: digestType, separateKeys: separateKeys))
    zone.add("www", .a, ZoneRData.a(7))
    let answer = try zone.answer(domainName("www.weak.test."), .a).with(change)
    return try world.judge(zone, policy: policy, world.say(zone, "www.weak.test.", .a, answer))
  }

  @Test(
    "what verifies by weak cryptography is secure, and names what it rests on",
    arguments: [
      (5, 2, ["sha1, rsa-1024"]), (3, 2, ["dsa, sha1"]), (6, 1, ["dsa, sha1", "sha1-ds"]),
      (13, 1, ["sha1-ds"]), (8, 2, ["rsa-1024"]), (13, 2, []), (17, 6, []),
    ] as [(UInt8, UInt8, [String])])
  func truth(algorithm: UInt8, digestType: UInt8, classes: [String]) throws {
    let run = try judge([], algorithm: algorithm, digestType: digestType)
    #expect(run.last.security == .secure, "\(run.last)")
    let links = try #require(run.judgements.last).weakLinks
    #expect(links.map(\.classes.text) == classes)
    #expect(links.allSatisfy { $0.zone == domainName("weak.test.") })
  }

  @Test(
    "a class that algorithm or digest alone tell makes the DS unusable: insecure with 1 or 2, whatever the RRSIGs do",
    arguments: [
      (5, 2, "sha1", 1), (3, 2, "dsa", 1), (6, 2, "rfc9904", 1), (13, 1, "sha1-ds", 2),
      (5, 1, "sha1-ds", 2),
    ] as [(UInt8, UInt8, String, UInt16)])
  func unusableDS(algorithm: UInt8, digestType: UInt8, word: String, code: UInt16) throws {
    for isBroken in [false, true] {
      let run = try judge([word], algorithm: algorithm, digestType: digestType) {
        if isBroken { $0.answer[0].rrset.rdata = [ZoneRData.a(9)] }
      }
      #expect(run.last.security == .insecure && run.last.ede == code, "\(run.last)")
      #expect(run.last.reason.contains("policy") && run.judgements.last?.weakLinks == [])
    }
  }

  @Test("other classes change nothing")
  func otherClasses() throws {
    #expect(try judge(["dsa", "sha1-ds", "gost", "rsa-small"]).last.security == .secure)
    #expect(try judge(["all"], algorithm: 13).last.security == .secure)
  }

  @Test("a class that only the key tells makes the zone insecure with 1 when its keys verify by it alone")
  func weakKey() throws {
    let run = try judge(["rsa-1024"], algorithm: 8)
    #expect(run.last.security == .insecure && run.last.ede == 1, "\(run.last)")
    #expect(run.last.reason.contains("the policy takes rsa-1024 for insecure"))
    #expect(run.zones.last?.verdict.security == .insecure)
  }

  @Test(
    "a key set that fails stays bogus under a policy against its key, and is insecure where its DS is refused"
  )
  func failingKeys() throws {
    for (algorithm, policy, word) in [
      (8, [], .bogus), (8, ["rsa-1024"], .bogus), (5, [], .bogus), (5, ["sha1"], .insecure),
    ] as [(UInt8, [String], SecurityStatus)] {
      let world = try World(), zone = try world.tree.add("weak.test.", .init(algorithm))
      zone.add("www", .a, ZoneRData.a(7))
      var shown = try world.chain(to: zone)
      let broken = try zone.answer(zone.apex, .dnskey).with { $0.answer[0].signatures[0][40] ^= 1 }
      shown[shown.count - 1] = world.say(zone, "weak.test.", .dnskey, broken)
      shown.append(try world.ask(zone, "www.weak.test.", .a))
      let run = try Judging(shown, anchors: world.anchor, policy: ValidationPolicy(words: policy))
      #expect(run.last.security == word, "\(algorithm) \(policy): \(run.last)")
    }
  }

  @Test("in a zone that stays signed, an RRset by a weak key alone is insecure, a failing one bogus")
  func weakZoneKey() throws {
    let world = try World(), zone = world.test
    let weak = try ZoneKey(algorithm: 8, flags: 256, seed: 77, rsaBits: 512)
    zone.add(zone.apex, .dnskey, weak.rdata)
    let name = domainName("www.test."), rrset = try #require(zone.rrset(name, .a))
    let byWeak = try weak.sign(rrset, signer: zone.apex, World.period)
    let byBoth = try zone.answer(name, .a).with { $0.answer[0].signatures.append(byWeak) }
    let weakOnly = try zone.answer(name, .a).with { $0.answer[0].signatures = [byWeak] }
    let broken = weakOnly.with { $0.answer[0].rrset.rdata = [ZoneRData.a(9)] }
    for (answer, policy, word) in [
      (weakOnly, [], .secure), (weakOnly, ["rsa-small"], .insecure), (byBoth, ["rsa-small"], .secure),
      (broken, ["rsa-small"], .bogus), (broken, [], .bogus),
    ] as [(ZoneAnswer, [String], SecurityStatus)] {
      let run = try world.judge(zone, policy: policy, world.say(zone, "www.test.", .a, answer))
      #expect(run.last.security == word, "\(policy): \(run.last)")
      #expect(run.last.ede == (word == .insecure ? 1 : word == .secure ? nil : 6))
    }
    let run = try world.judge(zone, world.say(zone, "www.test.", .a, byBoth))
    #expect(run.judgements.last?.weakLinks == [])
  }

  @Test("of two weak RRSIGs the one that the policy does not refuse counts, in either order")
  func strongerOfTwo() throws {
    let world = try World(), zone = world.test
    let keys = try [512, 1_024].map { try ZoneKey(algorithm: 8, flags: 256, seed: 77, rsaBits: $0) }
    for key in keys { zone.add(zone.apex, .dnskey, key.rdata) }
    let name = domainName("www.test."), rrset = try #require(zone.rrset(name, .a))
    let made = try keys.map { try $0.sign(rrset, signer: zone.apex, World.period) }
    for signatures in [made, made.reversed()] {
      let answer = try zone.answer(name, .a).with { $0.answer[0].signatures = signatures }
      for (policy, word) in [("rsa-small", .secure), ("rsa-1024", .secure), ("all", .insecure)]
        as [(String, SecurityStatus)]
      {
        let run = try world.judge(zone, policy: [policy], world.say(zone, "www.test.", .a, answer))
        #expect(run.last.security == word, "\(policy): \(run.last)")
      }
    }
  }

  @Test(
    "a denial by a weak key alone is insecure, and one that proves nothing stays bogus",
    arguments: [
      DenialMethod.nsec, .nsec3(salt: [], iterations: 0, optOut: false),
    ])
  func weakDenial(method: DenialMethod) throws {
    let world = try World(method), zone = world.test
    let weak = try ZoneKey(algorithm: 8, flags: 256, seed: 77, rsaBits: 512)
    zone.add(zone.apex, .dnskey, weak.rdata)
    let byWeak = { (answer: ZoneAnswer) in
      try answer.with { answer in
        for index in answer.authority.indices {
          answer.authority[index].signatures = [
            try weak.sign(answer.authority[index].rrset, signer: zone.apex, World.period)
          ]
        }
      }
    }
    let denial = try byWeak(try zone.answer(domainName("nothing.test."), .a))
    let partial = denial.with { answer in answer.authority.removeAll { $0.rrset.type != .soa } }
    for (answer, policy, word) in [
      (denial, [], .secure), (denial, ["rsa-small"], .insecure), (partial, ["rsa-small"], .bogus),
    ] as [(ZoneAnswer, [String], SecurityStatus)] {
      let run = try world.judge(zone, policy: policy, world.say(zone, "nothing.test.", .a, answer))
      #expect(run.last.security == word, "\(policy): \(run.last)")
    }
  }

  @Test("zones below an insecure one follow, and a DS by a weak key of the zone above leads nowhere")
  func zonesBelow() throws {
    let world = try World()
    let middle = try world.tree.add("middle.test.", .init(5, separateKeys: true))
    let deep = try world.tree.add("deep.middle.test.", .init(13))
    deep.add("www", .a, ZoneRData.a(7))
    let answer = try world.ask(deep, "www.deep.middle.test.", .a)
    #expect(try world.judge(deep, answer).last.security == .secure)
    let links = try #require(try world.judge(deep, answer).judgements.last).weakLinks
    #expect(Set(links.map(\.zone)) == [middle.apex] && links.count == 2)
    for word in ["sha1", "rsa-1024"] {
      let run = try world.judge(deep, policy: [word], answer)
      #expect(run.last.security == .insecure && run.last.ede == 1, "\(run.last)")
    }
  }

  @Test(
    "a weak zone key signs the DS of a strong zone below: by policy that zone is insecure, its parent is not")
  func weakDSSignature() throws {
    let world = try World(), zone = world.test
    let weak = try ZoneKey(algorithm: 8, flags: 256, seed: 77, rsaBits: 512)
    zone.add(zone.apex, .dnskey, weak.rdata)
    let child = try world.tree.add("child.test.", .init(13))
    child.add("www", .a, ZoneRData.a(7))
    var shown = try world.chain(to: child)
    let referral = try zone.answer(child.apex, .ns).with { answer in
      for index in answer.authority.indices where answer.authority[index].rrset.type == .ds {
        answer.authority[index].signatures = [
          try weak.sign(answer.authority[index].rrset, signer: zone.apex, World.period)
        ]
      }
    }
    shown[shown.count - 2] = world.say(zone, "child.test.", .ns, referral)
    shown.append(try world.ask(zone, "www.test.", .a))
    shown.append(try world.ask(child, "www.child.test.", .a))
    let byTruth = try Judging(shown, anchors: world.anchor)
    #expect(byTruth.last.security == .secure)
    #expect(byTruth.judgements.last?.weakLinks.map(\.zone) == [zone.apex])
    let byPolicy = try Judging(shown, anchors: world.anchor, policy: ValidationPolicy(words: ["rsa-small"]))
    #expect(byPolicy.last.security == .insecure && byPolicy.last.ede == 1, "\(byPolicy.last)")
    #expect(byPolicy.verdict(shown.count - 2).security == .secure)
  }

  @Test("an anchor of a class that the policy refuses anchors nothing secure")
  func anchors() throws {
    let tree = try ZoneTree(root: .init(5), World.period, seed: 9), root = tree.root
    let answer = ZoneMessages.response(try root.answer(.root, .soa), .root, .soa, id: 1, dnssecOK: true)
    let keys = ZoneMessages.response(try root.answer(.root, .dnskey), .root, .dnskey, id: 1, dnssecOK: true)
    let shown = [keys, answer].map { Judging.Shown(bytes: $0.bytes, time: World.now) }
    for (policy, word) in [([], .secure), (["sha1"], .insecure), (["rsa-1024"], .insecure)]
      as [([String], SecurityStatus)]
    {
      let run = try Judging(shown, anchors: tree.anchorLine, policy: ValidationPolicy(words: policy))
      #expect(run.last.security == word, "\(policy): \(run.last)")
    }
  }

  @Test("RSA with MD5 is unsupported unless the policy names it")
  func md5() throws {
    for (policy, word) in [([], .insecure), (["md5=note"], .secure), (["md5"], .insecure)]
      as [([String], SecurityStatus)]
    {
      let run = try judge(policy, algorithm: 1)
      #expect(
        run.last.security == word && run.last.ede == (word == .secure ? nil : 1), "\(policy): \(run.last)")
    }
  }

  @Test("an algorithm that libcrypto does not do is unsupported, a digest too")
  func unavailable() throws {
    let policy = ValidationPolicy()
    for number in [0, 2, 4, 9, 11, 18, 252, 253, 254, 255] as [UInt8] {
      #expect(policy.scheme(of: number) == nil)
    }
    for number in [3, 5, 6, 7, 8, 10, 13, 14, 15, 16, 17] as [UInt8] {
      #expect(policy.scheme(of: number) != nil)
    }
    #expect(policy.scheme(of: 1) == nil)
    let gost = DSData(keyTag: 1, algorithm: 12, digestType: 3, digest: [])
    #expect(policy.supports(gost) == (policy.scheme(of: 12) != nil))
  }

  @Test("a DSA key that cannot be read makes signed data bogus, as a broken key of any algorithm does")
  func unreadableDSA() throws {
    let world = try World()
    let zone = try world.tree.add("weak.test.", .init(3))
    zone.add("www", .a, ZoneRData.a(7))
    let key = zone.keys[0].rdata, cut = Array(key.dropLast())
    let digest = try ZoneKey.ds(naming: cut, of: zone.apex)
    var shown = try world.chain(to: zone)
    let referral = try world.test.answer(zone.apex, .ns).with { answer in
      for index in answer.authority.indices where answer.authority[index].rrset.type == .ds {
        let ds = ZoneRRset(zone.apex, .ds, [digest])
        answer.authority[index] = AnsweredRRset(
          rrset: ds, signatures: [try world.test.keys[0].sign(ds, signer: world.test.apex, World.period)])
      }
    }
    shown[shown.count - 2] = world.say(world.test, "weak.test.", .ns, referral)
    let keys = try zone.answer(zone.apex, .dnskey).with { $0.answer[0].rrset.rdata = [cut] }
    shown[shown.count - 1] = world.say(zone, "weak.test.", .dnskey, keys)
    shown.append(try world.ask(zone, "www.weak.test.", .a))
    #expect(try Judging(shown, anchors: world.anchor).last.security == .bogus)
  }
}
