@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// The messages of RFC 4035 appendix B, with the keys and signatures that the RFC prints, each judged to its word.
@Suite struct RFC4035AppendixBMessageTests {
  /// One of the messages.
  struct Message: CustomTestStringConvertible {
    /// Section and what it shows, its question, and the word that is due.
    let title: String, name: String, type: RecordType, word: SecurityStatus
    /// The response.
    let answer: @Sendable (PrintedZone) throws -> ZoneAnswer
    var testDescription: String { title }
  }

  /// Within the signatures, which hold from 2004-04-09T18:36:19Z to 2004-05-09T18:36:19Z.
  private let then: Int64 = 1_083_412_800

  private static let messages = [
    Message(title: "B.1 answer", name: "x.w.example.", type: .mx, word: .secure) { zone in
      ZoneAnswer(
        kind: .positive, answer: try zone.rrsets(("x.w.example.", .mx)),
        authority: try zone.rrsets(("example.", .ns)))
    },
    Message(title: "B.2 name error", name: "ml.example.", type: .a, word: .secure) { zone in
      ZoneAnswer(
        kind: .nxDomain, rcode: .nxDomain,
        authority: try zone.rrsets(("example.", .soa), ("b.example.", .nsec), ("example.", .nsec)))
    },
    Message(title: "B.3 no data error", name: "ns1.example.", type: .mx, word: .secure) { zone in
      ZoneAnswer(kind: .noData, authority: try zone.rrsets(("example.", .soa), ("ns1.example.", .nsec)))
    },
    Message(title: "B.4 referral to a signed zone", name: "mc.a.example.", type: .mx, word: .secure) { zone in
      ZoneAnswer(kind: .referral, authority: try zone.rrsets(("a.example.", .ns), ("a.example.", .ds)))
    },
    Message(title: "B.5 referral to an unsigned zone", name: "mc.b.example.", type: .mx, word: .insecure) {
      zone in
      ZoneAnswer(kind: .referral, authority: try zone.rrsets(("b.example.", .ns), ("b.example.", .nsec)))
    },
    Message(title: "B.6 wildcard expansion", name: "a.z.w.example.", type: .mx, word: .secure) { zone in
      ZoneAnswer(
        kind: .wildcard, answer: [try zone.rrset("*.w.example.", .mx, shownAs: "a.z.w.example.")],
        authority: try zone.rrsets(("example.", .ns), ("x.y.w.example.", .nsec)))
    },
    Message(title: "B.7 wildcard no data error", name: "a.z.w.example.", type: .aaaa, word: .secure) { zone in
      ZoneAnswer(
        kind: .wildcardNoData,
        authority: try zone.rrsets(("example.", .soa), ("x.y.w.example.", .nsec), ("*.w.example.", .nsec)))
    },
    Message(title: "B.8 DS at the child", name: "example.", type: .ds, word: .indeterminate) { zone in
      ZoneAnswer(kind: .noData, authority: try zone.rrsets(("example.", .soa), ("example.", .nsec)))
    },
  ]

  @Test("each message has its word at its time", arguments: messages)
  func word(message: Message) throws {
    let zone = try RFC4035Zone.read()
    let run = try zone.judge(message.name, message.type, message.answer(zone), at: then)
    #expect(run.last.security == message.word, "\(run.last)")
    #expect(run.verdict(0).security == .secure)
    #expect(run.judgements[1].rrsets.flatMap(\.signatures).allSatisfy { $0 == .verified })
  }

  @Test(
    "each message is secure or insecure in the first and the last second of its signatures, and bogus outside"
  )
  func period() throws {
    let zone = try RFC4035Zone.read()
    let first = try PrintedZone.seconds("20040409183619"), last = try PrintedZone.seconds("20040509183619")
    for message in Self.messages where message.word == .secure {
      for (time, ede) in [(first - 1, 8), (first, nil), (last, nil), (last + 1, 7)] as [(Int64, UInt16?)] {
        let run = try zone.judge(message.name, message.type, message.answer(zone), at: time)
        #expect(
          run.last.security == (ede == nil ? .secure : .bogus) && run.last.ede == ede,
          "\(message.title) at \(time): \(run.last)")
      }
    }
  }

  @Test(
    "no message has its word when one of the RRsets that carry it is gone", arguments: messages.dropLast())
  func everyRecordCounts(message: Message) throws {
    let zone = try RFC4035Zone.read(), whole = try message.answer(zone)
    let proofs = whole.authority.indices.filter { [.nsec, .ds].contains(whole.authority[$0].rrset.type) }
    for index in proofs {
      let fewer = whole.with { $0.authority.remove(at: index) }
      let run = try zone.judge(message.name, message.type, fewer, at: then)
      #expect(run.last.security > .insecure, "\(run.last)")
    }
    #expect(!proofs.isEmpty || message.title.hasPrefix("B.1"))
  }

  @Test(
    "a changed octet of any signature of a secure message takes the word away", arguments: messages.dropLast()
  )
  func everySignatureCounts(message: Message) throws {
    let zone = try RFC4035Zone.read(), whole = try message.answer(zone)
    for index in whole.authority.indices where [.nsec, .ds, .soa].contains(whole.authority[index].rrset.type)
    {
      let broken = whole.with { $0.authority[index].signatures[0][60] ^= 1 }
      #expect(try zone.judge(message.name, message.type, broken, at: then).last.security == .bogus)
    }
    for index in whole.answer.indices {
      let broken = whole.with { $0.answer[index].signatures[0][60] ^= 1 }
      #expect(try zone.judge(message.name, message.type, broken, at: then).last.security == .bogus)
    }
  }
}
