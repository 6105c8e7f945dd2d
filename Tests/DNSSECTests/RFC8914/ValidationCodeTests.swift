@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// RFC 8914 §4: each extended error that a validator gives, from a message that deserves it.
@Suite struct RFC8914ValidationCodeTests {
  /// The word on `www.test. A` below another DS RRset.
  private func word(_ world: World, ds: [UInt8]) throws -> Verdict {
    let set = try world.signed(ZoneRRset(world.test.apex, .ds, [ds]), by: world.tree.root)
    return try Judging(
      [
        world.ask(world.tree.root, ".", .dnskey),
        world.say(world.tree.root, "test.", .ds, ZoneAnswer(kind: .positive, answer: [set])),
        world.ask(world.test, "test.", .dnskey), world.ask(world.test, "www.test.", .a),
      ], anchors: world.anchor
    ).last
  }

  /// The right DS of `test.`.
  private func ds(_ world: World) -> [UInt8] { world.test.keys[0].ds(of: world.test.apex, digestType: 2) }

  /// The word on `www.test. A` with a signature of another period.
  private func word(from inception: Int64, to expiration: Int64) throws -> Verdict {
    let world = try World(), period = ValidityPeriod(UInt32(inception), UInt32(expiration))
    return try world.word(on: "www.test.", .a) { answer in
      answer.answer[0].signatures = [
        try world.test.keys[0].sign(answer.answer[0].rrset, signer: world.test.apex, period)
      ]
    }
  }

  @Test(
    "§4.2 code 1, Unsupported DNSKEY Algorithm: every DS is of an algorithm nobody here verifies, and insecure"
  )
  func code1() throws {
    let world = try World(), word = try word(world, ds: ds(world).with { $0[2] = 200 })
    #expect(word.security == .insecure && word.ede == 1, "\(word)")
  }

  @Test("§4.3 code 2, Unsupported DS Digest Type: every DS is of a digest nobody here makes, and insecure")
  func code2() throws {
    let world = try World(), word = try word(world, ds: ds(world).with { $0[3] = 200 })
    #expect(word.security == .insecure && word.ede == 2, "\(word)")
  }

  @Test(
    "§4.6 code 5, DNSSEC Indeterminate: a link is missing, and the sentence asks the question that closes the gap"
  )
  func code5() throws {
    let world = try World(), chain = try world.chain(to: world.test)
    let word = try Judging(chain.dropLast() + [world.ask(world.test, "www.test.", .a)], anchors: world.anchor)
      .last
    #expect(word.security == .indeterminate && word.ede == 5, "\(word)")
    #expect(word.reason.contains("ask: test. DNSKEY +dnssec"), "\(word)")
  }

  @Test("§4.7 code 6, DNSSEC Bogus: data that nobody signed under a signature")
  func code6() throws {
    let word = try World().word(on: "www.test.", .a) { $0.answer[0].rrset.rdata = [ZoneRData.a(66)] }
    #expect(word.security == .bogus && word.ede == 6, "\(word)")
  }

  @Test("§4.8 code 7, Signature Expired")
  func code7() throws {
    let word = try word(from: World.now - 2000, to: World.now - 1)
    #expect(word.security == .bogus && word.ede == 7, "\(word)")
  }

  @Test("§4.9 code 8, Signature Not Yet Valid")
  func code8() throws {
    let word = try word(from: World.now + 1, to: World.now + 2000)
    #expect(word.security == .bogus && word.ede == 8, "\(word)")
  }

  @Test("§4.10 code 9, DNSKEY Missing: a DS matches no key, and the sentence names both")
  func code9() throws {
    let world = try World(), stranger = try ZoneKey(algorithm: 13, flags: 257, seed: 5)
    let word = try word(world, ds: stranger.ds(of: world.test.apex, digestType: 2))
    #expect(word.security == .bogus && word.ede == 9, "\(word)")
    #expect(
      word.reason.contains("\(stranger.keyTag)") && word.reason.contains("\(world.test.keys[0].keyTag)"))
  }

  @Test("§4.11 code 10, RRSIGs Missing")
  func code10() throws {
    let word = try World().word(on: "www.test.", .a) { $0.answer[0].signatures = [] }
    #expect(word.security == .bogus && word.ede == 10, "\(word)")
  }

  @Test("§4.12 code 11, No Zone Key Bit Set")
  func code11() throws {
    let world = try World(), key = try ZoneKey(algorithm: 13, flags: 0, seed: 5)
    world.test.add(world.test.apex, .dnskey, [key.rdata])
    let word = try world.word(on: "www.test.", .a) {
      $0.answer[0] = try world.signed($0.answer[0].rrset, with: key)
    }
    #expect(word.security == .bogus && word.ede == 11, "\(word)")
  }

  @Test("§4.13 code 12, NSEC Missing", arguments: [RecordType.a, .mx])
  func code12(type: RecordType) throws {
    let world = try World(), name = type == .a ? "none.test." : "www.test."
    let word = try world.word(on: name, type) { $0.authority.removeAll { $0.rrset.type == .nsec } }
    #expect(word.security == .bogus && word.ede == 12, "\(word)")
  }

  @Test("code 25, Signature Expired before Valid: the period runs backwards")
  func code25() throws {
    let word = try word(from: World.now + 1000, to: World.now - 1000)
    #expect(word.security == .bogus && word.ede == 25, "\(word)")
  }

  @Test("code 27, Unsupported NSEC3 Iterations Value: insecure")
  func code27() throws {
    let word = try World(.nsec3(iterations: 151)).word(on: "none.test.", .a)
    #expect(word.security == .insecure && word.ede == 27, "\(word)")
  }

  @Test("a secure word has no code, and the numbers are those of the registry")
  func numbers() throws {
    #expect(try World().word(on: "www.test.", .a).ede == nil)
    let codes: [ExtendedErrorCode] = [
      .unsupportedDNSKEYAlgorithm, .unsupportedDSDigestType, .indeterminate, .bogus, .signatureExpired,
      .signatureNotYetValid, .dnskeyMissing, .rrsigsMissing, .noZoneKeyBitSet, .nsecMissing,
      .signatureExpiredBeforeValid, .unsupportedNSEC3Iterations,
    ]
    #expect(codes.map(\.rawValue) == [1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 25, 27])
  }
}
