@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// Messages of which a part is missing, and packets that a host would have dropped.
@Suite struct TruncationTests {
  private let tc: UInt16 = 0x0200

  @Test("a truncated answer is indeterminate with code 5, whether its RRsets verify or not")
  func truncated() throws {
    let world = try World()
    let answer = try world.ask(world.test, "www.test.", .a).flags(set: tc)
    let run = try world.judge(world.test, answer)
    #expect(run.last.security == .indeterminate && run.last.ede == 5)
    #expect(run.rrsets(.a).first?.verdict.security == .secure)
    let bad = try world.test.answer(domainName("www.test."), .a).with {
      $0.answer[0].rrset.rdata = [ZoneRData.a(9)]
    }
    let forged = try world.judge(world.test, world.say(world.test, "www.test.", .a, bad).flags(set: tc))
    #expect(forged.last.security == .indeterminate)
    #expect(forged.rrsets(.a).first?.verdict.security == .indeterminate)
    #expect(forged.rrsets(.a).first?.signatures == [.failed])
  }

  @Test("what the snap length cut, and what cannot be decoded to its end, is never bogus or secure")
  func cut() throws {
    let world = try World()
    let whole = try world.ask(world.test, "none.test.", .a)
    #expect(try world.judge(world.test, whole.with { $0.isWhole = false }).last.security == .indeterminate)
    #expect(
      try world.judge(world.test, whole.with { $0.bytes.removeLast(20) }).last.security == .indeterminate)
    #expect(try world.judge(world.test, whole).last.security == .secure)
  }

  @Test("a truncated message is insecure where its zone is proven insecure")
  func insecure() throws {
    let world = try World(), child = try world.tree.add("child.test.", nil)
    child.add("www", .a, ZoneRData.a(7))
    let shown = try world.ask(child, "www.child.test.", .a).flags(set: tc)
    let run = try Judging(
      try world.chain(to: world.test) + [world.ask(world.test, "child.test.", .ns), shown],
      anchors: world.anchor)
    #expect(run.last.security == .insecure && run.last.ede == nil)
  }

  @Test(
    "part of a DNSKEY RRset in a truncated message is no fault of the zone, and a whole one serves as evidence"
  )
  func keys() throws {
    let world = try World(), other = try ZoneKey(algorithm: 13, flags: 256, seed: 5)
    world.test.add("test.", .txt, [1, 0x61])
    let part = try world.test.answer(world.test.apex, .dnskey).with {
      $0.answer[0].rrset.rdata = [other.rdata]
    }
    let answer = try world.ask(world.test, "www.test.", .a)
    let upper = try Array(world.chain(to: world.test).dropLast())
    let partial = try Judging(
      upper + [world.say(world.test, "test.", .dnskey, part).flags(set: tc), answer], anchors: world.anchor)
    #expect(partial.last.security == .indeterminate)
    let full = try Judging(
      upper + [world.ask(world.test, "test.", .dnskey).flags(set: tc), answer], anchors: world.anchor)
    #expect(full.last.security == .secure)
  }

  @Test("a wrong checksum turns bogus into indeterminate and leaves secure; the sentence names it")
  func damaged() throws {
    let world = try World()
    let bad = try world.test.answer(domainName("www.test."), .a).with {
      $0.answer[0].rrset.rdata = [ZoneRData.a(9)]
    }
    let run = try world.judge(
      world.test, world.say(world.test, "www.test.", .a, bad).with { $0.isIntact = false })
    #expect(run.last.security == .indeterminate && run.last.reason.contains("checksum"))
    let good = try world.ask(world.test, "www.test.", .a).with { $0.isIntact = false }
    #expect(try world.judge(world.test, good).last.security == .secure)
  }

  @Test("a packet with a wrong checksum is no evidence")
  func damagedEvidence() throws {
    let world = try World()
    let chain = try world.chain(to: world.test).map { $0.with { $0.isIntact = false } }
    let run = try Judging(chain + [world.ask(world.test, "www.test.", .a)], anchors: world.anchor)
    #expect(run.last.security == .indeterminate)
  }
}
