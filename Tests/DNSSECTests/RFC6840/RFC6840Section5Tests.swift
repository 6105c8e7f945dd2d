@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// RFC 6840 §5: what implementations of the first RFCs did otherwise. §5.1, the canonical form, is told with RFC 4034 §6.
@Suite struct RFC6840Section5Tests {
  /// The word on `www.test. A` with these DS records for `test.`, and these keys signed by some of them.
  private func word(
    _ world: World, ds: [[UInt8]], keys: [[UInt8]], signedBy signers: [ZoneKey], answeredBy key: ZoneKey
  ) throws -> Verdict {
    let digests = try world.signed(ZoneRRset(world.test.apex, .ds, ds), by: world.tree.root)
    let rrset = ZoneRRset(world.test.apex, .dnskey, keys)
    let set = AnsweredRRset(
      rrset: rrset, signatures: try signers.map { try $0.sign(rrset, signer: world.test.apex, World.period) })
    let answer = try world.signed(ZoneRRset(domainName("www.test."), .a, [ZoneRData.a(1)]), with: key)
    return try Judging(
      [
        world.ask(world.tree.root, ".", .dnskey),
        world.say(world.tree.root, "test.", .ds, ZoneAnswer(kind: .positive, answer: [digests])),
        world.say(world.test, "test.", .dnskey, ZoneAnswer(kind: .positive, answer: [set])),
        world.say(world.test, "www.test.", .a, ZoneAnswer(kind: .positive, answer: [answer])),
      ], anchors: world.anchor
    ).last
  }

  @Test("§5.2: DS records of unknown digests are passed over beside a known one, and alone make insecure")
  func unknownDigest() throws {
    let world = try World(), key = world.test.keys[0]
    let good = key.ds(of: world.test.apex, digestType: 2), unknown = good.with { $0[3] = 250 }
    let judge = { try self.word(world, ds: $0, keys: [key.rdata], signedBy: [key], answeredBy: key) }
    #expect(try judge([unknown, good]).security == .secure)
    let alone = try judge([unknown])
    #expect(alone.security == .insecure && alone.ede == 2, "\(alone)")
  }

  @Test(
    "§5.3: a zone of private algorithms alone is insecure, and one beside a known one is not",
    arguments: [253, 254] as [UInt8])
  func privateAlgorithms(algorithm: UInt8) throws {
    let world = try World(), key = world.test.keys[0]
    let good = key.ds(of: world.test.apex, digestType: 2), own = good.with { $0[2] = algorithm }
    let judge = { try self.word(world, ds: $0, keys: [key.rdata], signedBy: [key], answeredBy: key) }
    let alone = try judge([own])
    #expect(alone.security == .insecure && alone.ede == 1, "\(alone)")
    #expect(try judge([own, good]).security == .secure)
  }

  @Test("§5.4: any RRSIG that validates is enough, in any place among others that do not")
  func oneOfSeveral() throws {
    let world = try World()
    for place in 0..<4 {
      let word = try world.word(on: "www.test.", .a) { answer in
        let good = answer.answer[0].signatures[0]
        answer.answer[0].signatures = (1...3).map { number in good.with { $0[50] ^= UInt8(number) } }
        answer.answer[0].signatures.insert(good, at: place)
      }
      #expect(word.security == .secure, "\(place): \(word)")
    }
  }

  @Test(
    "§5.5: a key tag is a hint: of two keys of the zone that share one the right one is found, in either order"
  )
  func sharedTag() throws {
    let world = try World(), key = world.test.keys[0]
    // One octet up and another one of the same half down: the sum that the tag is stays.
    let up = try #require((4..<68).first { $0 % 2 == 0 && key.rdata[$0] < 128 })
    let down = try #require((4..<68).first { $0 % 2 == 0 && key.rdata[$0] >= 128 })
    let twin = key.rdata.with { ($0[up], $0[down]) = ($0[up] + 1, $0[down] - 1) }
    #expect(try DNSKEYData(twin.span).keyTag == key.keyTag)
    let ds = [key.ds(of: world.test.apex, digestType: 2)]
    for keys in [[twin, key.rdata], [key.rdata, twin]] {
      #expect(try word(world, ds: ds, keys: keys, signedBy: [key], answeredBy: key).security == .secure)
    }
  }

  @Test("§5.7-5.9: neither AD nor CD of a message says anything about it")
  func flags() throws {
    let world = try World(), good = try world.ask(world.test, "www.test.", .a)
    for bits in [0x20, 0x10, 0x30] as [UInt16] {
      #expect(try world.judge(world.test, good.flags(set: bits)).last.security == .secure)
      let unproven = world.say(
        world.test, "www.test.", .a, try world.test.answer(domainName("www.test."), .a).stripped)
      #expect(try world.judge(world.test, unproven.flags(set: bits)).last.security == .bogus)
    }
  }

  @Test("§5.10: of nested anchors the closest decides for its zone, the other for what lies beside it")
  func nestedAnchors() throws {
    let world = try World(), other = try world.tree.add("other.", .init(13))
    other.add("www", .a, ZoneRData.a(4))
    let wrong = "test. DS 1 13 2 \(String(repeating: "00", count: 32))\n"
    let run = try Judging(
      world.chain(to: world.test) + world.chain(to: other) + [
        world.ask(world.test, "www.test.", .a), world.ask(other, "www.other.", .a),
      ], anchors: world.anchor + wrong)
    #expect(run.judgements.suffix(2).map(\.verdict.security) == [.bogus, .secure])
  }

  @Test("§5.11: of several algorithms in the DS set one is enough: a validator does not ask for all of them")
  func oneAlgorithm() throws {
    let world = try World(), key = world.test.keys[0]
    let other = try ZoneKey(algorithm: 15, flags: 257, seed: 5)
    let ds = [key, other].map { $0.ds(of: world.test.apex, digestType: 2) }
    for (keys, signer) in [
      ([key.rdata], key), ([key.rdata, other.rdata], key), ([key.rdata, other.rdata], other),
    ] {
      let word = try word(world, ds: ds, keys: keys, signedBy: [signer], answeredBy: signer)
      #expect(word.security == .secure, "\(word)")
    }
  }

  @Test("§5.12: signatures of keys that are not in the zone are ignored beside a good one")
  func unknownKeys() throws {
    let world = try World(),
      strangers = try (1...3).map { try ZoneKey(algorithm: 13, flags: 256, seed: $0 + 70) }
    let word = try world.word(on: "www.test.", .a) { answer in
      let rrset = answer.answer[0].rrset
      let foreign = try strangers.map { try $0.sign(rrset, signer: world.test.apex, World.period) }
      answer.answer[0].signatures = foreign + answer.answer[0].signatures
    }
    #expect(word.security == .secure, "\(word)")
  }
}
