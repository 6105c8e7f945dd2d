@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// What is kept of trust points between runs.
@Suite struct AnchorStateTests {
  private let line: KeyTimeline

  init() throws { line = try KeyTimeline() }

  /// A run over RRsets with the first two keys on these days, after earlier runs.
  private func judge(
    _ days: [Double], after states: [TrustPoint] = [], _ keys: [ZoneKey]? = nil
  ) throws -> Judging {
    let keys = keys ?? [line.first, line.second]
    return try Judging(
      days.map { try line.keySet(keys, by: [line.first], day: $0) },
      trustPoints: TrustPoint.points(of: try line.anchors(line.first), continuing: states))
  }

  /// What a run leaves, through a file.
  private func states(_ run: Judging, before earlier: [TrustPoint] = []) throws -> [TrustPoint] {
    let states = TrustPoint.states(of: run.validator.trustPoints, before: earlier)
    return try AutotrustFile.states(AutotrustText.text(states), source: "state")
  }

  /// The error of a text; nil when it is read.
  private func failure(_ text: String) -> AnchorFileError? {
    do throws(AnchorFileError) {
      _ = try AutotrustFile.states(text, source: "f")
      return nil
    } catch {
      return error
    }
  }

  @Test("a hold-down time goes on from run to run, as if there had been one")
  func continued() throws {
    let first = try judge([0, 10]), second = try judge([20, 29], after: states(first))
    #expect(second.tracked(line.second)?.holdDownUntil == KeyTimeline.time(30))
    #expect(second.tracked(line.second)?.firstSeen == KeyTimeline.time(0))
    let third = try judge([30], after: states(second))
    #expect(third.state(line.second) == .valid && third.tracked(line.second)?.frame == 1)
    #expect(try states(third).first?.keys.last?.trustedFrom == KeyTimeline.time(30))
  }

  @Test("an older capture, or the same one again, changes nothing that later ones showed")
  func older() throws {
    let states = try states(judge([0, 30])), text = AutotrustText.text(states)
    for days in [[0, 30], [-50], [10, 20]] as [[Double]] {
      let again = try judge(days, after: states, days == [-50] ? [line.first] : nil)
      let kept = TrustPoint.states(of: again.validator.trustPoints, before: states)
      #expect(AutotrustText.text(kept) == text, "\(days)")
    }
  }

  @Test(
    "the file holds every key with its state and times, and a run without a valid RRset leaves it as it was")
  func roundTrip() throws {
    let revoked = try KeyTimeline.key(1, revoked: true)
    let run = try Judging(
      [
        line.keySet([line.first, line.second], by: [line.first], day: 0),
        line.keySet([line.first, line.second], by: [line.first], day: 30),
        line.keySet([revoked, line.second, line.third], by: [revoked, line.second], day: 31),
      ], anchors: try line.anchors(line.first))
    let kept = try states(run)
    #expect(kept.first?.keys.map(\.state) == [.revoked, .valid, .addPend])
    #expect(kept.first?.lastSuccess == KeyTimeline.time(31))
    #expect(AutotrustText.text(kept) == AutotrustText.text(run.validator.trustPoints))
    let nothing = try Judging(
      [line.answer(day: 50)], trustPoints: TrustPoint.points(of: line.anchors(line.first), continuing: kept))
    #expect(nothing.last.security == .indeterminate)
    #expect(try AutotrustText.text(states(nothing, before: kept)) == AutotrustText.text(kept))
  }

  @Test("a revocation that ends a trust point is kept as well")
  func ended() throws {
    let revoked = try KeyTimeline.key(1, revoked: true)
    let run = try Judging(
      [line.keySet([revoked], by: [revoked], day: 3)], anchors: try line.anchors(line.first))
    let kept = try states(run)
    #expect(kept.first?.lastSuccess == KeyTimeline.time(3) && kept.first?.keys.map(\.state) == [.revoked])
    let later = try judge([5], after: kept)
    #expect(later.state(line.first) == .revoked && later.tracked(line.second) == nil)
  }

  @Test("states of zones without an anchor in this run are kept and not used")
  func otherZones() throws {
    let other = try KeyTimeline("test."), shown = try other.keySet([other.first], by: [other.first], day: 0)
    let kept = try states(Judging([shown], anchors: try other.anchors(other.first)))
    let run = try judge([0], after: kept)
    #expect(run.validator.trustPoints.map(\.zone.description) == ["."])
    #expect(try states(run, before: kept).map(\.zone.description) == [".", "test."])
  }

