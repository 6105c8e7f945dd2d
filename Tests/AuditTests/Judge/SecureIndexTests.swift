@testable import Audit
@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// Proven RRsets by owner and type.
@Suite struct SecureIndexTests {
  /// A store with two address RRsets for each of some names, and what is secure of them: all but those of every third.
  private func world() throws -> (store: ResponseStore, secure: SecureData) {
    var store = ResponseStore(), secure = SecureData(), record = 0
    for round in 0..<2 {
      for number in 0..<200 {
        let name = wire("n\(number).Test.")
        var builder = MessageBuilder(id: 1, flags: 0x8400)
        builder.addQuestion(name, .a)
        builder.addRecord(name, .a, rdata: [192, 0, UInt8(round), UInt8(number)])
        let (_, body) = store.intern(try MessageView(builder.bytes.span))
        let answer = store.answers.answer(body.answer)
        let word = Verdict(number % 3 == 0 ? .indeterminate : .secure, "as the test says")
        let judgement = ResponseJudgement(
          verdict: word, rrsets: answer.rrsets.map { _ in RRsetJudgement(word, []) }, zone: .root,
          unsigned: nil)
        secure.note(record, body, answer, judgement)
        record += 1
      }
    }
    return (store, secure)
  }

  @Test("all secure RRsets of a name and type are found in order of arrival, and no others")
  func find() throws {
    let (store, secure) = try world(), index = SecureIndex(store.rrsets, secure)
    for number in 0..<200 {
      let name = domainName("n\(number).test.")
      var found: [RRsetID] = []
      index.forEach(name.wire.span, .a, store.rrsets) { found.append($0) }
      #expect(found == found.sorted() && found.count == (number % 3 == 0 ? 0 : 2))
      #expect(found.allSatisfy { store.rrsets.owner(of: $0) == name })
      var others = 0
      index.forEach(name.wire.span, .aaaa, store.rrsets) { _ in others += 1 }
      #expect(others == 0)
    }
  }
}
