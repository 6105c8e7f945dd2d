@testable import DNSSEC
import DNSWire
import TestSupport
import Testing

/// Serial arithmetic on RRSIG times (RFC 4034 §3.1.5, RFC 1982), and the spans for which a judgement holds.
@Suite struct MomentTests {
  /// RDATA of an RRSIG with these times.
  private func signature(_ inception: Int64, _ expiration: Int64) throws -> RRSIGData {
    let times = [expiration, inception].flatMap { octets(UInt32(truncatingIfNeeded: $0)) }
    let rdata: [UInt8] = [0, 1, 13, 1] + octets(UInt32(3600)) + times + octets(UInt16(1)) + [0] + [1]
    return try RRSIGData(rdata.span)
  }

  /// How a time lies to a validity.
  private func compare(_ time: Int64, _ inception: Int64, _ expiration: Int64) throws -> Timeliness {
    var moment = Moment(time)
    return moment.compare(try signature(inception, expiration))
  }

  @Test(
    "both ends belong to the validity, a second outside does not",
    arguments: [1_780_272_000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x1_0000_0000, 0x1_8000_0000] as [Int64]
  )
  func ends(middle: Int64) throws {
    let (from, until) = (middle - 1000, middle + 1000)
    #expect(try compare(from - 1, from, until) == .before)
    #expect(try compare(from, from, until) == .within)
    #expect(try compare(middle, from, until) == .within)
    #expect(try compare(until, from, until) == .within)
    #expect(try compare(until + 1, from, until) == .after)
  }

  @Test("a validity that runs over 2106-02-07T06:28:16Z, where the 32 bits wrap, is one span")
  func wrap() throws {
    let wrap: Int64 = 1 << 32
    #expect(try compare(wrap - 1, wrap - 86_400, wrap + 86_400) == .within)
    #expect(try compare(wrap + 86_400, wrap - 86_400, wrap + 86_400) == .within)
    #expect(try compare(wrap + 86_401, wrap - 86_400, wrap + 86_400) == .after)
  }

  @Test("the second that a serial number stands for is the one nearest to the time")
  func nearest() {
    #expect(Moment(0x1_0000_0010).absolute(0xffff_fff0) == 0xffff_fff0)
    #expect(Moment(0xffff_fff0).absolute(0x10) == 0x1_0000_0010)
    #expect(Moment(1_000).absolute(1_000) == 1_000)
    #expect(Moment(0).absolute(0x7fff_ffff) == 0x7fff_ffff)
    #expect(Moment(0).absolute(0x8000_0000) == -0x8000_0000)
  }

  @Test("a comparison narrows the span to the seconds with the same result")
  func spans() throws {
    var within = Moment(1_000)
    #expect(within.compare(from: 900, until: 1_100) == .within && within.span == 900...1_100)
    var after = Moment(2_000)
    #expect(after.compare(from: 900, until: 1_100) == .after && after.span.lowerBound == 1_101)
    var before = Moment(10)
    #expect(before.compare(from: 900, until: 1_100) == .before && before.span.upperBound == 899)
    var free = Moment(10)
    #expect(free.compare(from: nil, until: nil) == .within && free.span == Int64.min...Int64.max)
  }

  @Test(
    "within the span that a validity gives, every second has the same result, and just outside it another one"
  )
  func exactSpans() throws {
    var random = SeededRandom(seed: 11)
    for _ in 0..<2_000 {
      let time = Int64(UInt32.random(in: 0...UInt32.max, using: &random))
      let start = Int64(UInt32.random(in: 0...UInt32.max, using: &random))
      let data = try signature(start, start + Int64(UInt32.random(in: 0...0x7fff_ffff, using: &random)))
      var moment = Moment(time)
      let result = moment.compare(data), span = moment.span
      #expect(span.contains(time))
      for edge in [span.lowerBound, span.upperBound] {
        var other = Moment(edge)
        #expect(other.compare(data) == result, "\(time) \(data.inception) \(data.expiration) \(edge)")
      }
      // After one turn of the 32 bits everything comes again.
      #expect(span.lowerBound > time - (1 << 32) && span.upperBound < time + (1 << 32))
      for outside in [span.lowerBound &- 1, span.upperBound &+ 1] where result == .within {
        var other = Moment(outside)
        #expect(other.compare(data) != .within, "\(time) \(data.inception) \(data.expiration) \(outside)")
      }
    }
  }

  @Test("a kept result is found within its span alone, and narrows the moment that finds it")
  func kept() {
    var results = TimedResults<Int>(), made = Moment(50)
    _ = made.compare(from: 40, until: 60)
    results.keep(7, for: made)
    var inside = Moment(60), outside = Moment(61)
    #expect(results.value(at: &inside) == 7 && inside.span == 40...60)
    #expect(results.value(at: &outside) == nil)
  }

  @Test("what was seen within a reach of a time is told with the span for which that is so")
  func sightings() {
    let sightings = Sightings(frame: 1)
    for time in [0, 1_000, 10_000] as [Int64] { sightings.note(time) }
    #expect(sightings.isSeen(within: 100, of: 1_100) == (true, 900...1_100))
    #expect(sightings.isSeen(within: 100, of: 1_101) == (false, 1_101...9_899))
    #expect(sightings.isSeen(within: 100, of: 20_000) == (false, 10_101...Int64.max))
    #expect(sightings.isSeen(within: 0, of: 1_000) == (true, 1_000...1_000))
  }
}