  @Test("a configured period is kept beside the key, and honoured wherever the file is read")
  func period() throws {
    let end = KeyTimeline.time(5)
    let anchors = try line.anchors(line.first, until: end) + line.anchors(line.second)
    let run = try Judging(
      [0, 10].map { try line.keySet([line.first, line.second], by: [line.first, line.second], day: $0) },
      anchors: anchors)
    let text = AutotrustText.text(run.validator.trustPoints)
    #expect(text.contains(" ;;state=5 [ removed ] ") && text.contains(" ;;validuntil=\(end) "))
    let kept = try #require(try AutotrustFile.states(text, source: "f").first)
    #expect(kept.atLastSuccess.keys.map(\.state) == [.removed, .valid])
    #expect(kept.anchors.map(\.validUntil) == [end, nil])
    #expect(AutotrustText.text([kept]) == text)
    let given = try AnchorFile.parse(text, source: "f")
    #expect(given.map(\.validUntil) == [end, nil] && given.allSatisfy { $0.validFrom == nil })
    // The first key is no longer configured: what signs alone after its period proves nothing.
    let late = try Judging(
      [line.keySet([line.first], by: [line.first], day: 20)],
      trustPoints: TrustPoint.points(of: line.anchors(line.second), continuing: [kept]))
    #expect(late.last.security == .bogus)
  }

  @Test("a key that two digests name is kept once, for both their periods")
  func twoDigests() throws {
    let (start, end) = (KeyTimeline.time(-9), KeyTimeline.time(9))
    let anchors =
      try line.anchors(line.first, from: start, until: KeyTimeline.time(5))
      + line.anchors(line.first, from: KeyTimeline.time(-5), until: end)
    let run = try Judging([line.keySet([line.first], by: [line.first], day: 0)], anchors: anchors)
    let kept = try #require(try states(run).first)
    #expect(kept.keys.count == 1 && kept.keys[0].validFrom == start && kept.keys[0].validUntil == end)
  }

  @Test("states that share no key with the anchors of their zone are foreign")
  func foreign() throws {
    let kept = try states(judge([0]))
    #expect(TrustPoint.foreignZone(in: kept, to: try line.anchors(line.first)) == nil)
    #expect(TrustPoint.foreignZone(in: kept, to: try line.anchors(line.third))?.isRoot == true)
    #expect(TrustPoint.foreignZone(in: kept, to: try KeyTimeline("test.").anchors(line.third)) == nil)
  }

  @Test("Unbound's own file is gone on with: the key on trial since 12 July 2017 is due 30 days later")
  func unbound() throws {
    let point = try #require(try AutotrustFile.states(AnchorTexts.autotrust, source: "f").first)
    #expect(point.keys.map(\.state) == [.addPend, .valid, .missing, .revoked])
    #expect(point.keys.first?.holdDownUntil == 1_499_900_000 + TrustPoint.addHoldDown)
    #expect(point.lastSuccess == 1_500_000_000 && point.keys.last?.revokedAt == 1_450_000_000)
  }

  @Test(
    "a damaged file of states is refused with its line",
    arguments: [
      (";;id: . 1", ";; . 1", 9, "does not belong to the zone"), (";;id: . 1", ";;id: . 3", 2, "class 1"),
      (";;id: . 1", ";;id: . 1\n;;id: . 1", 3, "there before"),
      (".\t172800", "test.\t172800", 9, "does not belong"),
      ("state=1", "state=9", 9, "without a known ;;state="), ("state=1", "state=-1", 9, "no number"),
      (";;state=1 ", "", 9, "without a known ;;state="),
      (";;lastchange=1499900000", "", 9, "without ;;lastchange="),
      ("lastchange=1499900000", "lastchange=1600000000", 9, "lies behind last_success"),
      ("lastchange=1499900000", "lastchange=99999999999999999999", 9, "no number"),
      (";;count=2", ";;count=2 ;;count=2", 9, "there twice"), ("AAED", "AAEC", 11, "twice"),
      ("last_success: 1500000000", "last_success: soon", 4, "no time"),
      ("257 3 13 AAEC", "257 3 13 !", 10, "cannot be read"),
    ])
  func damaged(old: String, new: String, line: Int, problem: String) {
    let error = failure(AnchorTexts.autotrust.replacing(old, with: new))
    #expect(error?.line == line && error?.problem.contains(problem) == true, "\(String(describing: error))")
  }

  @Test("a file with more keys than a configuration may have is refused")
  func limit() {
    let keys = (0...AnchorFile.maximumAnchors).map {
      ". IN DNSKEY 257 3 13 \(["AA", "AB", "AC", "AD"][$0 % 4])\(String(1_000 + $0)) ;;state=2 ;;lastchange=1"
    }
    #expect(failure(";;id: . 1\n" + keys.joined(separator: "\n"))?.line == AnchorFile.maximumAnchors + 2)
  }
}
