@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// Holes in denials, each as whole messages that deny what is there.
@Suite struct DenialHoleTests {
  @Test("an NSEC that was itself made from a wildcard proves nothing")
  func expandedNSEC() throws {
    let world = try World()
    world.test.add("*.w", .txt, ZoneRData.txt("x"))
    let nsec = ZoneRRset(
      domainName("*.w.test."), .nsec,
      [domainName("www.test.").wire + ZoneRData.typeBitmap([.txt, .rrsig, .nsec])])
    for name in ["q.w.test.", "b.q.w.test."] {
      let forged = ZoneAnswer(kind: .noData, authority: [try world.signed(nsec, shownAs: name)])
      let word = try world.judge(world.test, world.say(world.test, name, .a, forged)).last
      #expect(word.security == .bogus, "\(name): \(word)")
    }
  }

  @Test(
    "the parent's NSEC or NSEC3 at a cut denies no name and no type below it (RFC 6840 §4.1)",
    arguments: [0, 1])
  func ancestorDelegation(kind: Int) throws {
    let world = try World(kind == 0 ? .nsec : .nsec3())
    let child = try world.tree.add("child.test.", .init(13)), name = "www.child.test."
    child.add("www", .a, ZoneRData.a(7))
    let cut = try #require(world.test.answer(domainName("child.test."), .ds).answer.first)
    let proof = try world.test.answer(domainName("none.test."), .a)
    let noDS = try world.tree.add("bare.test.", nil)
    let delegation = try world.test.answer(noDS.apex, .ds).authority.filter { $0.rrset.type != .soa }
    for rcode in [ResponseCode.nxDomain, .noError] {
      let forged = proof.with { ($0.rcode, $0.authority) = (rcode, $0.authority + delegation) }
      for victim in [name, "www.bare.test."] {
        let word = try world.judge(world.test, world.say(world.test, victim, .a, forged)).last
        #expect(word.security != .secure, "\(victim): \(word)")
      }
      let secure = try world.judge(child, world.say(world.test, name, .a, forged)).last
      #expect(secure.security == .bogus, "\(secure)")
    }
    #expect(cut.rrset.type == .ds)
  }

  @Test("an opt-out span proves no name error: the word is insecure, never secure (RFC 5155 §9.2)")
  func optOut() throws {
    let world = try World(.nsec3(optOut: true))
    _ = try world.tree.add("unsigned.test.", nil)
    for (name, type) in [("none.test.", RecordType.a), ("unsigned.test.", .ds)] {
      let word = try world.word(on: name, type)
      #expect(word.security == .insecure && word.ede == nil, "\(name): \(word)")
    }
    #expect(try world.word(on: "www.test.", .mx).security == .secure)
  }

  @Test("an opt-out span does not deny a name that exists")
  func optOutOverExisting() throws {
    let world = try World(.nsec3(optOut: true))
    let proof = try world.test.answer(domainName("none.test."), .a)
    let word = try world.judge(world.test, world.say(world.test, "www.test.", .a, proof)).last
    #expect(word.security == .bogus, "\(word)")
  }

  @Test("records of two sets of NSEC3 parameters do not make one proof (RFC 5155 §8.2)")
  func mixedParameters() throws {
    let one = try World(.nsec3(salt: [1])), other = try World(.nsec3(salt: [11]))
    let first = try one.test.answer(domainName("a.b.test."), .a).authority.filter { $0.rrset.type == .nsec3 }
    let second = try other.test.answer(domainName("a.b.test."), .a).authority.filter {
      $0.rrset.type == .nsec3
    }
    for split in 1..<first.count {
      let mixed = ZoneAnswer(
        kind: .nxDomain, rcode: .nxDomain, authority: Array(first.prefix(split) + second.dropFirst(split)))
      let word = try one.judge(one.test, one.say(one.test, "a.b.test.", .a, mixed)).last
      #expect(word.security == .bogus && word.ede == 12, "\(split): \(word)")
    }
    let both = ZoneAnswer(kind: .nxDomain, rcode: .nxDomain, authority: second.dropLast() + first)
    #expect(try one.judge(one.test, one.say(one.test, "a.b.test.", .a, both)).last.security == .secure)
  }

  @Test(
    "compact denial is a name error only with NXNAME: without it the rcode is wrong, and NODATA stands (RFC 9824)"
  )
  func compactDenial() throws {
    let world = try World(), name = domainName("gone.test.")
    let next = try #require(name.child([0])).wire
    let cases: [(types: [RecordType], rcode: ResponseCode, word: SecurityStatus)] = [
      ([.rrsig, .nsec, .nxname], .nxDomain, .secure), ([.rrsig, .nsec, .nxname], .noError, .secure),
      ([.rrsig, .nsec], .nxDomain, .bogus), ([.rrsig, .nsec], .noError, .secure),
      ([.a, .rrsig, .nsec, .nxname], .nxDomain, .bogus),
    ]
    for (types, rcode, due) in cases {
      let nsec = ZoneRRset(name, .nsec, [next + ZoneRData.typeBitmap(types)])
      let answer = ZoneAnswer(kind: .nxDomain, rcode: rcode, authority: [try world.signed(nsec)])
      let word = try world.judge(world.test, world.say(world.test, "gone.test.", .txt, answer)).last
      #expect(word.security == due, "\(types.map(\.rawValue)) \(rcode.rawValue): \(word)")
    }
  }

  @Test("an NSEC whose next name lies outside the zone denies nothing, however widely it spans")
  func outsideSpan() throws {
    let world = try World()
    let nsec = ZoneRRset(
      domainName("a.test."), .nsec, [domainName("zzz.").wire + ZoneRData.typeBitmap([.a, .nsec])])
    let apex = try world.test.answer(world.test.apex, .mx).authority.filter { $0.rrset.type == .nsec }
    let forged = ZoneAnswer(kind: .nxDomain, rcode: .nxDomain, authority: [try world.signed(nsec)] + apex)
    let word = try world.judge(world.test, world.say(world.test, "www.test.", .a, forged)).last
    #expect(word.security == .bogus, "\(word)")
  }

  @Test(
    "a name error needs its wildcard denied: without that the answer of a wildcard could be suppressed",
    arguments: [0, 1])
  func suppressedWildcard(kind: Int) throws {
    let world = try World(kind == 0 ? .nsec : .nsec3())
    world.test.add("*", .a, ZoneRData.a(1))
    let proof = try world.test.answer(domainName("any.test."), .a).authority
    let encloser = try world.test.answer(world.test.apex, .mx).authority
    let forged = ZoneAnswer(kind: .nxDomain, rcode: .nxDomain, authority: proof + encloser)
    let word = try world.judge(world.test, world.say(world.test, "any.test.", .a, forged)).last
    #expect(word.security == .bogus, "\(word)")
  }
}
