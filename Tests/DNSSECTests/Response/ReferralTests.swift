@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// Referrals, and DS questions at either side of a cut.
@Suite struct ReferralTests {
  @Test("a referral with DS has the word of the DS RRset; NS and glue are unsigned by design")
  func withDS() throws {
    let world = try World(), child = try world.tree.add("child.test.", .init(13))
    let run = try world.judge(world.test, world.ask(world.test, "www.child.test.", .a))
    #expect(run.last.security == .secure)
    let ns = try #require(run.rrsets(.ns).first)
    #expect(ns.verdict.security == .insecure && ns.verdict.ede == nil)
    let bad = try world.test.answer(child.apex, .ns).with { answer in
      let index = try #require(answer.authority.firstIndex { $0.rrset.type == .ds })
      answer.authority[index].rrset.rdata[0][8] ^= 1
    }
    #expect(
      try world.judge(world.test, world.say(world.test, "child.test.", .ns, bad)).last.security == .bogus)
  }

  @Test("a second NS RRset in the authority section changes nothing: the first one says where the cut is")
  func secondNS() throws {
    let world = try World(), child = try world.tree.add("child.test.", nil)
    child.add("www", .a, ZoneRData.a(7))
    let referral = try world.test.answer(domainName("www.child.test."), .a).with { answer in
      let other = ZoneRRset(domainName("www.child.test."), .ns, [domainName("ns.evil.").wire])
      answer.authority.append(AnsweredRRset(rrset: other, signatures: []))
    }
    let shown = world.say(world.test, "www.child.test.", .a, referral)
    let run = try world.judge(world.test, shown, world.ask(child, "www.child.test.", .a))
    #expect(run.verdict(run.judgements.count - 2).security == .insecure)
    #expect(run.last.security == .insecure, "\(run.last)")
  }

  @Test("a referral is told by its shape with AA too, and its NS stays unsigned by design")
  func authoritative() throws {
    let world = try World()
    _ = try world.tree.add("child.test.", .init(13))
    let run = try world.judge(world.test, world.ask(world.test, "www.child.test.", .a).flags(set: 0x400))
    #expect(run.last.security == .secure)
    #expect(run.rrsets(.ns).first?.verdict.security == .insecure)
  }

  @Test("a valid proof of no DS is insecure, by NSEC, NSEC3 and opt-out", arguments: [0, 1, 2])
  func withoutDS(kind: Int) throws {
    let denials: [DenialMethod] = [.nsec, .nsec3(), .nsec3(optOut: true)]
    let world = try World(denials[kind])
    _ = try world.tree.add("child.test.", nil)
    let run = try world.judge(world.test, world.ask(world.test, "www.child.test.", .a))
    #expect(run.last.security == .insecure && run.last.ede == nil)
  }

  @Test("neither DS nor proof is indeterminate, naming the DS question; without DO it was not requested")
  func neither() throws {
    let world = try World(), child = try world.tree.add("child.test.", .init(13))
    let bare = try world.test.answer(child.apex, .ns).with { $0.authority.removeAll { $0.rrset.type != .ns } }
    let run = try world.judge(world.test, world.say(world.test, "child.test.", .ns, bare))
    #expect(run.last.security == .indeterminate && run.last.ede == 5)
    #expect(run.last.reason.contains("ask: child.test. DS"))
    let quiet = try world.judge(world.test, world.say(world.test, "child.test.", .ns, bare, do: false))
    #expect(quiet.last.security == .indeterminate && quiet.last.ede == nil)
  }

  @Test("a proof beside the referral that shows a DS, or no cut at all, is bogus with code 6")
  func contradictions() throws {
    let world = try World(), child = try world.tree.add("child.test.", .init(13))
    world.test.add("plain", .a, ZoneRData.a(3))
    let chain = try #require(world.test.answer(domainName("child.test."), .txt).authority.first)
    for (cut, denied) in [("child.test.", RecordType.ns), ("plain.test.", .txt)] {
      let denial =
        try cut == "plain.test."
        ? world.test.answer(domainName(cut), denied).authority.filter { $0.rrset.type == .nsec }
        : nsec(world, child)
      let ns = AnsweredRRset(
        rrset: ZoneRRset(domainName(cut), .ns, [domainName("ns.\(cut)").wire]), signatures: [])
      let answer = ZoneAnswer(kind: .referral, authority: [ns] + denial)
      let last = try world.judge(world.test, world.say(world.test, "www.\(cut)", .a, answer)).last
      #expect(last.security == .bogus && last.ede == 6, "\(cut): \(last)")
    }
    #expect(chain.rrset.type == .ns)
  }

  /// The NSEC at a signed delegation.
  private func nsec(_ world: World, _ child: SignedZone) throws -> [AnsweredRRset] {
    let rdata = domainName("zz.test.").wire + ZoneRData.typeBitmap([.ns, .ds, .rrsig, .nsec])
    return [try world.test.signed(ZoneRRset(child.apex, .nsec, [rdata]))]
  }

  @Test("a referral below a zone whose own link is missing is indeterminate, not bogus")
  func belowOpenCut() throws {
    let world = try World(), middle = try world.tree.add("middle.test.", .init(13))
    _ = try world.tree.add("low.middle.test.", nil)
    let run = try world.judge(world.test, world.ask(middle, "www.low.middle.test.", .a))
    #expect(run.last.security == .indeterminate && run.last.ede == 5)
    #expect(run.last.reason.contains("middle.test."))
  }

  @Test("an upward referral is lame: indeterminate, and no unsigned answer")
  func upward() throws {
    let world = try World()
    let ns = AnsweredRRset(rrset: ZoneRRset(.root, .ns, [domainName("a.root.").wire]), signatures: [])
    let run = try world.judge(
      world.test, world.say(world.test, "www.test.", .a, ZoneAnswer(kind: .referral, authority: [ns])))
    #expect(run.last.security == .indeterminate && run.last.ede == 5 && run.last.reason.contains("lame"))
    #expect(run.judgements.last?.unsigned == .none)
  }

  @Test(
    "a server of the zone itself and of one further up refers a DS question to the zone between: not lame")
  func aroundTheParent() throws {
    let world = try World(), low = try world.addBelowUnsigned()
    let own = try world.ask(low, "low.middle.test.", .soa).with { $0.server = world.server(world.test) }
    let run = try world.judge(world.test, own, world.ask(world.test, "low.middle.test.", .ds))
    #expect(run.last.security == .insecure, "\(run.last)")
    let lame = try world.judge(world.test, own, world.ask(world.test, "low.middle.test.", .a))
    #expect(lame.last.reason.contains("lame"), "\(lame.last)")
  }

  @Test("an empty answer with the zone's own signed NS is no referral: its denial is due")
  func signedNS() throws {
    let world = try World()
    let ns = try world.test.answer(world.test.apex, .ns).answer
    let run = try world.judge(
      world.test, world.say(world.test, "www.test.", .txt, ZoneAnswer(kind: .noData, authority: ns)))
    #expect(run.last.security == .bogus && run.last.ede == 12)
  }

  @Test("a DS question answered by the child is indeterminate: asked at the wrong side", arguments: [0, 1])
  func wrongSide(kind: Int) throws {
    let world = try World(),
      child = try world.tree.add("child.test.", .init(13, kind == 0 ? .nsec : .nsec3()))
    let own = try child.answer(domainName("child.test."), .txt)
    #expect(own.rcode == .noError)
    for answer in [own, own.with { $0.authority.removeAll { $0.rrset.type == .soa } }] {
      let run = try Judging(
        world.chain(to: child) + [world.say(child, "child.test.", .ds, answer)], anchors: world.anchor)
      #expect(
        run.last.security == .indeterminate && run.last.ede == 5 && run.last.reason.contains("wrong side"),
        "\(run.last)")
    }
  }

  @Test("a DS denial by the parent is secure as an answer, and makes what lies below insecure")
  func parentSide() throws {
    let world = try World(), child = try world.tree.add("child.test.", nil)
    child.add("www", .a, ZoneRData.a(7))
    let run = try Judging(
      try world.chain(to: world.test) + [
        world.ask(world.test, "child.test.", .ds), world.ask(child, "www.child.test.", .a),
      ], anchors: world.anchor)
    #expect(run.verdict(run.judgements.count - 2).security == .secure)
    #expect(run.last.security == .insecure)
  }
}

extension World {
  /// Adds an unsigned zone and a signed one below it.
  fileprivate func addBelowUnsigned() throws -> SignedZone {
    _ = try tree.add("middle.test.", nil)
    return try tree.add("low.middle.test.", .init(13))
  }
}
