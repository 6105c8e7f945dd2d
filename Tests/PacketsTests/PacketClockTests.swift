import Bytes
import Testing

@testable import Packets

@Suite("The clock of what waits")
struct PacketClockTests {
  /// The clock behind packets at these seconds.
  func seconds(after times: [Int64]) -> Int64 {
    var clock = PacketClock()
    for time in times { clock.advance(to: Timestamp(seconds: time)) }
    return clock.now.seconds
  }

  @Test("it goes on with the packets, and stands still when one lies a little before another")
  func steady() {
    #expect(seconds(after: [100, 101, 130]) == 130)
    #expect(seconds(after: [100, 130, 129]) == 130)
    #expect(seconds(after: [100, 350]) == 350)
  }

  @Test("one packet with a time far off changes nothing, two that agree do, forward or back")
  func leaps() {
    #expect(seconds(after: [1_000, 90_000, 1_001]) == 1_001)
    #expect(seconds(after: [1_000, 90_000, 90_001]) == 90_001)
    #expect(seconds(after: [90_000, 1_000, 90_001]) == 90_001)
    #expect(seconds(after: [90_000, 1_000, 1_001]) == 1_001)
  }

  @Test("the first and the last moment there are do no harm")
  func extremes() {
    var clock = PacketClock()
    for time: Int64 in [.max, .min, .max, .min, 0, .max, .max, .min, .min] {
      clock.advance(to: Timestamp(nanoseconds: time))
    }
    #expect(clock.now.nanoseconds == .min)
  }
}
