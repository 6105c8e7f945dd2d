@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// RFC 4035 §5.5: data that do not validate harm nothing but themselves.
@Suite struct Section5_5Tests {
  @Test("a bad copy does not spoil the good one, before it or after it, nor the good one vouch for the bad")
  func copies() throws {
    let world = try World()
    let good = try world.ask(world.test, "www.test.", .a)
    let forged = try world.test.answer(domainName("www.test."), .a).with {
      $0.answer[0].rrset.rdata = [ZoneRData.a(66)]
    }
    let bad = world.say(world.test, "www.test.", .a, forged)
    let run = try world.judge(world.test, bad, good, bad, good)
    let words = run.judgements.suffix(4).map(\.verdict.security)
    #expect(words == [.bogus, .secure, .bogus, .secure])
  }

  @Test("a DNSKEY RRset that does not validate vouches for nothing, and keeps no valid one from doing so")
  func keys() throws {
    let world = try World()
    let broken = try world.test.answer(world.test.apex, .dnskey).with { $0.answer[0].signatures[0][50] ^= 1 }
    let bad = world.say(world.test, "test.", .dnskey, broken)
    let answer = try world.ask(world.test, "www.test.", .a), chain = try world.chain(to: world.test)
    #expect(try Judging([bad] + chain + [answer], anchors: world.anchor).last.security == .secure)
    let alone = try Judging(chain.dropLast() + [bad, answer], anchors: world.anchor).last
    #expect(alone.security == .bogus && alone.ede == 6, "\(alone)")
  }

  @Test("CD of the query changes nothing: what is bogus is called so")
  func checkingDisabled() throws {
    let world = try World()
    let forged = try world.test.answer(domainName("www.test."), .a).with {
      $0.answer[0].rrset.rdata = [ZoneRData.a(66)]
    }
    let shown = world.say(world.test, "www.test.", .a, forged).flags(set: 0x10)
    #expect(try world.judge(world.test, shown).last.security == .bogus)
  }
}
