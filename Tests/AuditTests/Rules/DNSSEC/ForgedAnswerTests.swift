import DNSSEC
import DNSWire
import Findings
import TestSupport
import Testing

/// Bogus answers that were forged on the way, beside those that careless operators and resolvers give.
@Suite struct ForgedAnswerTests {
  /// A talk in which the resolver knows the keys and has asked for two names.
  private func talk(_ denial: DenialMethod = .nsec) throws -> AuthorityTalk {
    var talk = try AuthorityTalk(denial)
    try talk.learnKeys()
    try talk.ask("alpha.test.")
    try talk.ask("absent.test.")
    return talk
  }

  @Test(
    "an altered answer is on-path injection where the zone's server signs before and after and proves other data"
  )
  func altered() throws {
    var talk = try talk()
    let forged = talk.ask("www.test.", .a, [try talk.altered("www.test.")])
    try talk.ask("www.test.")
    let run = try talk.run(), incident = try #require(run.incidents.first)
    #expect(run.forged == forged && run.incidents.count == 1)
    #expect(
      incident.kind == .onPathInjection && incident.confidence == .confirmed && incident.severity >= .high)
    let ids = run.findings.filter { [.bogus, .bogusVsSecure].contains($0.rule) }.map(\.id)
    #expect(ids.count == 2 && Set(ids).isSubset(of: incident.findings))
    #expect(run.findings(.bogus).map(\.severity) == [.high])
  }

  @Test("a server whose signatures fail from some time on was not attacked")
  func brokenFromNowOn() throws {
    var talk = try talk()
    try talk.ask("www.test.")
    for name in ["www.test.", "mail.test.", "beta.test."] { talk.ask(name, .a, [try talk.altered(name)]) }
    let run = try talk.run()
    #expect(run.incidents.isEmpty && run.findings(.bogus).map(\.severity) == [.medium])
  }

  @Test("a resolver that passes a forged answer on is not accused, and one whose source is not seen is")
  func passedOn() throws {
    let resolver = ResolverTalk.resolver, client = ResolverTalk.clients[0]
    for isSeen in [true, false] {
      var talk = try talk()
      let ask = { (talk: inout AuthorityTalk, name: String, answer: ZoneAnswer) in
        talk.ask(name, .a, [answer], from: resolver, to: client, flags: ResolverTalk.response)
      }
      // A resolver that hands signatures on is one that an attacker's answer without them is compared with.
      _ = ask(&talk, "mail.test.", try talk.genuine("mail.test."))
      let forged = isSeen ? talk.ask("www.test.", .a, [try talk.altered("www.test.")]) : []
      let served = ask(&talk, "www.test.", try talk.altered("www.test."))
      try talk.ask("www.test.")
      _ = ask(&talk, "mail.test.", try talk.genuine("mail.test."))
      let run = try talk.run()
      if isSeen {
        #expect(run.forged == forged && run.incidents.flatMap(\.served).map(\.number) == served)
      } else {
        #expect(run.forged == served && run.findings(.bogusVsSecure).count == 1)
      }
    }
  }

  @Test("signatures that one answer lacks between others of that server are a downgrade, of high severity")
  func stripped() throws {
    var talk = try talk()
    let forged = talk.ask("www.test.", .a, [try talk.bare("www.test.")])
    try talk.ask("mail.test.")
    let run = try talk.run(), incident = try #require(run.incidents.first)
    #expect(run.forged == forged && incident.kind == .downgrade)
    #expect(run.findings(.stripped).count == 2 && run.findings(.stripped).allSatisfy { $0.severity >= .high })
  }

  @Test("what a server says again and again without signatures, and never with them, nobody stripped")
  func neverSigned() throws {
    var name = try talk()
    for _ in 1...5 {
      name.ask("www.test.", .a, [try name.bare("www.test.")])
      try name.ask("mail.test.")
    }
    let run = try name.run()
    #expect(run.incidents.isEmpty && run.findings(.stripped).map(\.severity) == [.medium])
  }

  @Test("an answer to the same query sent again without EDNS lacks its signatures honestly")
  func withoutEDNS() throws {
    var talk = try talk()
    let signed = try talk.genuine("www.test.")
    talk.ask("www.test.", .a, [signed, try talk.bare("www.test.")], withoutEDNSFrom: 1)
    try talk.ask("mail.test.")
    #expect(try talk.run().incidents.isEmpty)
  }

  @Test("a denial without proof of what is proven to exist is forged, unless the server says that it filters")
  func fakeNegative() throws {
    for option in [[], ResolverTalk.error(15)] {
      var talk = try talk()
      let denial = ZoneAnswer(kind: .nxDomain, rcode: .nxDomain)
      let forged = talk.ask("www.test.", .a, [denial], option: option)
      try talk.ask("www.test.")
      let run = try talk.run()
      #expect(run.findings(.fakeNegative).count == (option.isEmpty ? 1 : 0))
      #expect(run.forged == (option.isEmpty ? forged : []))
    }
  }

  @Test("an RRSIG of a signer that is no ancestor of the data is a trick")
  func foreignSigner() throws {
    var talk = try talk()
    var answer = try talk.genuine("www.test.")
    let other = try SignedZone(domainName("other."), .init(13), ControlWorld.period, seed: 77)
    answer.answer[0].signatures = try other.keys.prefix(1).map {
      try $0.sign(answer.answer[0].rrset, signer: other.apex, other.period)
    }
    talk.ask("www.test.", .a, [answer])
    #expect(try talk.run().findings(.signerTrick).map { $0.severity >= .medium } == [true])
  }
}
