import DNSSEC
import DNSWire
import Findings
import TestSupport
import Testing

/// Answers without proof beside proven data.
@Suite struct ContradictsSecureTests {
  /// A talk in which the resolver has asked before: an address, no name, and no type.
  private func talk(_ address: UInt8 = 1, start: Int64 = ControlWorld.start) throws -> ResolverTalk {
    var talk = try ResolverTalk(address: address, start: start)
    try talk.talk.resolve(talk.zone.below("www"), .a)
    try talk.talk.resolve(talk.zone.below("absent"), .a)
    try talk.talk.resolve(talk.zone.below("www"), .aaaa)
    return talk
  }

  /// The answer to one question without signatures.
  private func run(
    _ name: String, _ type: RecordType = .a, _ answer: ZoneAnswer, option: [UInt8] = []
  ) throws -> AuditRun {
    var talk = try talk()
    talk.say(name, type, answer, dnssecOK: !option.isEmpty, option: option)
    return try talk.run()
  }

  /// An answer with one RRset and no RRSIG.
  private func bare(_ name: String, _ type: RecordType, _ rdata: [UInt8]) -> ZoneAnswer {
    ZoneAnswer(kind: .positive, answer: [AnsweredRRset(rrset: ZoneRRset(domainName(name), type, [rdata]))])
  }

  @Test("other data are a finding of low severity, with both and the frames of both")
  func otherData() throws {
    let run = try run("www.test.", .a, bare("www.test.", .a, ZoneRData.a(66)))
    let found = try #require(run.findings(.contradictsSecure).first), last = try #require(run.responses.last)
    #expect(found.severity == .low && found.text("kind") == "other-data" && found.frames == [last.frame])
    #expect(
      found.texts("answered") == ["www.test. A 192.0.2.66"]
        && found.texts("proven") == ["www.test. A 192.0.2.1"])
    let proof = run.responses.last {
      $0.verdict.security == .secure && $0.question?.name == domainName("www.test.")
        && $0.question?.type == .a
    }
    #expect(found.number("proven_frame") == proof?.frame && last.corroborated == nil)
  }

  @Test("the same data are corroborated and no finding, and so are the same denials")
  func same() throws {
    for (name, type) in [("www.test.", RecordType.a), ("absent.test.", .a), ("www.test.", .aaaa)] {
      let answer = try talk().genuine(name, type), run = try run(name, type, answer)
      let last = try #require(run.responses.last)
      #expect(last.verdict.security == .indeterminate && last.corroborated != nil, "\(name) \(type.mnemonic)")
      #expect(run.findings(.contradictsSecure).isEmpty)
    }
  }

  @Test("a denial of what is proven to exist, and data where there are proven to be none, contradict")
  func denials() throws {
    let denied = try run("www.test.", .a, ZoneAnswer(kind: .nxDomain, rcode: .nxDomain))
    #expect(denied.findings(.contradictsSecure).map { $0.text("kind") } == ["denied"])
    for (name, type) in [("absent.test.", RecordType.a), ("www.test.", .aaaa)] {
      let rdata = type == .a ? ZoneRData.a(66) : ZoneRData.aaaa(6)
      let invented = try run(name, type, bare(name, type, rdata))
      #expect(invented.findings(.contradictsSecure).map { $0.text("kind") } == ["invented"])
      #expect(invented.responses.last?.corroborated == nil)
    }
  }

  @Test("a referral, an error, and a truncated answer deny nothing")
  func noDenial() throws {
    let cut = ZoneRRset(domainName("test."), .ns, [ZoneRData.name(domainName("ns.test."))])
    let referral = ZoneAnswer(kind: .referral, authority: [AnsweredRRset(rrset: cut)])
    #expect(try run("www.test.", .a, referral).findings(.contradictsSecure).isEmpty)
    #expect(
      try run("www.test.", .a, ZoneAnswer(kind: .positive, rcode: .refused)).findings(.contradictsSecure)
        .isEmpty)
    var talk = try talk()
    talk.say(
      "www.test.", .a, bare("www.test.", .a, ZoneRData.a(66)), response: ResolverTalk.response | 0x0200,
      dnssecOK: false)
    #expect(try talk.run().findings(.contradictsSecure).isEmpty)
  }

  @Test("proven data whose signatures have expired are in force no more")
  func period() throws {
    let before = try talk()
    var after = try ResolverTalk(start: Int64(ControlWorld.period.expiration) + 10)
    after.say("www.test.", .a, bare("www.test.", .a, ZoneRData.a(66)), dnssecOK: false)
    after.say("www.test.", .a, bare("www.test.", .a, ZoneRData.a(1)), dnssecOK: false)
    let run = try AuditRun(
      [before.talk.capture.file(), after.talk.capture.file()], anchors: before.tree.anchorLine)
    #expect(
      run.findings(.contradictsSecure).isEmpty
        && run.responses.suffix(2).allSatisfy { $0.corroborated == nil })
  }

  @Test("a name with several proven data varies: that is information")
  func varies() throws {
    let first = try talk(1)
    var second = try talk(7, start: ControlWorld.start + 60)
    second.say("www.test.", .a, bare("www.test.", .a, ZoneRData.a(66)), dnssecOK: false)
    let run = try AuditRun(
      [first.talk.capture.file(), second.talk.capture.file()], anchors: first.tree.anchorLine)
    let found = try #require(run.findings(.contradictsSecure).first)
    #expect(found.severity == .info && found.texts("proven").count == 2)
  }

  @Test("so are answers for a client subnet")
  func subnet() throws {
    // RFC 7871 §6: option 8, family 1, source 24, scope 24, 198.51.100.0.
    let option = octets(UInt16(8)) + octets(UInt16(7)) + [0, 1, 24, 24, 198, 51, 100]
    let answer = bare("www.test.", .a, ZoneRData.a(66))
    let found = try run("www.test.", .a, answer, option: option).findings(.contradictsSecure)
    #expect(found.map(\.severity) == [.info])
  }

  @Test("DNS64 and filters are one finding of their server")
  func usualReasons() throws {
    var talk = try talk()
    let well: [UInt8] = [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, 192, 0, 2, 1]
    talk.say("www.test.", .aaaa, bare("www.test.", .aaaa, well), dnssecOK: false)
    talk.say("www.test.", .a, bare("www.test.", .a, [0, 0, 0, 0]), dnssecOK: false)
    talk.say("absent.test.", .a, bare("absent.test.", .a, [127, 0, 0, 1]), dnssecOK: false)
    let found = try talk.run().findings(.contradictsSecure)
    #expect(
      Set(found.map { $0.text("kind") }) == ["dns64", "filtered"] && found.map(\.count).sorted() == [1, 2])
    #expect(found.allSatisfy { $0.severity == .low && !$0.benignExplanations.isEmpty })
  }

  @Test("each alias and the data at the end are compared")
  func aliases() throws {
    var talk = try ResolverTalk()
    talk.zone.add("alias", .cname, ZoneRData.name(talk.zone.below("www")))
    try talk.talk.resolve(talk.zone.below("alias"), .a)
    var answer = try talk.genuine("alias.test.")
    talk.say("alias.test.", .a, answer, dnssecOK: false)
    answer.answer[1].rrset.rdata = [ZoneRData.a(66)]
    talk.say("alias.test.", .a, answer, dnssecOK: false)
    let run = try talk.run(), found = run.findings(.contradictsSecure)
    #expect(run.responses.suffix(2).map { $0.corroborated != nil } == [true, false])
    #expect(found.map { $0.text("name") } == ["www.test. A"])
  }
}
