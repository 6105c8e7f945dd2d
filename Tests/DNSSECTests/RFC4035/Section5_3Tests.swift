@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// RFC 4035 §5.3: when an RRSIG authenticates an RRset.
@Suite struct Section5_3Tests {
  /// The answer to `www.test. A` with its signature remade or changed.
  private func verdict(
    _ world: World, _ zone: SignedZone? = nil, at time: Int64 = World.now,
    _ change: (inout AnsweredRRset) throws -> Void
  ) throws -> Judging {
    let zone = zone ?? world.test
    let answer = try zone.answer(domainName("www.test."), .a).with { try change(&$0.answer[0]) }
    return try world.judge(zone, world.say(zone, "www.test.", .a, answer, at: time))
  }

  @Test("an answer with its own RRSIG is secure, and so is each part of the chain")
  func secure() throws {
    let world = try World()
    let run = try world.judge(world.test, world.ask(world.test, "www.test.", .a))
    #expect(run.judgements.allSatisfy { $0.verdict.security == .secure && $0.verdict.ede == nil })
    #expect(run.rrsets(.a).first?.signatures == [.verified])
  }

  @Test("§5.3.1: the signature of another RRset does not authenticate this one")
  func otherRRset() throws {
    let world = try World()
    let run = try verdict(world) { $0.rrset.rdata = [ZoneRData.a(99)] }
    #expect(run.last.security == .bogus && run.last.ede == 6)
    #expect(run.rrsets(.a).first?.signatures == [.failed])
  }

  @Test("§5.3.1: the signer has to be the zone that holds the RRset; a key of a zone above may not sign")
  func signerAbove() throws {
    let world = try World()
    let root = world.tree.root
    let run = try verdict(world) { part in
      part.signatures = [try root.keys[0].sign(part.rrset, signer: .root, World.period)]
    }
    #expect(run.last.security == .bogus && run.last.ede == 6)
    #expect(run.rrsets(.a).first?.signatures == [.wrongSigner])
  }

  @Test("§5.3.1: a signer that is not at or above the owner is the wrong one")
  func signerElsewhere() throws {
    let world = try World()
    let other = try world.tree.add("other.", .init(13))
    let run = try verdict(world) { part in
      part.signatures = [try other.keys[0].sign(part.rrset, signer: other.apex, World.period)]
    }
    #expect(run.last.security == .bogus)
    #expect(run.rrsets(.a).first?.signatures == [.wrongSigner])
  }

  @Test("§5.3.1: inception and expiration include their ends, and a second beyond is bogus with 7 or 8")
  func period() throws {
    let world = try World()
    for (offset, ede) in [(-1000, nil), (1000, nil), (-1001, 8), (1001, 7)] as [(Int64, UInt16?)] {
      let period = ValidityPeriod(UInt32(World.now - 1000), UInt32(World.now + 1000))
      let run = try verdict(world, at: World.now + offset) { part in
        part.signatures = [try world.test.keys[0].sign(part.rrset, signer: world.test.apex, period)]
      }
      #expect(
        run.last.security == (ede == nil ? SecurityStatus.secure : .bogus) && run.last.ede == ede,
        "\(offset): \(run.last)")
      let statuses: [SignatureStatus] = [ede == 7 ? .expired : ede == 8 ? .notYetValid : .verified]
      #expect(run.rrsets(.a).first?.signatures == statuses)
    }
  }

  @Test("expiration before inception is malformed, and bogus with code 25")
  func reversed() throws {
    let world = try World()
    let period = ValidityPeriod(UInt32(World.now + 1000), UInt32(World.now - 1000))
    let run = try verdict(world) { part in
      part.signatures = [try world.test.keys[0].sign(part.rrset, signer: world.test.apex, period)]
    }
    #expect(run.last.security == .bogus && run.last.ede == 25)
    #expect(run.rrsets(.a).first?.signatures == [.malformed])
  }

  @Test("more labels than the owner has are malformed")
  func labels() throws {
    let world = try World()
    let run = try verdict(world) { $0.signatures[0][3] = 3 }
    #expect(run.last.security == .bogus && run.last.ede == 6)
    #expect(run.rrsets(.a).first?.signatures == [.malformed])
  }

  @Test("a key that the zone does not have is code 9, with the keys that it has")
  func noKey() throws {
    let world = try World()
    let stranger = try ZoneKey(algorithm: 13, flags: 256, seed: 99)
    let run = try verdict(world) { part in
      part.signatures = [try stranger.sign(part.rrset, signer: world.test.apex, World.period)]
    }
    #expect(run.last.security == .bogus && run.last.ede == 9)
    #expect(run.last.reason.contains("keys seen: \(world.test.keys[0].keyTag)"))
    #expect(run.rrsets(.a).first?.signatures == [.noKey])
  }

  @Test("an RRset whose only RRSIG uses an unsupported algorithm in a signed zone is bogus with code 10")
  func unsupportedAlgorithm() throws {
    let world = try World()
    let run = try verdict(world) { $0.signatures[0][2] = 200 }
    #expect(run.last.security == .bogus && run.last.ede == 10)
    #expect(run.rrsets(.a).first?.signatures == [.unsupportedAlgorithm])
  }

  @Test("one good RRSIG is enough beside failing, foreign, expired and unknown ones")
  func oneIsEnough() throws {
    let world = try World(), key = world.test.keys[0]
    let old = ValidityPeriod(1, 2)
    let run = try verdict(world) { part in
      var failing = part.signatures[0], unknown = part.signatures[0]
      failing[failing.count - 1] ^= 1
      unknown[2] = 200
      let expired = try key.sign(part.rrset, signer: world.test.apex, old)
      let foreign = try world.tree.root.keys[0].sign(part.rrset, signer: .root, World.period)
      part.signatures = [failing, unknown, expired, foreign] + part.signatures
    }
    #expect(run.last.security == .secure)
    #expect(
      run.rrsets(.a).first?.signatures == [.failed, .unsupportedAlgorithm, .expired, .wrongSigner, .verified])
  }

  @Test("a changed bit of the signed original TTL fails, and the TTL of the packet may be any")
  func originalTTL() throws {
    let world = try World()
    #expect(try verdict(world) { $0.rrset.ttl = 5 }.last.security == .secure)
    #expect(try verdict(world) { $0.rrset.ttl = 100_000 }.last.security == .secure)
    #expect(try verdict(world) { $0.signatures[0][7] ^= 1 }.last.security == .bogus)
  }

  @Test("the case of letters in owner and signer does not matter, nor the order and repetition of records")
  func canonicalForm() throws {
    let world = try World()
    world.test.add("www", .a, ZoneRData.a(2), ZoneRData.a(3))
    #expect(try verdict(world) { $0.rrset.rdata.reverse() }.last.security == .secure)
    #expect(try verdict(world) { $0.rrset.rdata.append(ZoneRData.a(2)) }.last.security == .secure)
    let mixed = try verdict(world) { part in
      part.rrset.owner = domainName("wWw.TEST.")
      part.signatures[0].replaceSubrange(18..<24, with: domainName("TesT.").wire)
    }
    #expect(mixed.last.security == .secure)
  }

  @Test("a record more or less than was signed is bogus")
  func otherCount() throws {
    let world = try World()
    world.test.add("www", .a, ZoneRData.a(2))
    #expect(try verdict(world) { $0.rrset.rdata.removeLast() }.last.security == .bogus)
    #expect(try verdict(world) { $0.rrset.rdata.append(ZoneRData.a(7)) }.last.security == .bogus)
  }
}
