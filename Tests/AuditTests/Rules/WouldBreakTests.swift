import DNSSEC
import DNSWire
import Findings
import TestSupport
import Testing

/// What would break if validation were on.
@Suite struct WouldBreakTests {
  private typealias Talk = ResolverTalk

  @Test("bogus answers that resolvers gave to clients are counted by name, those with most clients first")
  func names() throws {
    var talk = try ResolverTalk()
    try talk.talk.resolve(talk.zone.below("www"), .a)
    let (www, mail) = (try talk.forged("www.test."), try talk.forged("mail.test."))
    talk.say("mail.test.", .a, mail, client: Talk.clients[0])
    for client in Talk.clients { talk.say("www.test.", .a, www, client: client) }
    talk.say("www.test.", .a, www, client: Talk.clients[0])
    let run = try talk.run(), found = run.summary.wouldBreak
    #expect(found.names == 2 && found.answers == 5)
    #expect(found.top.map(\.name) == [talk.zone.below("www"), talk.zone.below("mail")])
    #expect(found.top.map(\.count) == [4, 1] && found.top.map(\.clientCount) == [3, 1])
    let first = try #require(found.top.first), bogus = run.responses.filter { $0.verdict.security == .bogus }
    #expect(first.clients == Talk.clients && first.verdict.ede == 6 && first.firstFrame == bogus[1].frame)
    #expect(found.top.map { $0.secureFrame != nil } == [true, false])
  }

  @Test("what authorities send, and what clients want unvalidated, would break nothing")
  func nothing() throws {
    var talk = try ResolverTalk()
    try talk.talk.resolve(talk.zone.below("mail"), .a)
    let forged = try talk.forged("www.test.")
    talk.say("www.test.", .a, forged, response: 0x8400)
    talk.say("www.test.", .a, forged, query: Talk.query | Talk.cd, response: Talk.response | Talk.cd)
    talk.say("www.test.", .a, try talk.genuine("www.test."))
    let run = try talk.run()
    #expect(run.words.values.count { $0 == .bogus } == 2 && run.summary.wouldBreak.names == 0)
  }
}
