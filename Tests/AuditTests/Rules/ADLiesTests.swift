import DNSSEC
import DNSWire
import Findings
import TestSupport
import Testing

/// What resolvers claim against what the capture proves (RFC 6840 §5.7, §5.8).
@Suite struct ADLiesTests {
  private typealias Talk = ResolverTalk

  /// The findings of a talk in which the resolver has asked for `www.test.` before.
  private func lies(_ say: (inout ResolverTalk) throws -> Void) throws -> [Finding] {
    var talk = try ResolverTalk()
    try talk.talk.resolve(talk.zone.below("www"), .a)
    try say(&talk)
    return try talk.run().findings(.adLies)
  }

  @Test("AD on bogus data is a finding of the resolver, with examples; answers again are counted")
  func bogus() throws {
    let found = try lies { talk in
      for client in Talk.clients {
        talk.say(
          "www.test.", .a, try talk.forged("www.test."), response: Talk.response | Talk.ad, client: client)
      }
    }
    let lie = try #require(found.first)
    #expect(found.count == 1 && lie.text("kind") == "ad-on-bogus" && lie.severity == .medium)
    #expect(lie.count == 3 && lie.servers == [Talk.resolver] && lie.clients == Talk.clients)
    #expect(lie.texts("examples").first?.contains("www.test. A in frame") ?? false)
  }

  @Test("without AD, from a server without RA, and where nothing is known, nothing is claimed that is false")
  func noClaim() throws {
    let none = try lies { talk in
      let forged = try talk.forged("www.test.")
      talk.say("www.test.", .a, forged)
      talk.say("www.test.", .a, forged, response: (Talk.response | Talk.ad) & ~Talk.ra)
      talk.say(
        "www.test.", .a, try talk.genuine("www.test."), response: Talk.response | Talk.ad, dnssecOK: false)
    }
    #expect(none.isEmpty, "\(none.map(\.summary))")
  }

  @Test("bogus by expiration alone is less sure: a clock may be wrong")
  func expired() throws {
    let found = try lies { talk in
      var answer = try talk.genuine("www.test.")
      let old = ValidityPeriod(ControlWorld.period.inception, UInt32(ControlWorld.start - 9))
      answer.answer[0].signatures = [
        try talk.zone.keys[0].sign(answer.answer[0].rrset, signer: talk.zone.apex, old)
      ]
      talk.say("www.test.", .a, answer, response: Talk.response | Talk.ad)
    }
    #expect(found.map { $0.text("kind") } == ["ad-on-bogus"] && found.first?.confidence == .low)
  }

  @Test("AD on data of an insecure zone is a finding, on what this program cannot verify it is none")
  func insecure() throws {
    var talk = try ResolverTalk(.nsec3(iterations: 151))
    let plain = try talk.tree.add("plain.", nil)
    plain.add("www", .a, ZoneRData.a(3))
    try talk.talk.resolve(plain.below("www"), .a)
    try talk.talk.resolve(talk.zone.below("absent"), .a)
    talk.say("absent.test.", .a, try talk.genuine("absent.test."), response: Talk.response | Talk.ad)
    talk.say("www.plain.", .a, try talk.genuine("www.plain."), response: Talk.response | Talk.ad)
    let run = try talk.run(), found = run.findings(.adLies)
    #expect(run.responses.suffix(2).map(\.verdict.ede) == [27, nil])
    #expect(found.map { $0.text("kind") } == ["ad-on-insecure"] && found.first?.severity == .low)
    #expect(found.first?.names == [plain.below("www")])
  }

  @Test("no AD on secure data that it was asked for: the resolver does not validate, or lost it")
  func missing() throws {
    let plain = try lies { talk in talk.say("www.test.", .a, try talk.genuine("www.test.")) }
    #expect(plain.map { $0.text("kind") } == ["no-ad-on-secure"] && plain.first?.severity == .info)
    let sometimes = try lies { talk in
      talk.say("www.test.", .a, try talk.genuine("www.test."), response: Talk.response | Talk.ad)
      talk.say("www.test.", .a, try talk.genuine("www.test."))
    }
    #expect(sometimes.map(\.severity) == [.low] && sometimes.first?.count == 1)
  }

  @Test("nothing is missing where CD was set, or where the server is the authority")
  func notAsked() throws {
    let none = try lies { talk in
      let genuine = try talk.genuine("www.test.")
      talk.say("www.test.", .a, genuine, query: Talk.query | Talk.cd, response: Talk.response | Talk.cd)
      talk.say("www.test.", .a, genuine, query: Talk.query | Talk.cd)
      talk.say("www.test.", .a, genuine, response: Talk.response | Talk.aa)
    }
    #expect(none.isEmpty, "\(none.map(\.summary))")
  }

  /// A failure that the resolver blames on something.
  private func failure(_ talk: inout ResolverTalk, _ code: UInt16?, _ name: String = "www.test.") {
    talk.say(
      name, .a, ZoneAnswer(kind: .positive, rcode: .servFail), option: code.map(ResolverTalk.error) ?? [])
  }

  @Test(
    "SERVFAIL that blames DNSSEC is a finding where the capture proves the data, and none with other reasons",
    arguments: [(6, true), (9, true), (25, true), (22, false), (nil, false)] as [(UInt16?, Bool)])
  func servFail(_ code: UInt16?, isLie: Bool) throws {
    let found = try lies { failure(&$0, code) }
    #expect(found.map { $0.text("kind") } == (isLie ? ["servfail-on-secure"] : []))
    #expect(found.allSatisfy { $0.severity == .low })
  }

  @Test("a resolver that was sent bogus data fails rightly, and so does one for names that nothing proves")
  func rightly() throws {
    let none = try lies { talk in
      var upstream = ZoneExchange(
        domainName("www.test."), .a, try talk.forged("www.test."), zone: talk.zone.apex, id: 77)
      upstream.client = Talk.resolver
      talk.talk.capture.exchanges.append(upstream)
      failure(&talk, 6)
    }
    #expect(none.isEmpty, "\(none.map(\.summary))")
    #expect(try lies { failure(&$0, 6, "mail.test.") }.isEmpty)
  }
}
