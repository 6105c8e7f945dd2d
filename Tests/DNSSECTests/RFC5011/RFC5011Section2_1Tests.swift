@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// RFC 5011 §2.1, §3: revocation.
@Suite struct RFC5011Section2_1Tests {
  private let line: KeyTimeline, revoked: ZoneKey

  init() throws { (line, revoked) = (try KeyTimeline(), try KeyTimeline.key(1, revoked: true)) }

  @Test("a key that signs its own REVOKE is no anchor from that second on, and was one until then")
  func fromThatSecond() throws {
    let run = try Judging(
      [
        line.keySet([line.first], by: [line.first], day: 0), line.answer(day: 0.9),
        line.keySet([revoked], by: [revoked], day: 1), line.answer(day: 1), line.answer(day: 2),
      ], anchors: try line.anchors(line.first))
    #expect(run.verdict(1).security == .secure)
    #expect(run.verdict(3).security == .indeterminate && run.last.security == .indeterminate, "\(run.last)")
    #expect(run.state(line.first) == .revoked)
    #expect(run.tracked(line.first)?.since == KeyTimeline.time(1) && run.tracked(line.first)?.frame == 3)
  }

  @Test("REVOKE counts only where the revoked key itself signed the RRset")
  func withoutOwnSignature() throws {
    let run = try Judging(
      [
        line.keySet([revoked, line.second], by: [line.second], day: 0), line.answer(day: 0),
        line.keySet([line.first], by: [line.first], day: 1), line.answer(day: 1),
      ], anchors: try line.anchors(line.first, line.second))
    #expect(run.state(line.first) == .valid && run.last.security == .secure)
  }

  @Test("an RRSIG of the revoked key that is out of period revokes nothing")
  func expired() throws {
    let run = try Judging(
      [
        line.keySet([line.first], by: [line.first], day: 0),
        line.keySet([revoked], by: [revoked], day: 20, signedOn: 10),
      ], anchors: try line.anchors(line.first))
    #expect(run.state(line.first) == .valid)
  }

  @Test("REVOKE of a key that is no anchor revokes nothing")
  func otherKey() throws {
    let stranger = try KeyTimeline.key(77, revoked: true)
    let run = try Judging(
      [line.keySet([line.first, stranger], by: [line.first, stranger], day: 0), line.answer(day: 0)],
      anchors: try line.anchors(line.first))
    #expect(run.state(line.first) == .valid && run.last.security == .secure)
  }

  @Test("a revoked key stays revoked, whatever a later RRset without the bit says")
  func forGood() throws {
    let run = try Judging(
      [
        line.keySet([revoked, line.second], by: [revoked, line.second], day: 0),
        line.keySet([line.first, line.second], by: [line.first, line.second], day: 1),
        line.keySet([line.first], by: [line.first], day: 40, signedOn: 40), line.answer(day: 40),
      ], anchors: try line.anchors(line.first, line.second))
    #expect(run.state(line.first) == .revoked)
    #expect(run.last.security != .secure, "\(run.last)")
  }

  @Test("a key on trial that is revoked never becomes an anchor")
  func onTrial() throws {
    let revoked = try KeyTimeline.key(2, revoked: true)
    let run = try Judging(
      [
        line.keySet([line.first, line.second], by: [line.first], day: 0),
        line.keySet([line.first, revoked], by: [line.first, revoked], day: 3),
        line.keySet([line.first, line.second], by: [line.first], day: 6),
        line.keySet([line.first, line.second], by: [line.first], day: 60),
      ], anchors: try line.anchors(line.first))
    #expect(run.state(line.second) == .revoked)
  }

  @Test("a configured DNSKEY is revoked as its digest is, and a static anchor is not")
  func forms() throws {
    let key = TrustAnchor.Key.key(try DNSKEYData(line.first.rdata.span))
    for (isFollowed, state) in [(true, AnchorKeyState.revoked), (false, .valid)] {
      let anchor = TrustAnchor(zone: .root, key: key, isFollowed: isFollowed, source: "test")
      let run = try Judging([line.keySet([revoked], by: [revoked], day: 0)], anchors: [anchor])
      #expect(run.state(line.first) == state)
    }
  }
}
