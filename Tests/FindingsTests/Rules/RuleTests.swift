import Bytes
@testable import DNSSEC
import DNSWire
@testable import Findings
import Packets
import TestSupport
import Testing

/// The rules over judged responses.
@Suite struct RuleTests {
  /// A judged response.
  private func response(
    _ frame: Int, _ security: SecurityStatus, ede: ExtendedErrorCode? = nil, zone: String = "example.",
    unsigned: UnsignedKind? = nil, conflict: Int? = nil, rcode: ResponseCode = .noError,
    isIntact: Bool = true, server: UInt32 = 1
  ) -> JudgedResponse {
    JudgedResponse(
      frame: frame, time: Timestamp(seconds: Int64(frame)), server: IPAddress(v4: server),
      client: IPAddress(v4: 2),
      question: CanonicalQuestion(name: domainName("www.\(zone)"), type: .a, recordClass: .in), rcode: rcode,
      kind: frame,
      judgement: ResponseJudgement(
        verdict: Verdict(security, ede: ede, "the reason of frame \(frame)"), rrsets: [],
        zone: domainName(zone),
        unsigned: unsigned), conflict: conflict, isIntact: isIntact)
  }

  /// What all rules find.
  private func findings(_ responses: [JudgedResponse]) -> [Finding] {
    var collector = FindingCollector()
    for response in responses { collector.receive(response) }
    return collector.results().findings
  }

  /// A fact of a finding as text.
  private func fact(_ name: String, of finding: Finding) -> String? {
    finding.evidence.first { $0.name == name }.map { "\($0.value)" }
  }

  @Test("a finding knows the input of its frames, or of each of them where they are of several")
  func inputs() {
    let files = { (first: Int?, second: Int?) -> Finding? in
      var responses = [self.response(4, .bogus, ede: .bogus), self.response(9, .bogus, ede: .bogus)]
      (responses[0].file, responses[1].file) = (first, second)
      return self.findings(responses).first
    }
    #expect(files(nil, nil)?.file == nil && files(nil, nil)?.files == [])
    #expect(files(2, 2)?.file == 2 && files(2, 2)?.files == [])
    #expect(files(0, 2)?.file == nil && files(0, 2)?.files == [0, 2])
  }

  @Test("secure answers find nothing")
  func secure() {
    #expect(findings([response(1, .secure), response(2, .secure)]).isEmpty)
  }

  @Test("bogus answers of one zone and cause are one finding, with the frames, the zone and the code")
  func bogus() throws {
    let found = findings([
      response(4, .bogus, ede: .bogus), response(9, .bogus, ede: .bogus),
      response(10, .bogus, ede: .signatureExpired),
      response(11, .bogus, ede: .bogus, zone: "other."),
    ])
    #expect(found.map(\.rule) == [.bogus, .bogus, .bogus] && found.map(\.id) == ["F1", "F2", "F3"])
    let first = found[0]
    #expect(first.frames == [4, 9] && first.count == 2 && first.firstFrame == 4 && first.lastFrame == 9)
    #expect(
      first.severity >= .medium && first.summary.contains("example.") && first.summary.contains("frame 4"))
    #expect(!first.benignExplanations.isEmpty && !first.references.isEmpty)
  }

  @Test(
    "missing signatures and missing denials are stripped answers",
    arguments: [
      ExtendedErrorCode.rrsigsMissing, .nsecMissing,
    ])
  func stripped(code: ExtendedErrorCode) {
    #expect(findings([response(1, .bogus, ede: code)]).map(\.rule) == [.stripped])
  }

  @Test("of a server that never returns signatures it is one finding, low, whatever the zones and causes")
  func unsigningServer() throws {
    var first = response(1, .bogus, ede: .rrsigsMissing), second = response(2, .bogus, ede: .nsecMissing)
    var third = response(3, .bogus, ede: .rrsigsMissing, zone: "other.")
    (first.serverSigns, second.serverSigns, third.serverSigns) = (false, false, false)
    let found = findings([first, second, third, response(4, .bogus, ede: .rrsigsMissing)])
    #expect(found.map(\.rule) == [.stripped, .stripped])
    #expect(found.map(\.severity) == [.medium, .low] && found.map(\.frames) == [[4], [1, 2, 3]])
    #expect(found[1].benignExplanations.contains { $0.contains("forwarder") })
  }

  @Test("a signature that fails where the chain to its signer is missing is a low finding; damage is none")
  func failedSignature() throws {
    let rrset = RRsetJudgement(Verdict(.indeterminate, "no chain"), [.keyNotSeen, .failed])
    var shown = response(7, .indeterminate)
    shown.judgement = ResponseJudgement(
      verdict: rrset.verdict, rrsets: [rrset], zone: domainName("example."), unsigned: .unknown)
    let found = findings([shown]).filter { $0.rule == .failedSignature }
    #expect(found.map(\.frames) == [[7]] && found.map(\.severity) == [.low])
    shown.isIntact = false
    #expect(!findings([shown]).contains { $0.rule == .failedSignature })
  }

  @Test("unsigned answers are one finding a zone and kind, of severity info")
  func unsigned() throws {
    let found = findings([
      response(1, .indeterminate, unsigned: .notRequested), response(2, .insecure, unsigned: .provenInsecure),
      response(3, .insecure, unsigned: .provenInsecure),
      response(4, .indeterminate, zone: "other.", unsigned: .unknown),
    ])
    #expect(found.allSatisfy { $0.rule == .unsigned && $0.severity == .info } && found.count == 3)
    #expect(
      found.map { fact("kind", of: $0) ?? "" }.allSatisfy { kind in
        ["not-requested", "proven-insecure", "unknown"].contains { kind.contains($0) }
      })
    #expect(found.first { $0.count == 2 }?.frames == [2, 3])
  }

  @Test("what is neither an answer nor bogus finds nothing: error codes, transfers, lame servers")
  func nothing() {
    #expect(findings([response(1, .indeterminate), response(2, .indeterminate, rcode: .servFail)]).isEmpty)
  }

  @Test("findings come worst first, and then in the order of their first frames")
  func order() {
    let found = findings([
      response(1, .insecure, unsigned: .provenInsecure), response(2, .bogus, ede: .bogus),
      response(3, .bogus, ede: .bogus, zone: "a."),
    ])
    #expect(found.map(\.firstFrame) == [2, 3, 1] && found.map(\.id) == ["F1", "F2", "F3"])
  }

  @Test("a finding lists 1,000 frames and counts all")
  func manyFrames() {
    let found = findings((1...Finding.frameLimit + 1).map { response($0, .bogus, ede: .bogus) })
    #expect(
      found.count == 1 && found[0].frames.count == Finding.frameLimit
        && found[0].count == Finding.frameLimit + 1)
    #expect(found[0].lastFrame == Finding.frameLimit + 1)
  }
}
