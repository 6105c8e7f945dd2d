import Bytes

/// The time by which waiting ends. One packet with a wrong time must not end it for all others: a leap takes two packets
/// that agree.
struct PacketClock {
  /// A leap is farther than this, in nanoseconds: longer than anything here waits, so that a silence ends it all the same.
  private static let leap: Int64 = 300_000_000_000

  /// The time; before the first packet there is none.
  private(set) var now = Timestamp(nanoseconds: .min)
  /// The time of a packet far from all before it.
  private var candidate: Timestamp?

  /// Goes on to the time of a packet, or stands still.
  @inline(__always)
  mutating func advance(to time: Timestamp) {
    let (ahead, overflow) = time.nanoseconds.subtractingReportingOverflow(now.nanoseconds)
    if !overflow, ahead >= 0, ahead <= Self.leap { return now = time }
    if overflow || ahead < -Self.leap || ahead > Self.leap { consider(time) }
  }

  /// Takes a far time when another packet had it, or none came before.
  private mutating func consider(_ time: Timestamp) {
    if now.nanoseconds == .min { return now = time }
    if let candidate {
      let (distance, overflow) = time.nanoseconds.subtractingReportingOverflow(candidate.nanoseconds)
      if !overflow, abs(distance) <= Self.leap {
        self.candidate = nil
        return now = time
      }
    }
    candidate = time
  }
}
