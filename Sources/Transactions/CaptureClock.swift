import Bytes

/// Capture time as the messages tell it: it stands still when a packet's time lies a little before another's.
struct CaptureClock: Sendable {
  /// The latest time seen, and since when the capture has run without a break; nil before the first message.
  private(set) var now: Timestamp?, start: Timestamp?

  /// What a message's time does to the clock.
  enum Step {
    /// It goes on or stands still.
    case steady
    /// It jumps ahead over a silence: what comes next may be another capture.
    case silence
    /// It falls back further than a transaction lasts: files put together, or a clock that was set.
    case back
  }

  /// Notes that the capture was running at a time, whether or not a DNS message came then.
  mutating func begin(at time: Timestamp) {
    if start == nil { (now, start) = (time, time) }
  }

  /// What the time of the next message would do.
  @inline(__always)
  func step(to time: Timestamp, _ timing: TransactionTiming) -> Step {
    guard let now else { return .steady }
    let ahead = time.age(of: now)
    if ahead < -timing.memory { return .back }
    return ahead > timing.silence ? .silence : .steady
  }

  /// Goes on to the time of a message.
  /// - Returns: what the clock shows.
  @inline(__always)
  mutating func advance(to time: Timestamp) -> Timestamp {
    begin(at: time)
    if let now, now > time { return now }
    now = time
    return time
  }

  /// Starts anew at a time.
  mutating func restart(at time: Timestamp) { (now, start) = (time, time) }
}
