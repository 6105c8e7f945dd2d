import Bytes
@testable import DNSSEC
import DNSWire
@testable import Findings
import Packets
import TestSupport
import Testing

/// The rule about weak cryptography that secure answers rest on.
@Suite struct WeakCryptoRuleTests {
  /// A weak key of a zone.
  private func key(_ zone: String, _ tag: UInt16, _ classes: WeakClasses) -> WeakLink {
    WeakLink(zone: domainName(zone), kind: .key(bits: 1_024), keyTag: tag, algorithm: 5, classes: classes)
  }

  /// A secure response that rests on links.
  private func response(_ frame: Int, _ links: [WeakLink], kind: Int? = nil) -> JudgedResponse {
    JudgedResponse(
      frame: frame, time: Timestamp(seconds: Int64(frame)), server: IPAddress(v4: 1),
      client: IPAddress(v4: 2),
      question: CanonicalQuestion(name: domainName("www.a.test."), type: .a, recordClass: .in),
      rcode: .noError, kind: kind ?? frame,
      judgement: ResponseJudgement(
        verdict: Verdict(.secure, "it verifies"), rrsets: [], zone: domainName("a.test."), unsigned: nil,
        weakLinks: links), conflict: nil, isIntact: true)
  }

  @Test(
    "each zone with weak keys has one finding, with its keys, classes, references and the answers that depend"
  )
  func onePerZone() throws {
    let sha1 = key("test.", 11, [WeakClasses(.sha1), WeakClasses(.rsa1024)])
    let small = key("a.test.", 22, WeakClasses(.rsaSmall))
    var collector = FindingCollector()
    collector.receive(response(4, [sha1, small]))
    collector.receive(response(7, [sha1]))
    collector.receiveAgain(
      JudgedPacket(kind: 4, frame: 9, time: Timestamp(seconds: 9), client: IPAddress(v4: 3)))
    let found = collector.results().findings
    #expect(found.count == 2)
    #expect(found.allSatisfy { $0.rule == .weakCrypto && $0.severity == .low })
    let above = try #require(found.first { $0.summary.contains("cryptography of test.") })
    #expect(above.frames == [4, 7, 9] && above.summary.hasPrefix("3 secure answers rest on"))
    #expect(above.summary.contains("DNSKEY 11 of test. (RSASHA1, 1024 bits): sha1, rsa-1024"))
    #expect(above.references == ["RFC 9905", "NIST SP 800-57 Part 1 §5.6"])
    let below = try #require(found.first { $0.summary.contains("cryptography of a.test.") })
    #expect(below.frames == [4, 9] && below.references == ["RFC 6781 §3.4.2"])
  }

  @Test("RSA of 1024 bits alone is information")
  func shortKeys() {
    var collector = FindingCollector()
    collector.receive(response(1, [key("test.", 1, WeakClasses(.rsa1024))]))
    #expect(collector.results().findings.map(\.severity) == [.info])
  }

  @Test("a zone with ever new keys names no more than sixteen of them")
  func bounded() {
    var collector = FindingCollector()
    for tag in 1...40 {
      collector.receive(response(tag, [key("test.", UInt16(tag), WeakClasses(.sha1))]))
    }
    let found = collector.results().findings
    #expect(found.count == 1 && found[0].count == 40)
    #expect(found[0].summary.split(separator: "DNSKEY").count == 17)
  }
}
