@testable import DNSSEC
import DNSWire
@testable import Findings
import TestSupport
import Testing

/// D13: trouble with trust anchors.
@Suite struct AnchorTroubleTests {
  /// What is found about a trust point.
  private func findings(_ point: TrustPoint?) -> [Finding] {
    var collector = FindingCollector()
    collector.receive(
      ZoneReport(
        zone: .root, parent: nil, verdict: Verdict(.secure, "for the test"), changes: [], ds: [], keys: [],
        isAnchored: true, trustPoint: point))
    return collector.results().findings
  }

  /// A trust point with one more key in a state, seen in frame 7.
  private func point(_ state: AnchorKeyState, frame: Int? = 7) throws -> TrustPoint {
    var point = TrustPoint(zone: .root, anchors: [TrustAnchor.builtIn[1]])
    let rdata: [UInt8] = [1, 1, 3, 13, 1, 2]
    var key = TrackedKey(try DNSKEYData(rdata.span), state, since: 100)
    (key.firstSeen, key.lastSeen, key.frame) = (90, 110, frame)
    if state == .addPend { key.holdDownUntil = 86_400 }
    point.keys.append(key)
    return point
  }

  @Test("a trust point with plain anchors, and a zone that is none, find nothing")
  func plain() throws {
    #expect(findings(nil).isEmpty)
    #expect(findings(TrustPoint(zone: .root, anchors: TrustAnchor.builtIn)).isEmpty)
    #expect(try findings(point(.addPend, frame: nil)).isEmpty, "an earlier run has told it")
    #expect(try findings(point(.missing)).isEmpty)
  }

  @Test(
    "a key that comes or goes is a finding of severity info with its frame",
    arguments: [
      (
        AnchorKeyState.addPend, "hold-down",
        "becomes a trust anchor in 30 days, at the earliest 1970-01-02T00:00:00Z"
      ),
      (.valid, "accepted", "became a trust anchor"), (.revoked, "revoked", "is revoked"),
    ])
  func keys(state: AnchorKeyState, kind: String, sentence: String) throws {
    let found = try #require(try findings(point(state)).first)
    #expect(found.rule == .anchorTrouble && found.severity == .info && found.frames == [7])
    #expect(found.summary.contains(sentence), "\(found.summary)")
    #expect(found.firstTime.seconds == 90 && found.lastTime.seconds == 110 && found.names == [.root])
    #expect(found.evidence.contains { $0.name == "kind" && "\($0.value)" == "text(\"\(kind)\")" })
  }

  @Test("DNSKEY RRsets that no anchor signed are a finding of severity high with their frames and the reason")
  func rejected() throws {
    var point = TrustPoint(zone: .root, anchors: TrustAnchor.builtIn)
    point.rejected = RejectedKeySets(
      count: 5, frames: [3, 9], reason: "no key matches", firstTime: 1, lastTime: 2)
    let found = try #require(findings(point).first)
    #expect(found.severity == .high && found.count == 5 && found.frames == [3, 9])
    #expect(found.firstFrame == 3 && found.lastFrame == 9)
    #expect(
      found.summary == "5 DNSKEY RRsets of . are not signed by any trust anchor in force: no key matches")
  }
}
