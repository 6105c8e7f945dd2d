@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// RFC 9276 §3.2: what becomes of a zone whose NSEC3 ask for more iterations than the limit of 150.
@Suite struct RFC9276Section3_2Tests {
  /// A zone with so many iterations, with a wildcard and an unsigned zone below it.
  private func world(_ iterations: UInt16) throws -> World {
    let world = try World(.nsec3(salt: [1], iterations: iterations))
    world.test.add("*.w", .a, ZoneRData.a(2))
    try world.tree.add("child.test.", nil).add("www", .a, ZoneRData.a(7))
    return world
  }

  @Test("only what needs the NSEC3 becomes insecure, with code 27; plain answers and keys stay secure")
  func above() throws {
    let world = try world(151)
    #expect(try world.word(on: "www.test.", .a).security == .secure)
    #expect(try world.word(on: "test.", .dnskey).security == .secure)
    for (name, type) in [
      ("none.test.", RecordType.a), ("www.test.", .mx), ("q.w.test.", .a), ("q.w.test.", .mx),
    ] {
      let word = try world.word(on: name, type)
      #expect(word.security == .insecure && word.ede == 27, "\(name): \(word)")
    }
  }

  @Test("what the zone signed at a name stays secure when the DS question for the name was seen too")
  func askedForDS() throws {
    let world = try world(151)
    let run = try world.judge(
      world.test, world.ask(world.test, "www.test.", .ds), world.ask(world.test, "www.test.", .a))
    #expect(run.last.security == .secure, "\(run.last)")
  }

  @Test("at the limit everything is as with fewer")
  func limit() throws {
    let world = try world(150)
    for (name, type) in [
      ("none.test.", RecordType.a), ("www.test.", .mx), ("q.w.test.", .a), ("q.w.test.", .mx),
    ] {
      #expect(try world.word(on: name, type).security == .secure, "\(name)")
    }
  }

  @Test("a delegation without DS is insecure with code 27, and so is what lies below it")
  func delegation() throws {
    let world = try world(151), child = world.tree.zone(for: domainName("child.test."), .a)
    let referral = try world.ask(world.test, "www.child.test.", .a)
    let run = try world.judge(world.test, referral, world.ask(child, "www.child.test.", .a))
    for word in run.judgements.suffix(2).map(\.verdict) {
      #expect(word.security == .insecure && word.ede == 27, "\(word)")
    }
  }

  @Test("the count must be signed before it counts: a raised one that does not verify is bogus, no downgrade")
  func unverified() throws {
    let world = try world(1)
    for (name, type) in [("none.test.", RecordType.a), ("www.test.", .mx), ("q.w.test.", .a)] {
      let word = try world.word(on: name, type) { answer in
        for index in answer.authority.indices where answer.authority[index].rrset.type == .nsec3 {
          answer.authority[index].rrset.rdata[0][2] = 0xff
        }
      }
      #expect(word.security == .bogus && word.ede == 6, "\(name): \(word)")
    }
  }

  @Test("nor does a raised count that does not verify make a delegation insecure")
  func unverifiedDelegation() throws {
    let world = try world(1), child = world.tree.zone(for: domainName("child.test."), .a)
    let referral = try world.test.answer(domainName("www.child.test."), .a).with { answer in
      for index in answer.authority.indices where answer.authority[index].rrset.type == .nsec3 {
        answer.authority[index].rrset.rdata[0][2] = 0xff
      }
    }
    let run = try world.judge(
      world.test, world.say(world.test, "www.child.test.", .a, referral),
      world.ask(child, "www.child.test.", .a))
    #expect(run.judgements.suffix(2).allSatisfy { $0.verdict.security == .bogus }, "\(run.last)")
  }
}
