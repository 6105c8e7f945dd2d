import Bytes
import Foundation
import TestSupport
import Testing

@Suite("Moments and dates")
struct TimestampTests {
  @Test(
    "moments have RFC 3339 text in UTC with nine digits",
    arguments: [
      (0, "1970-01-01T00:00:00.000000000Z"), (1_476_976_981_000_000_001, "2016-10-20T15:23:01.000000001Z"),
      (-1, "1969-12-31T23:59:59.999999999Z"), (-1_000_000_000, "1969-12-31T23:59:59.000000000Z"),
      (951_782_400_000_000_000, "2000-02-29T00:00:00.000000000Z"),
      (.max, "2262-04-11T23:47:16.854775807Z"), (.min, "1677-09-21T00:12:43.145224192Z"),
    ] as [(Int64, String)])
  func text(nanoseconds: Int64, text: String) {
    #expect(Timestamp(nanoseconds: nanoseconds).rfc3339 == text)
  }

  @Test(
    "seconds and fraction add up, also before 1970",
    arguments: [0, 1, -1, 999_999_999, -1_000_000_001, .max, .min] as [Int64])
  func parts(nanoseconds: Int64) {
    let time = Timestamp(nanoseconds: nanoseconds)
    #expect((0..<1_000_000_000).contains(time.fraction))
    #expect(time.seconds &* 1_000_000_000 &+ time.fraction == nanoseconds)
  }

  @Test("what 64 bits cannot hold is the earliest or latest moment")
  func clamping() {
    #expect(Timestamp(seconds: 9_223_372_036, nanoseconds: 854_775_807).nanoseconds == .max)
    #expect(Timestamp(seconds: 9_223_372_036, nanoseconds: 854_775_808).nanoseconds == .max)
    #expect(Timestamp(seconds: 9_223_372_037).nanoseconds == .max)
    #expect(Timestamp(seconds: -9_223_372_037).nanoseconds == .min)
    #expect(Timestamp(seconds: 5, nanoseconds: 7).nanoseconds == 5_000_000_007)
  }

  @Test("the earlier moment is the smaller one")
  func order() {
    #expect(Timestamp(nanoseconds: -1) < Timestamp(nanoseconds: 0))
    #expect(!(Timestamp(nanoseconds: 0) < Timestamp(nanoseconds: 0)))
  }

  @Test("dates agree with Foundation's calendar, and lead back to their seconds")
  func calendar() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    var random = SeededRandom(seed: 1_970)
    // 1677 to 2262, the range of a Timestamp; Foundation's calendar is Gregorian since 1582.
    for _ in 0..<2_000 {
      let seconds = Int64.random(in: -9_223_372_036...9_223_372_036, using: &random)
      let time = CivilTime(secondsSinceEpoch: seconds)
      let expected = calendar.dateComponents(
        [.year, .month, .day, .hour, .minute, .second], from: Date(timeIntervalSince1970: Double(seconds)))
      #expect(
        [time.year, time.month, time.day].map(Int.init) == [expected.year, expected.month, expected.day])
      #expect(
        [time.hour, time.minute, time.second].map(Int.init) == [
          expected.hour, expected.minute, expected.second,
        ])
      let back = CivilTime.seconds(
        year: time.year, month: time.month, day: time.day, hour: time.hour, minute: time.minute,
        second: time.second)
      #expect(back == seconds)
    }
  }

  @Test("the compact form is that of RRSIG times (RFC 4034 §3.2)")
  func compact() {
    #expect(CivilTime(secondsSinceEpoch: 1_048_354_263).compact == 20_030_322_173_103)
    #expect(CivilTime(secondsSinceEpoch: 0).compact == 19_700_101_000_000)
  }

  @Test("fields outside their range are no date")
  func badFields() {
    func seconds(_ fields: [Int64]) -> Int64? {
      CivilTime.seconds(
        year: fields[0], month: fields[1], day: fields[2], hour: fields[3], minute: fields[4],
        second: fields[5])
    }
    #expect(seconds([2024, 1, 1, 0, 0, 0]) == 1_704_067_200)
    #expect(seconds([2024, 12, 31, 23, 59, 59]) == 1_735_689_599)
    let bad: [[Int64]] = [
      [-1, 1, 1, 0, 0, 0], [10_000, 1, 1, 0, 0, 0], [2024, 0, 1, 0, 0, 0], [2024, 13, 1, 0, 0, 0],
      [2024, 1, 0, 0, 0, 0], [2024, 1, 32, 0, 0, 0], [2024, 1, 1, 24, 0, 0], [2024, 1, 1, 0, 60, 0],
      [2024, 1, 1, 0, 0, 61], [2024, 1, 1, -1, 0, 0],
    ]
    for fields in bad { #expect(seconds(fields) == nil, "\(fields)") }
  }
}
