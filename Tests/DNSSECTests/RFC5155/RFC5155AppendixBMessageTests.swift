@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// The messages of RFC 5155 appendix B, with the keys and signatures that the RFC prints, each judged to its word.
/// Every NSEC3 of the zone has opt-out set: what rests on a cover of the next closer name is insecure (§9.2).
@Suite struct RFC5155AppendixBMessageTests {
  /// One of the messages.
  struct Message: CustomTestStringConvertible {
    /// Section and what it shows, its question, and the word that is due.
    let title: String, name: String, type: RecordType, word: SecurityStatus
    /// NOERROR or NXDOMAIN, the owner of a wildcard's answer, and the authority section.
    var rcode = ResponseCode.noError, wildcard: (owner: String, type: RecordType)?
    let authority: [(String, RecordType)]
    var testDescription: String { title }
  }

  /// 2010-01-01T00:00:00Z; the signatures hold from 2005-10-21T00:00:00Z to 2015-04-20T23:59:59Z.
  private let then: Int64 = 1_262_304_000
  private static let apex = "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example."
  private static let a = "35mthgpgcu1qg68fab165klnsnk3dpvl.example."
  private static let ns2 = "q04jkcevqvmu85r014c7dkba38o0ji5r.example."

  private static let messages = [
    Message(
      title: "B.1 name error", name: "a.c.x.w.example.", type: .a, word: .insecure, rcode: .nxDomain,
      authority: [
        ("example.", .soa), (apex, .nsec3), ("b4um86eghhds6nea196smvmlo4ors995.example.", .nsec3),
        (a, .nsec3),
      ]),
    Message(
      title: "B.2 no data error", name: "ns1.example.", type: .mx, word: .secure,
      authority: [("example.", .soa), ("2t7b4g4vsa5smi47k61mv5bv1a22bojr.example.", .nsec3)]),
    Message(
      title: "B.2.1 no data error, empty non-terminal", name: "y.w.example.", type: .a, word: .secure,
      authority: [("example.", .soa), ("ji6neoaepv8b5o6k4ev33abha8ht9fgc.example.", .nsec3)]),
    Message(
      title: "B.3 referral to an opt-out unsigned zone", name: "mc.c.example.", type: .mx, word: .insecure,
      authority: [("c.example.", .ns), (a, .nsec3), (apex, .nsec3)]),
    Message(
      title: "B.4 wildcard expansion", name: "a.z.w.example.", type: .mx, word: .insecure,
      wildcard: ("*.w.example.", .mx), authority: [("example.", .ns), (ns2, .nsec3)]),
    Message(
      title: "B.5 wildcard no data error", name: "a.z.w.example.", type: .aaaa, word: .insecure,
      authority: [
        ("example.", .soa), ("k8udemvp1j2f7eg6jebps17vp3n8i58h.example.", .nsec3), (ns2, .nsec3),
        ("r53bq7cc2uvmubfu5ocmm6pers9tk9en.example.", .nsec3),
      ]),
    Message(
      title: "B.6 DS at the child", name: "example.", type: .ds, word: .indeterminate,
      authority: [("example.", .soa), (apex, .nsec3)]),
  ]

  /// The response that a message is.
  private func answer(_ message: Message, _ zone: PrintedZone) throws -> ZoneAnswer {
    let answer = try message.wildcard.map { [try zone.rrset($0.owner, $0.type, shownAs: message.name)] }
    let isReferral = message.title.hasPrefix("B.3")
    return ZoneAnswer(
      kind: isReferral ? .referral : .noData, rcode: message.rcode, answer: answer ?? [],
      authority: try message.authority.map { try zone.rrset($0.0, $0.1) })
  }

  @Test("each message has its word at its time", arguments: messages)
  func word(message: Message) throws {
    let zone = try RFC5155SignedZone.read()
    let run = try zone.judge(message.name, message.type, answer(message, zone), at: then)
    #expect(run.last.security == message.word, "\(run.last)")
    #expect(run.verdict(0).security == .secure)
    #expect(run.judgements[1].rrsets.flatMap(\.signatures).allSatisfy { $0 == .verified })
  }

  @Test(
    "no message has its word without each of its NSEC3, or when a signature of one is broken",
    arguments: messages.dropLast())
  func everyRecordCounts(message: Message) throws {
    let zone = try RFC5155SignedZone.read(), whole = try answer(message, zone)
    // In an opt-out span any type is denied by less than a secure word, with the wildcard's record or without (erratum
    // 3441): B.5 needs the two others.
    let wildcard = domainName("r53bq7cc2uvmubfu5ocmm6pers9tk9en.example.")
    for index in whole.authority.indices
    where whole.authority[index].rrset.type == .nsec3 && whole.authority[index].rrset.owner != wildcard {
      let broken = whole.with { $0.authority[index].signatures[0][60] ^= 1 }
      for changed in [whole.with { $0.authority.remove(at: index) }, broken] {
        let run = try zone.judge(message.name, message.type, changed, at: then)
        #expect(run.last.security > .insecure, "\(run.last)")
      }
    }
  }

  @Test("a signature ends with its last second: the day after, the no data error of B.2 is bogus with code 7")
  func expired() throws {
    let zone = try RFC5155SignedZone.read(), last = try PrintedZone.seconds("20150420235959")
    let answer = try answer(Self.messages[1], zone)
    #expect(try zone.judge("ns1.example.", .mx, answer, at: last).last.security == .secure)
    let late = try zone.judge("ns1.example.", .mx, answer, at: last + 1).last
    #expect(late.security == .bogus && late.ede == 7, "\(late)")
  }

  @Test(
    "A: the NSEC3 of the zone's hashed name denies a DS at ai.example., and DS of c.example. in an opt-out span"
  )
  func dsQuestions() throws {
    let zone = try RFC5155SignedZone.read()
    let ai = ZoneAnswer(
      kind: .noData,
      authority: try zone.rrsets(("example.", .soa), ("gjeqe526plbf1g8mklp59enfd789njgi.example.", .nsec3)))
    #expect(try zone.judge("ai.example.", .ds, ai, at: then).last.security == .secure)
    let c = ZoneAnswer(
      kind: .noData, authority: try zone.rrsets(("example.", .soa), (Self.apex, .nsec3), (Self.a, .nsec3)))
    #expect(try zone.judge("c.example.", .ds, c, at: then).last.security == .insecure)
  }
}
