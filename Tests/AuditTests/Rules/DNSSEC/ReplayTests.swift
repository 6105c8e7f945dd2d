import DNSSEC
import DNSWire
import Findings
import TestSupport
import Testing

/// Genuine records at the wrong time or place.
@Suite struct ReplayTests {
  /// The same zone ten days ago, when `www` had another address.
  private static func old(until end: UInt32 = ControlWorld.period.expiration) throws -> AuthorityTalk {
    let now = UInt32(ControlWorld.start)
    return try AuthorityTalk(address: 9, period: ValidityPeriod(now - 864_000, end))
  }

  /// A talk now, whose signatures are of an hour ago.
  private func talk() throws -> AuthorityTalk {
    let now = UInt32(ControlWorld.start)
    var talk = try AuthorityTalk(period: ValidityPeriod(now - 3_600, ControlWorld.period.expiration))
    try talk.learnKeys()
    try talk.ask("alpha.test.")
    return talk
  }

  @Test("of two answers that verify, the one with older signatures is the replay, whichever comes first")
  func raced() throws {
    let old = try Self.old().genuine("www.test.")
    for isFirst in [true, false] {
      var talk = try talk()
      let new = try talk.genuine("www.test.")
      let frames = talk.ask("www.test.", .a, isFirst ? [old, new] : [new, old])
      let run = try talk.run()
      #expect(run.forged == [frames[isFirst ? 0 : 1]] && run.incidents.map(\.kind) == [.replay])
    }
  }

  @Test("older data after newer ones from one server are told of, and no incident without more")
  func returned() throws {
    var talk = try talk()
    try talk.ask("www.test.")
    let frames = talk.ask("www.test.", .a, [try Self.old().genuine("www.test.")])
    let run = try talk.run()
    #expect(run.incidents.isEmpty && run.alarms.isEmpty)
    #expect(
      run.findings(.replay).map(\.frames) == [frames] && run.findings(.replay).map(\.severity) == [.low])
  }

  @Test("a server that gives two versions in turn replays nothing")
  func versions() throws {
    var talk = try talk()
    for _ in 1...4 {
      try talk.ask("www.test.")
      talk.ask("www.test.", .a, [try Self.old().genuine("www.test.")])
    }
    #expect(try talk.run().findings(.replay).isEmpty)
  }

  @Test(
    "signatures that ran out are a replay where the server gives fresh ones, and neglect where it does not")
  func expired() throws {
    let expired = try Self.old(until: UInt32(ControlWorld.start) - 86_400)
    var talk = try talk()
    let forged = talk.ask("www.test.", .a, [try expired.genuine("www.test.")])
    try talk.ask("www.test.")
    let run = try talk.run()
    #expect(run.forged == forged && run.incidents.map(\.kind) == [.replay])
    var neglected = try self.talk()
    for name in ["www.test.", "mail.test."] { neglected.ask(name, .a, [try expired.genuine(name)]) }
    #expect(try neglected.run().incidents.isEmpty)
  }

  @Test("data with the RRSIG of another name are a replay")
  func otherName() throws {
    var talk = try talk()
    var answer = try talk.genuine("www.test.")
    let other = try talk.genuine("beta.test.").answer[0]
    answer.answer[0].rrset.rdata = other.rrset.rdata
    answer.answer[0].signatures = other.signatures
    let forged = talk.ask("www.test.", .a, [answer])
    try talk.ask("www.test.")
    let run = try talk.run()
    #expect(run.forged == forged && run.incidents.map(\.kind) == [.replay])
  }

  @Test(
    "a genuine NSEC of another span that denies a proven name was replayed; beside no proven name it is a fault"
  )
  func otherSpan() throws {
    for isProven in [true, false] {
      var talk = try talk()
      var denial = try talk.genuine("mailer.test.")
      let span = try talk.genuine("absent.test.").authority.filter { $0.rrset.type == .nsec }
      denial.authority = denial.authority.filter { $0.rrset.type != .nsec } + span.suffix(1)
      let forged = talk.ask("zulu.test.", .a, [denial])
      try talk.ask(isProven ? "zulu.test." : "beta.test.")
      let run = try talk.run()
      #expect(run.findings(.nsecSpanMisuse).count == 1)
      #expect(run.forged == (isProven ? forged : []))
      if isProven { #expect(run.incidents.map(\.kind) == [.replay]) }
    }
  }

  @Test(
    "a wildcard's RRSIG for a name that has data of its own was replayed; without these a denial is missing")
  func wildcard() throws {
    for isProven in [true, false] {
      var talk = try AuthorityTalk()
      talk.zone.add("*", .a, ZoneRData.a(88))
      try talk.learnKeys()
      try talk.ask("alpha.test.")
      var answer = try talk.genuine("unknown.test.")
      answer.answer[0].rrset.owner = domainName("www.test.")
      answer.authority = []
      let forged = talk.ask("www.test.", .a, [answer])
      try talk.ask(isProven ? "www.test." : "beta.test.")
      let run = try talk.run()
      #expect(run.findings(.wildcardLabelTrick).map { $0.severity >= .medium } == [isProven])
      #expect(run.forged == (isProven ? forged : []))
    }
  }
}
