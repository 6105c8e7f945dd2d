@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// RFC 5011 §6: the scenarios of a zone's operator, seen by somebody who trusts its first key alone.
@Suite struct RFC5011Section6Tests {
  private let line: KeyTimeline, revokedFirst: ZoneKey, revokedSecond: ZoneKey

  init() throws {
    line = try KeyTimeline()
    (revokedFirst, revokedSecond) = (
      try KeyTimeline.key(1, revoked: true), try KeyTimeline.key(2, revoked: true)
    )
  }

  /// The run over RRsets, each `(day, keys, signers)`, and an answer on the last day.
  private func run(_ sets: [(Double, [ZoneKey], [ZoneKey])]) throws -> Judging {
    let shown = try sets.map { try line.keySet($0.1, by: $0.2, day: $0.0) }
    return try Judging(
      shown + [line.answer(day: sets.last?.0 ?? 0)], anchors: try line.anchors(line.first))
  }

  @Test("§6.1: a key is added beside the active one, and is an anchor after its trial")
  func adding() throws {
    let result = try run([
      (0, [line.first], [line.first]), (1, [line.first, line.second], [line.first]),
      (31, [line.first, line.second], [line.first]),
    ])
    #expect(result.state(line.first) == .valid && result.state(line.second) == .valid)
  }

  @Test("§6.2 and §6.3: the stand-by key takes over, and the old one is revoked and left out")
  func rollover() throws {
    let result = try run([
      (0, [line.first, line.second], [line.first]), (30, [line.first, line.second], [line.first]),
      (31, [revokedFirst, line.second, line.third], [revokedFirst, line.second]),
      (61, [line.second, line.third], [line.second]),
    ])
    #expect(result.last.security == .secure, "\(result.last)")
    #expect(result.state(line.first) == .revoked && result.state(line.second) == .valid)
    #expect(result.state(line.third) == .valid)
  }

  @Test("§6.4: a compromised active key is revoked in one step when a stand-by key is an anchor")
  func activeCompromised() throws {
    let prepared: [(Double, [ZoneKey], [ZoneKey])] = [
      (0, [line.first, line.second], [line.first]), (30, [line.first, line.second], [line.first]),
      (40, [revokedFirst, line.second], [revokedFirst, line.second]),
    ]
    #expect(try run(prepared).last.security == .secure)
    let thief = try run(prepared + [(41, [line.first, line.third], [line.first])])
    #expect(thief.state(line.first) == .revoked && thief.tracked(line.third) == nil)
  }

  @Test("§6.5: a compromised stand-by key is revoked, and the active one goes on")
  func standbyCompromised() throws {
    let result = try run([
      (0, [line.first, line.second], [line.first]), (30, [line.first, line.second], [line.first]),
      (40, [line.first, revokedSecond, line.third], [line.first, revokedSecond]),
    ])
    #expect(result.last.security == .secure)
    #expect(result.state(line.second) == .revoked && result.state(line.third) == .addPend)
  }

  @Test("§6.6: a zone that revokes all its keys is no trust point any more")
  func deletion() throws {
    let result = try run([
      (0, [line.first, line.second], [line.first]), (30, [line.first, line.second], [line.first]),
      (40, [revokedFirst, revokedSecond], [revokedFirst, revokedSecond]),
    ])
    #expect(result.last.security == .indeterminate && result.last.ede == 5, "\(result.last)")
  }

  @Test("the root's rollover of 2017 to 2019 is followed from its first key alone, over several runs")
  func root() throws {
    // Days after 11 July 2017: published; in use from 11 October 2018; the first revoked from 11 January to 22 March 2019.
    let both = [line.first, line.second]
    let years: [[(Double, [ZoneKey], [ZoneKey])]] = [
      [(-20, [line.first], [line.first]), (0, both, [line.first]), (3, both, [line.first])],
      [(29, both, [line.first]), (30, both, [line.first])],
      [(457, both, [line.second])],
      [
        (549, [revokedFirst, line.second], [revokedFirst, line.second]), (619, [line.second], [line.second]),
      ],
    ]
    let anchors = try line.anchors(line.first)
    var states: [TrustPoint] = [], words: [SecurityStatus] = []
    for year in years {
      let shown = try year.map { try line.keySet($0.1, by: $0.2, day: $0.0) }
      let answer = try line.answer(day: year.last?.0 ?? 0)
      let run = try Judging(
        shown + [answer], trustPoints: TrustPoint.points(of: anchors, continuing: states))
      words.append(run.last.security)
      let text = AutotrustText.text(TrustPoint.states(of: run.validator.trustPoints, before: states))
      states = try AutotrustFile.states(text, source: "state")
    }
    #expect(words == [.secure, .secure, .secure, .secure])
    #expect(states.first?.keys.map(\.state) == [.revoked, .valid])
    #expect(states.first?.keys.last?.trustedFrom == KeyTimeline.time(30))
    // Without the runs of the year of the trial the new key is a stranger.
    let late = try line.keySet([line.second], by: [line.second], day: 619)
    #expect(try Judging([late, line.answer(day: 619)], anchors: anchors).last.security == .bogus)
  }
}
