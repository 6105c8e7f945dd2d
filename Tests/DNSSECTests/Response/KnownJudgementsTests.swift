@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// Judgements that are kept once.
@Suite struct KnownJudgementsTests {
  /// A judgement on an RRset.
  private func word(_ reason: String, _ statuses: [SignatureStatus] = [.verified]) -> RRsetJudgement {
    RRsetJudgement(Verdict(.secure, reason), statuses, zone: domainName("test."))
  }

  @Test("equal judgements are one object, and those that differ in anything are not")
  func once() {
    var known = KnownJudgements<RRsetJudgement>()
    let first = known.first(equalTo: word("same"))
    #expect(known.first(equalTo: word("same")) === first)
    #expect(known.first(equalTo: word("same", [.failed])) !== first)
    #expect(known.first(equalTo: word("other")) !== first)
    let elsewhere = RRsetJudgement(Verdict(.secure, "same"), [.verified], zone: domainName("else."))
    #expect(known.first(equalTo: elsewhere) === elsewhere)
    for number in 0..<1_000 { _ = known.first(equalTo: word("word \(number)")) }
    #expect(known.first(equalTo: word("same")) === first)
  }

  @Test("responses share a judgement only when those of their RRsets are the very same")
  func responses() {
    var known = KnownJudgements<ResponseJudgement>()
    let rrset = word("same"), verdict = Verdict(.secure, "all of it")
    let make = { (rrsets: [RRsetJudgement], zone: String) in
      ResponseJudgement(verdict: verdict, rrsets: rrsets, zone: domainName(zone), unsigned: nil)
    }
    let first = known.first(equalTo: make([rrset], "test."))
    #expect(known.first(equalTo: make([rrset], "test.")) === first)
    #expect(known.first(equalTo: make([rrset, rrset], "test.")) !== first)
    #expect(known.first(equalTo: make([rrset], "else.")) !== first)
  }
}
