@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// RFC 5011 §4 and §5: the states of a key, and the end of a trust point.
@Suite struct RFC5011Section4Tests {
  private let line: KeyTimeline

  init() throws { line = try KeyTimeline() }

  @Test(
    "§4.2: an anchor that the last valid RRset lacks is missing and still trusted, and valid when it is back")
  func missing() throws {
    let anchors = try line.anchors(line.first, line.second)
    var shown = [
      try line.keySet([line.first, line.second], by: [line.first], day: 0),
      try line.keySet([line.second], by: [line.second], day: 1),
    ]
    let gone = try Judging(shown, anchors: anchors)
    #expect(gone.state(line.first) == .missing && gone.tracked(line.first)?.since == KeyTimeline.time(1))
    shown += [try line.keySet([line.first], by: [line.first], day: 9), try line.answer(day: 9)]
    let back = try Judging(shown, anchors: anchors)
    #expect(back.last.security == .secure && back.state(line.first) == .valid)
    #expect(back.tracked(line.first)?.since == KeyTimeline.time(9))
    #expect(back.tracked(line.first)?.firstSeen == KeyTimeline.time(0))
  }

  @Test("RRsets are taken in the order of their times, not of their packets")
  func order() throws {
    let shown = [
      try line.keySet([line.first, line.second], by: [line.first], day: 30),
      try line.keySet([line.first], by: [line.first], day: 45),
      try line.keySet([line.first, line.second], by: [line.first], day: 0),
    ]
    let run = try Judging(shown, anchors: try line.anchors(line.first))
    #expect(run.state(line.second) == .missing)
    #expect(run.tracked(line.second)?.lastSeen == KeyTimeline.time(30))
  }

  @Test("a packet that a host would have dropped says nothing")
  func damaged() throws {
    let revoked = try KeyTimeline.key(1, revoked: true)
    let shown = try line.keySet([revoked], by: [revoked], day: 0).with { $0.isIntact = false }
    #expect(try Judging([shown], anchors: try line.anchors(line.first)).state(line.first) == .valid)
  }

  @Test(
    "§5: below a trust point whose keys are all revoked the anchor above counts, as if it had never been configured"
  )
  func deleted() throws {
    let world = try World(), zone = world.test, timeline = try KeyTimeline("test.")
    let revoked = try KeyTimeline.key(1, revoked: true)
    let own = try timeline.anchors(timeline.first)
    let shown =
      try world.chain(to: zone) + [
        timeline.keySet([revoked], by: [revoked], day: 0),
        world.ask(zone, "www.test.", .a, at: World.now + 1),
      ]
    let root = try AnchorFile.parse(world.anchor, source: "test")
    #expect(try Judging(shown, anchors: root + own).last.security == .secure)
    #expect(
      try Judging(Array(shown.dropLast(2)) + [shown[shown.count - 1]], anchors: root + own).last.security
        == .bogus)
    let alone = try Judging(shown, anchors: own).last
    #expect(alone.security == .indeterminate && alone.ede == 5, "\(alone)")
  }

  @Test("a configured period stands: learning makes it no longer, and revocation ends it early")
  func periods() throws {
    let end = KeyTimeline.time(10)
    let sets = try [0.0, 8, 31, 45].map {
      try line.keySet([line.first, line.second], by: [line.first, line.second], day: $0)
    }
    let anchors = try line.anchors(line.first, until: end) + line.anchors(line.second)
    let run = try Judging(sets + [line.answer(day: 45)], anchors: anchors)
    #expect(run.last.security == .secure)
    let point = try #require(run.zones.first { $0.zone.isRoot }?.trustPoint)
    #expect(point.distinctKeys.map(\.state) == [.removed, .valid])
    let alone = try Judging(
      sets + [line.answer(day: 8), line.answer(day: 45)], anchors: try line.anchors(line.first, until: end))
    #expect(alone.verdict(4).security == .secure && alone.last.security == .indeterminate, "\(alone.last)")
    let later = try Judging(sets, anchors: try line.anchors(line.first, from: KeyTimeline.time(100)))
    #expect(later.zones.first { $0.zone.isRoot }?.trustPoint?.keys.map(\.state) == [.start])
  }
}
