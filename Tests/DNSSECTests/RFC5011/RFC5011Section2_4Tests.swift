@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// RFC 5011 §2.2 to §2.4: hold-down times, and how many keys there may be.
@Suite struct RFC5011Section2_4Tests {
  private let line: KeyTimeline

  init() throws { line = try KeyTimeline() }

  /// What becomes of the second key when the RRset with it is seen on these days.
  private func judge(seenOn days: [Double], ttl: UInt32 = 172_800) throws -> Judging {
    try Judging(
      days.map { try line.keySet([line.first, line.second], by: [line.first], day: $0, ttl: ttl) },
      anchors: try line.anchors(line.first))
  }

  @Test(
    "§2.4.1: a new key is on trial for 30 days, and is taken when it is seen after them",
    arguments: [
      ([0], false), ([0, 29.999], false), ([0, 30], true), ([0, 15, 31], true), ([40, 69], false),
    ])
  func thirtyDays(days: [Double], isTaken: Bool) throws {
    let run = try judge(seenOn: days)
    #expect(run.state(line.second) == (isTaken ? .valid : .addPend))
    let until = KeyTimeline.time((days.first ?? 0) + 30)
    #expect(run.tracked(line.second)?.holdDownUntil == (isTaken ? nil : until))
    #expect(run.tracked(line.second)?.firstSeen == KeyTimeline.time(days.first ?? 0))
    #expect(run.tracked(line.second)?.source == "learned")
  }

  @Test("§2.4.1: an original TTL of more than 30 days makes the trial as long")
  func longTTL() throws {
    let ttl = UInt32(40 * KeyTimeline.day)
    #expect(try judge(seenOn: [0, 39.9], ttl: ttl).state(line.second) == .addPend)
    #expect(try judge(seenOn: [0, 40], ttl: ttl).state(line.second) == .valid)
  }

  @Test("§2.2: a valid RRset without the key ends the trial, and the next sight begins a new one")
  func interrupted() throws {
    let with = { (day: Double) in
      try line.keySet([line.first, line.second], by: [line.first], day: day)
    }
    let without = try line.keySet([line.first], by: [line.first], day: 10)
    let anchors = try line.anchors(line.first)
    #expect(try Judging([with(0), without], anchors: anchors).tracked(line.second) == nil)
    let again = try Judging([with(0), without, with(11), with(31)], anchors: anchors)
    #expect(again.state(line.second) == .addPend)
    #expect(again.tracked(line.second)?.holdDownUntil == KeyTimeline.time(41))
  }

  @Test("§2.2: an RRset that no trusted key signed neither begins a trial nor ends one")
  func unsigned() throws {
    let forged = try line.keySet([line.first, line.third], by: [line.third], day: 5)
    let set = { (day: Double) in try line.keySet([line.first, line.second], by: [line.first], day: day) }
    let run = try Judging([set(0), forged, set(30)], anchors: try line.anchors(line.first))
    #expect(run.state(line.second) == .valid && run.tracked(line.third) == nil)
    #expect(run.validator.trustPoints.first?.rejected?.frames == [2])
  }

  @Test("§2.2: keys without SEP, without the zone bit or of unknown algorithms are not taken on")
  func unfit() throws {
    let plain = try ZoneKey(algorithm: 13, flags: 256, seed: 30),
      noZone = try ZoneKey(algorithm: 13, flags: 1, seed: 31)
    let run = try Judging(
      [
        line.keySet([line.first, plain, noZone], by: [line.first], day: 0),
        line.keySet([line.first, plain, noZone], by: [line.first], day: 40),
      ], anchors: try line.anchors(line.first))
    #expect(run.validator.trustPoints.first?.keys.count == 1)
  }

  @Test("a key on trial vouches for nothing, and from the second in which it is taken on it does")
  func vouches() throws {
    let both = { (day: Double) in try line.keySet([line.first, line.second], by: [line.first], day: day) }
    let alone = { (day: Double) in try line.keySet([line.second], by: [line.second], day: day) }
    let anchors = try line.anchors(line.first)
    let early = try Judging([both(0), alone(20), line.answer(day: 20)], anchors: anchors)
    #expect(early.last.security != .secure, "\(early.last)")
    let late = try Judging([both(0), both(30), alone(40), line.answer(day: 40)], anchors: anchors)
    #expect(late.last.security == .secure, "\(late.last)")
    #expect(late.state(line.first) == .missing)
  }

  @Test("§2.4.2: 30 days after its revocation a key is removed")
  func removed() throws {
    let revoked = try KeyTimeline.key(1, revoked: true)
    let point = try Judging(
      [line.keySet([revoked, line.second], by: [revoked, line.second], day: 0)],
      anchors: try line.anchors(line.first, line.second)
    ).validator.trustPoints.first
    let state = { (day: Double) in point?.settled(at: KeyTimeline.time(day)).keys.first?.state }
    #expect(state(0) == .revoked && state(29.99) == .revoked && state(30) == .removed)
  }

  @Test("§2.4.3: five keys and more are taken on, and beyond the limit none")
  func number() throws {
    let many = try (0..<70).map { try KeyTimeline.key(100 + $0) }
    for count in [5, 62] {
      let keys = [line.first] + many.prefix(count)
      let run = try Judging(
        [line.keySet(keys, by: [line.first], day: 0), line.keySet(keys, by: [line.first], day: 30)],
        anchors: try line.anchors(line.first))
      #expect(many.prefix(count).allSatisfy { run.state($0) == .valid }, "\(count)")
    }
    let days = [(0.0, many[0..<40]), (31, many[0..<40]), (32, many[30..<70]), (33, many[30..<70])]
    let run = try Judging(
      days.map { try line.keySet([line.first] + $0.1, by: [line.first], day: $0.0) },
      anchors: try line.anchors(line.first))
    #expect(run.validator.trustPoints.first?.keys.count == 1 + TrustPoint.learnedLimit)
  }
}
