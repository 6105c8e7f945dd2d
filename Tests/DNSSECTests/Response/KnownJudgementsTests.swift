@testable import DNSSEC
import DNSWire
import Synchronization
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

  @Test("judgements that differ in statuses, zone or wildcard labels have different fingerprints")
  func fingerprints() {
    let verdict = Verdict(.insecure, "same")
    var seen: Set<UInt64> = [], responses: Set<UInt64> = []
    for zone in 0..<200 {
      let zone = domainName("z\(zone).test.")
      for statuses in [[], [.failed], [.verified], [.verified, .failed]] as [[SignatureStatus]] {
        for labels in [nil, 1, 2] as [UInt8?] {
          let judgement = RRsetJudgement(verdict, statuses, zone: zone, wildcardLabels: labels)
          #expect(seen.insert(judgement.fingerprint).inserted)
        }
      }
      let response = ResponseJudgement(verdict: verdict, rrsets: [], zone: zone, unsigned: nil)
      #expect(responses.insert(response.fingerprint).inserted)
    }
  }

  @Test("judgements that only their weak links tell apart are looked at eight times, not once for each other")
  func crowd() {
    var known = KnownJudgements<Alike>()
    for number in 0..<4_000 { _ = known.first(equalTo: Alike(number)) }
    #expect(Alike.comparisons.withLock { $0 } <= 4_000 * 8)
    let first = known.first(equalTo: Alike(0))
    #expect(known.first(equalTo: Alike(0)) === first)
    let late = Alike(3_999)
    #expect(known.first(equalTo: late) === late)
  }

  /// Judgements with one fingerprint, which count how often they are compared.
  private final class Alike: Judgement {
    static let comparisons = Mutex(0)
    let number: Int
    var fingerprint: UInt64 { 7 }

    init(_ number: Int) { self.number = number }

    static func == (a: Alike, b: Alike) -> Bool {
      comparisons.withLock { $0 += 1 }
      return a.number == b.number
    }
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
